namespace EdgeBroker.Store.Items
{
    /// <summary>The owners of items that belong to no Session.</summary>
    public static class ItemOwner
    {
        /// <summary>The retained messages.</summary>
        public const int Retained = 0;

        /// <summary>Messages in the queues of several Sessions.</summary>
        public const int Messages = 1;

        /// <summary>The first number of a Session.</summary>
        public const int FirstSession = 2;
    }
}
