namespace EdgeBroker.Delivery
{
    /// <summary>What became of a message that was to be routed.</summary>
    internal static class RouteResult
    {
        /// <summary>It has gone to everybody it concerns.</summary>
        public const int Done = 0;

        /// <summary>As <see cref="Done"/>, and there is no matching subscription.</summary>
        public const int NoSubscribers = 1;

        /// <summary>As <see cref="Done"/>, and the publisher is told when its only subscriber has acknowledged it.</summary>
        public const int Held = 4;

        /// <summary>Nobody got it: a queue that it belongs in is full, and its subscriber is reading. Worth a wait.</summary>
        public const int Wait = 2;

        /// <summary>
        /// As <see cref="Wait"/>, for another Client than the publisher: whether that one reads is decided wait-ms after it last did.
        /// </summary>
        public const int WaitForReader = 5;

        /// <summary>Nobody got it: a queue that it belongs in, or the memory, is full.</summary>
        public const int Refused = 3;
    }
}
