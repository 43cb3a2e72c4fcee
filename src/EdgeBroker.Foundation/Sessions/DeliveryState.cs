namespace EdgeBroker.Sessions
{
    /// <summary>
    /// How far the delivery of a message to a subscriber is; who owes the next packet is in the name. The state after PUBLISH has
    /// the number of the QoS.
    /// </summary>
    internal static class DeliveryState
    {
        /// <summary>Not sent yet.</summary>
        public const int Queued = 0;

        /// <summary>PUBLISH at QoS 1 was sent: the Client owes PUBACK.</summary>
        public const int PubackPending = 1;

        /// <summary>PUBLISH at QoS 2 was sent: the Client owes PUBREC.</summary>
        public const int PubrecPending = 2;

        /// <summary>PUBREC was received: PUBREL is sent, never the PUBLISH again; the Client owes PUBCOMP.</summary>
        public const int PubcompPending = 3;
    }
}
