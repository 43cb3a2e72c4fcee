using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Keeping;

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

        /// <summary>Goes on with one that was saved.</summary>
        internal static PendingPublish Load(PendingMemory memory, int publisher)
        {
            byte[] topic = Encoding.UTF8.GetBytes(memory.Topic);
            MessageRecord record = new(memory.Number, publisher, memory.Topic, topic, memory.Qos, memory.Retain, memory.Order)
            {
                IsAccepted = memory.IsAccepted,
                WasSentAgain = memory.WasSentAgain,
            };
            return new PendingPublish(record, memory.Identifier, memory.Payload) { IsReleased = memory.IsReleased };
        }

        /// <summary>Saves it for the next run.</summary>
        internal PendingMemory Save()
        {
            return new PendingMemory
            {
                Number = Record.Number,
                Topic = Record.Topic,
                Qos = Record.QoS,
                Retain = Record.Retain,
                Order = Record.Order,
                Identifier = Identifier,
                IsReleased = IsReleased,
                IsAccepted = Record.IsAccepted,
                WasSentAgain = Record.WasSentAgain,
                Payload = Payload,
            };
        }
    }
}
