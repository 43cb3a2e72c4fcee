namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>One point of every chart. Rates are per second of the broker's time.</summary>
    internal sealed record Sample
    {
        /// <summary>Counts up from 1; set by <see cref="PageFeed"/>.</summary>
        public long Number { get; init; }

        /// <summary>When, in seconds since the start.</summary>
        public required double TimeS { get; init; }

        /// <summary>Whether the gateway has power.</summary>
        public required bool Powered { get; init; }

        /// <summary>PUBLISH packets received per second.</summary>
        public required double Received { get; init; }

        /// <summary>PUBLISH packets sent per second.</summary>
        public required double Sent { get; init; }

        /// <summary>Heap in use, in bytes.</summary>
        public required double Heap { get; init; }

        /// <summary>Bytes of messages kept.</summary>
        public required double QueuedBytes { get; init; }

        /// <summary>Messages in queues.</summary>
        public required double Queued { get; init; }

        /// <summary>Clients connected.</summary>
        public required double Connected { get; init; }

        /// <summary>Sessions.</summary>
        public required double Sessions { get; init; }

        /// <summary>Flash in use, in bytes.</summary>
        public required double Flash { get; init; }

        /// <summary>Flash blocks erased per second.</summary>
        public required double Erases { get; init; }

        /// <summary>Messages dropped per second.</summary>
        public required double Dropped { get; init; }

        /// <summary>CONNECT, SUBSCRIBE and PUBLISH packets refused per second.</summary>
        public required double Refused { get; init; }

        /// <summary>The highest step of the overload ladder: 0 to 5.</summary>
        public required double Step { get; init; }

        /// <summary>Clients sent away per second.</summary>
        public required double SentAway { get; init; }
    }
}
