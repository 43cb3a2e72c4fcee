namespace EdgeBroker.Store.Items
{
    /// <summary>
    /// The types of the journal's items that the broker keeps; their bodies are in ITEMS.md. An item of a Session is owned by the
    /// Session's number.
    /// </summary>
    public static class ItemType
    {
        /// <summary>A Session: its Client Identifier and its first terms. It is the first item of its owner.</summary>
        public const int Session = 3;

        /// <summary>Terms of a Session that replace the ones before.</summary>
        public const int Terms = 4;

        /// <summary>Since when the Client has been away.</summary>
        public const int Away = 5;

        /// <summary>A subscription.</summary>
        public const int Subscription = 6;

        /// <summary>A message in the queue of one Session, with how it is to be delivered.</summary>
        public const int Queued = 7;

        /// <summary>A message that is in the queues of several Sessions; owned by <see cref="ItemOwner.Messages"/>.</summary>
        public const int Message = 8;

        /// <summary>
        /// How a message is to be delivered: one of type <see cref="Message"/>, or, anew, one of type <see cref="Queued"/>.
        /// </summary>
        public const int Delivery = 9;

        /// <summary>A QoS 2 message that the Client has received: it is owed PUBREL.</summary>
        public const int Released = 10;

        /// <summary>A QoS 2 message from the Client whose PUBREL has not come.</summary>
        public const int Inbound = 11;

        /// <summary>The Will Message of a Session.</summary>
        public const int Will = 12;

        /// <summary>How many messages were dropped from the queue since the Client was told.</summary>
        public const int Dropped = 13;

        /// <summary>A retained message; owned by <see cref="ItemOwner.Retained"/>.</summary>
        public const int Retained = 14;

        /// <summary>
        /// A retained message that was sent at QoS 2 for a subscription that is owed others as well: the journal's id of its item.
        /// </summary>
        public const int Walked = 15;
    }
}
