namespace EdgeBroker.Soak.Tests
{
    /// <summary>A message that its publisher has not completed.</summary>
    internal sealed class Pending(int identifier, Message message, long sentAt)
    {
        /// <summary>Its Packet Identifier.</summary>
        internal int Identifier { get; } = identifier;

        /// <summary>The message.</summary>
        internal Message Message { get; } = message;

        /// <summary>When it was sent on this connection, in seconds that the soak has lived.</summary>
        internal long SentAt { get; set; } = sentAt;

        /// <summary>PUBREC has come.</summary>
        internal bool IsReleased { get; set; }

        /// <summary>The connection that it was sent on last.</summary>
        internal Seat? Seat { get; set; }
    }
}
