using EdgeBroker.Memory;
using EdgeBroker.Ports;
using EdgeBroker.Sessions;

namespace EdgeBroker.Delivery
{
    /// <summary>Publishes the Will Messages that are due (3.1.1 and 5.0, section 3.1.2.5).</summary>
    internal sealed class WillPublisher
    {
        private readonly Context _context;
        private readonly Router _router;
        private readonly PendingWills _wills;

        /// <summary>Makes the one for all Sessions.</summary>
        public WillPublisher(Context context, Router router, PendingWills wills)
        {
            _context = context;
            _router = router;
            _wills = wills;
        }

        /// <summary>Publishes them, in the order in which they became due.</summary>
        public void PublishDue()
        {
            while (_wills.Count > 0)
            {
                Session stored;
                SessionWill will = _wills.Take(out stored);
                int message = will.Message;
                if (will.ExpiryS >= 0)
                {
                    _context.Messages.SetExpiresAtMs(message, _context.NowMs + will.ExpiryS * 1000);
                }

                _context.Messages.Load(message, _context.OwnMessage);

                // It is kept already.
                _context.OwnMessage.StoredMessage = message;

                // [MQTT-3.1.2-16] [MQTT-3.1.2-17] [MQTT5-3.1.2-14] [MQTT5-3.1.2-15]; it is taken out, so never twice
                // [MQTT-3.1.2-10] [MQTT5-3.1.2-10].
                _context.OwnMessage.Retain = will.Retain;
                _context.OwnMessage.IsForced = true;
                _router.Publish(_context.OwnMessage);
                _context.Messages.Release(message);
                if (stored != null)
                {
                    _context.Store.Sessions.EndWill(stored);
                }

                _context.Tell(BrokerEvent.WillPublished, -1, 0);
            }
        }
    }
}
