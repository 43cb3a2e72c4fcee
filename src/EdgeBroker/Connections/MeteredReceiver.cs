using EdgeBroker.Handlers;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// A <see cref="PacketReceiver"/> that counts each Client's messages. A class of its own, so that brokers without the
    /// setting message-rate-max don't pay for it.
    /// </summary>
    internal sealed class MeteredReceiver : PacketReceiver
    {
        private readonly Context _context;

        /// <summary>Makes the one for all connections; see <see cref="PacketReceiver"/>.</summary>
        public MeteredReceiver(
            Context context, PacketHandler handler, PublishHandler publish, ConnectionCloser closer, byte[] receive)
            : base(context, handler, publish, closer, receive)
        {
            _context = context;
        }

        /// <inheritdoc/>
        public override void Receive(Connection connection)
        {
            Counters counters = _context.Counters;
            long before = counters.PublishReceived;
            base.Receive(connection);
            if (connection.State == ConnectionState.Connected)
            {
                connection.Excess += (int)(counters.PublishReceived - before);
                _context.WakeAt(_context.Resources.NextLookMs);
            }
        }
    }
}
