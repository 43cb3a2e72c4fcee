namespace EdgeBroker.Simulation.Clients
{
    /// <summary>
    /// What a <see cref="SimClient"/> got from the broker: a Control Packet, or the end of the stream. Fields that the packet
    /// does not have are 0, false or null.
    /// </summary>
    public sealed class ReceivedPacket
    {
        /// <summary>The packet type; 0 for the end of the stream.</summary>
        public int Type;

        /// <summary>
        /// All of it in one line, as in "PUBLISH a/b 'hi' q1 i1 retain dup {expiry=5}", "CONNACK 00 present", "PUBACK i1 10",
        /// "SUBACK i1 00 80", "DISCONNECT 8E", "closed", "reset". A code of 0 is shown in CONNACK, SUBACK, UNSUBACK, DISCONNECT
        /// and AUTH only. Properties are shown for PUBLISH only; those of all packets are in <see cref="Properties"/>.
        /// "BAD xx: hex" is a packet that the broker may not send, where xx is the fault.
        /// </summary>
        public string Text;

        /// <summary>The properties as "name=value", with a space between.</summary>
        public string Properties = "";

        /// <summary>The Packet Identifier.</summary>
        public int PacketIdentifier;

        /// <summary>The Reason Code or return code; the first of SUBACK and UNSUBACK.</summary>
        public int ReasonCode;

        /// <summary>Session Present of CONNACK.</summary>
        public bool SessionPresent;

        /// <summary>The Topic Name of PUBLISH, as <see cref="Bytes.Show"/> tells it.</summary>
        public string Topic;

        /// <summary>Where it begins in <see cref="Raw"/>.</summary>
        public int TopicOffset;

        /// <summary>Its bytes.</summary>
        public int TopicLength;

        /// <summary>The payload of PUBLISH, as <see cref="Bytes.Show"/> tells it.</summary>
        public string Payload;

        /// <summary>Where it begins in <see cref="Raw"/>; it goes on to the end.</summary>
        public int PayloadOffset;

        /// <summary>The QoS of PUBLISH.</summary>
        public int QoS;

        /// <summary>The RETAIN flag of PUBLISH.</summary>
        public bool Retain;

        /// <summary>The DUP flag of PUBLISH.</summary>
        public bool Duplicate;

        /// <summary>The bytes of the packet.</summary>
        public byte[] Raw;
    }
}
