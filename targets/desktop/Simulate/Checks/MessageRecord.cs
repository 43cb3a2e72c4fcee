namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>A message that a simulated Client published, as the ledger knows it.</summary>
    internal sealed class MessageRecord
    {
        /// <summary>Makes it.</summary>
        internal MessageRecord(long number, int publisher, string topic, byte[] topicBytes, int qos, bool retain, long order)
        {
            Number = number;
            Publisher = publisher;
            Topic = topic;
            TopicBytes = topicBytes;
            QoS = qos;
            Retain = retain;
            Order = order;
        }

        /// <summary>Its number, which its Payload begins with.</summary>
        internal long Number { get; }

        /// <summary>Who published it.</summary>
        internal int Publisher { get; }

        /// <summary>Its Topic Name.</summary>
        internal string Topic { get; }

        /// <summary>The same in UTF-8.</summary>
        internal byte[] TopicBytes { get; }

        /// <summary>The QoS it was published with.</summary>
        internal int QoS { get; }

        /// <summary>Whether it is to be retained.</summary>
        internal bool Retain { get; }

        /// <summary>When it was sent first, in the order of all that happens.</summary>
        internal long Order { get; }

        /// <summary>Whether it was sent again after a reconnect: at QoS 1 it may then come late, or twice.</summary>
        internal bool WasSentAgain { get; set; }

        /// <summary>Whether the broker acknowledged it.</summary>
        internal bool IsAccepted { get; set; }
    }
}
