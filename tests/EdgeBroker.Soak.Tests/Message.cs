namespace EdgeBroker.Soak.Tests
{
    /// <summary>A message of the book.</summary>
    internal sealed class Message
    {
        /// <summary>Its number, which its payload begins with.</summary>
        internal required int Number { get; init; }

        /// <summary>Where it was published to.</summary>
        internal required string Topic { get; init; }

        /// <summary>How.</summary>
        internal required int QoS { get; init; }

        /// <summary>With the RETAIN flag.</summary>
        internal required bool Retain { get; init; }

        /// <summary>The bytes of its payload.</summary>
        internal required int Size { get; init; }

        /// <summary>When it was sent first, in the order of the book.</summary>
        internal required int SentAt { get; init; }

        /// <summary>PUBACK or PUBREC with success came.</summary>
        internal bool IsAccepted { get; set; }

        /// <summary>PUBACK or PUBREC with a refusal came.</summary>
        internal bool IsRefused { get; set; }

        /// <summary>It was sent again after a reconnect.</summary>
        internal bool WasSentAgain { get; set; }

        /// <summary>How often it came, at all Clients.</summary>
        internal int Copies { get; set; }

        /// <summary>The payload.</summary>
        internal string Payload => (Number + ".").PadRight(Size, 'x');
    }
}
