using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker.Overload
{
    /// <summary>
    /// Decides early, before anybody is asked to authenticate a Client and before anything is allocated, whether a CONNECT can
    /// be served now: not a Client that was told to come later, none for which there is no place, and not more a second than
    /// connect-rate-max, of which one Client Identifier has a quarter.
    /// </summary>
    internal sealed class ConnectAdmission
    {
        private const int SecondMs = 1000;

        // While memory is short, those who come back are let in at a part of the rate.
        private const int RecoveryFactor = 4;

        // The part of the rate that one Client Identifier may use up.
        private const int OneOf = 4;
        private const int OneBurstMsMax = 20000;

        private readonly Context _context;
        private readonly ResourceTable _resources;
        private readonly RetryTable _retries;

        // When all that came would have come at the highest rate, in the clock's milliseconds x 1,000.
        private long _theoreticalUs;

        /// <summary>Makes the one for all connections.</summary>
        public ConnectAdmission(Context context, RetryTable retries)
        {
            _context = context;
            _resources = context.Resources;
            _retries = retries;
        }

        /// <summary>How long the Client that was refused last is to stay away, in milliseconds; 0 if that is left open.</summary>
        public int WaitMs { get; private set; }

        /// <summary>Decides.</summary>
        /// <returns><see cref="ReasonCode.Success"/>, or why not.</returns>
        public int Check(ConnectPacket packet)
        {
            WaitMs = 0;
            Session session = null;
            int length = packet.ClientIdentifierLength;
            if (length > 0)
            {
                bool isRate;
                int hash = ByteHash.Compute(packet.Buffer, packet.ClientIdentifierOffset, length);
                WaitMs = _retries.WaitMs(hash, _context.NowMs, out isRate);
                if (WaitMs > 0)
                {
                    return isRate ? Refuse(Resource.ConnectRate) : ReasonCode.ServerBusy;
                }

                session = _context.Sessions.Find(packet.Buffer, packet.ClientIdentifierOffset, length);
            }

            if (session != null && session.Connection != null)
            {
                // It takes over: that needs no other place than its own, and is how a Client comes back that lost its network.
                return ReasonCode.Success;
            }

            if (_context.Connections.ConnectedCount >= _context.Limits.ConnectionsMax)
            {
                return Refuse(Resource.Connections);
            }

            if (_resources.RefusesClients && !GivesBack(session))
            {
                return Refuse(_resources.Step(Resource.Heap) >= 3 ? Resource.Heap : Resource.Buffers);
            }

            return IsTooOften() ? Refuse(Resource.ConnectRate) : ReasonCode.Success;
        }

        /// <summary>Checks that there is room for a Client, now that it may connect.</summary>
        /// <param name="session">The Session of its Client Identifier, or null.</param>
        /// <returns><see cref="ReasonCode.Success"/>, or why not.</returns>
        public int CheckRoom(Session session)
        {
            if (session != null && session.Local != null)
            {
                // The name of an in-process client is taken [MQTT-3.1.3-9] [MQTT5-3.1.3-8].
                return ReasonCode.ClientIdentifierNotValid;
            }

            // Who takes over needs no place.
            if (_context.Connections.ConnectedCount >= _context.Limits.ConnectionsMax
                && (session == null || session.Connection == null))
            {
                return Refuse(Resource.Connections);
            }

            if (session == null && !_context.Sessions.HasRoom)
            {
                _resources.Refuse(Resource.Sessions);
                return ReasonCode.QuotaExceeded;
            }

            return ReasonCode.Success;
        }

        /// <summary>Notes that a Client has connected.</summary>
        public void Charge(Session session)
        {
            int rate = _context.Limits.ConnectRateMax;
            if (rate > 0)
            {
                int intervalMs = (OneOf * SecondMs + rate - 1) / rate;
                int burstMs = rate < OneBurstMsMax / intervalMs ? rate * intervalMs : OneBurstMsMax;
                _retries.Charge(session.Hash, _context.NowMs, intervalMs, burstMs);
            }
        }

        /// <summary>Tells the table how near the highest rate is.</summary>
        public void Look()
        {
            long aheadUs = _theoreticalUs - _context.NowMs * SecondMs;
            _resources.Update(Resource.ConnectRate, aheadUs > 0 ? aheadUs : 0, BurstUs(_context.Limits));
        }

        // All Clients at once, and as many again, are no storm: that is how they come back after a cut.
        private static long BurstUs(BrokerLimits limits)
        {
            int rate = limits.ConnectRateMax;
            int burst = limits.ConnectionsMax * 2;
            return rate == 0 ? 0 : (burst > rate ? burst : rate) * 1000000L / rate;
        }

        private bool IsTooOften()
        {
            BrokerLimits limits = _context.Limits;
            if (limits.ConnectRateMax == 0)
            {
                return false;
            }

            long nowUs = _context.NowMs * SecondMs;
            long stepUs = 1000000L / limits.ConnectRateMax;
            if (_resources.IsMemoryShort)
            {
                stepUs *= RecoveryFactor;
            }

            long fromUs = _theoreticalUs > nowUs ? _theoreticalUs : nowUs;
            if (fromUs + stepUs - nowUs > BurstUs(limits))
            {
                return true;
            }

            _theoreticalUs = fromUs + stepUs;
            return false;
        }

        // What waits for who comes back may be what has used up the heap: to keep it out would keep that so for ever.
        private bool GivesBack(Session session)
        {
            return session != null && session.QueueBytes > 0 && !MemoryReserve.IsUsed && _resources.Step(Resource.Buffers) < 3;
        }

        private int Refuse(int resource)
        {
            if (resource == Resource.Heap || resource == Resource.Buffers)
            {
                // Only counted: a crowd that comes again and again is no sign that memory is still short.
                _context.Counters.Refusals[resource]++;
            }
            else
            {
                _resources.Refuse(resource);
            }

            return resource == Resource.ConnectRate ? ReasonCode.ConnectionRateExceeded : ReasonCode.ServerBusy;
        }
    }
}
