namespace EdgeBroker.Sessions
{
    /// <summary>Packet Identifiers of messages to Clients.</summary>
    internal sealed class PacketIdentifiers
    {
        private readonly DeliveryPool _deliveries;

        /// <summary>Makes the one for all Sessions.</summary>
        public PacketIdentifiers(DeliveryPool deliveries)
        {
            _deliveries = deliveries;
        }

        /// <summary>
        /// The next unused Packet Identifier, for the caller to enter as the last one if it sends it
        /// [MQTT-2.3.1-4] [MQTT-4.3.2-1] [MQTT5-2.2.1-4] [MQTT5-4.3.2-1] [MQTT5-4.3.3-1].
        /// </summary>
        public int Next(Session session)
        {
            int next = session.LastPacketIdentifier == 65535 ? 1 : session.LastPacketIdentifier + 1;
            int head = session.QueueHead;
            if (head == DeliveryPool.None)
            {
                session.IdentifiersWrapped = false;
            }
            else if (session.IdentifiersWrapped || _deliveries.PacketIdentifier(head) == next)
            {
                // Identifiers go up in the order of the queue, so only when the oldest is met can others be in use as well.
                session.IdentifiersWrapped = true;
                while (IsInUse(session, next))
                {
                    next = next == 65535 ? 1 : next + 1;
                }
            }

            return next;
        }

        private bool IsInUse(Session session, int packetIdentifier)
        {
            DeliveryPool deliveries = _deliveries;
            int delivery = session.QueueHead;

            // Those that have an identifier come before those that have none yet.
            while (delivery != DeliveryPool.None && deliveries.State(delivery) != DeliveryState.Queued)
            {
                if (deliveries.PacketIdentifier(delivery) == packetIdentifier)
                {
                    return true;
                }

                delivery = deliveries.Next(delivery);
            }

            return false;
        }
    }
}
