using EdgeBroker.DesktopProgram.Simulate.Checks;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>A message of QoS 1 or 2 that a device has sent and that is not complete.</summary>
    internal sealed class PendingPublish
    {
        /// <summary>Makes it.</summary>
        internal PendingPublish(MessageRecord record, int identifier, byte[] payload)
        {
            Record = record;
            Identifier = identifier;
            Payload = payload;
        }

        /// <summary>The message.</summary>
        internal MessageRecord Record { get; }

        /// <summary>Its Packet Identifier.</summary>
        internal int Identifier { get; }

        /// <summary>Its Payload.</summary>
        internal byte[] Payload { get; }

        /// <summary>Whether PUBREC came: only PUBREL is sent from then on.</summary>
        internal bool IsReleased { get; set; }
    }
}
