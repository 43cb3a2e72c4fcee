using EdgeBroker.Memory;
using EdgeBroker.Sessions;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// The Application Message that is being routed: where its parts are, in a receive buffer, a Will, or the host's memory.
    /// The broker has one for all messages; nothing may hold it beyond the routing.
    /// </summary>
    internal sealed class Publication
    {
        /// <summary>Holds the Topic Name.</summary>
        public byte[] TopicBuffer;

        /// <summary>Where the Topic Name begins.</summary>
        public int TopicOffset;

        /// <summary>The Topic Name's bytes.</summary>
        public int TopicLength;

        /// <summary>Holds the properties to forward, in order, without their length.</summary>
        public byte[] PropertiesBuffer;

        /// <summary>Where they begin.</summary>
        public int PropertiesOffset;

        /// <summary>Their bytes; 0 for a message of 3.1.1.</summary>
        public int PropertiesLength;

        /// <summary>Holds the payload.</summary>
        public byte[] PayloadBuffer;

        /// <summary>Where the payload begins.</summary>
        public int PayloadOffset;

        /// <summary>The payload's bytes.</summary>
        public int PayloadLength;

        /// <summary>The QoS it was published with.</summary>
        public int QoS;

        /// <summary>The RETAIN flag it was published with.</summary>
        public bool Retain;

        /// <summary>When it expires, in the clock's milliseconds; 0 for never.</summary>
        public long ExpiresAtMs;

        /// <summary>The publisher's Session, for No Local; null for the broker's own.</summary>
        public Session Publisher;

        /// <summary>
        /// The PUBLISH as received, if a subscriber of the same protocol level can be sent these bytes; else null.
        /// </summary>
        public byte[] PacketBuffer;

        /// <summary>Where the packet begins.</summary>
        public int PacketOffset;

        /// <summary>The packet's bytes.</summary>
        public int PacketSize;

        /// <summary>Where in the packet its Packet Identifier is, if it has one.</summary>
        public int PacketIdentifierOffset;

        /// <summary>The protocol level of the received bytes: 3.1 and 3.1.1 count as one.</summary>
        public bool PacketIsV5;

        /// <summary>The message in the pool once somebody needs it kept; <see cref="MessagePool.None"/> before.</summary>
        public int StoredMessage;

        /// <summary>Whether it goes to those who can take it even if somebody can't: nobody waits for an answer.</summary>
        public bool IsForced;

        /// <summary>Shows a message whose parts stand one after the other, and which nobody has kept yet.</summary>
        public void Show(byte[] buffer, int offset, int topicLength, int propertiesLength, int payloadLength)
        {
            TopicBuffer = buffer;
            TopicOffset = offset;
            TopicLength = topicLength;
            PropertiesBuffer = buffer;
            PropertiesOffset = offset + topicLength;
            PropertiesLength = propertiesLength;
            PayloadBuffer = buffer;
            PayloadOffset = offset + topicLength + propertiesLength;
            PayloadLength = payloadLength;
            PacketBuffer = null;
            Publisher = null;
            StoredMessage = MessagePool.None;
        }

        /// <summary>The bytes that a kept copy takes.</summary>
        public int Size
        {
            get { return TopicLength + PropertiesLength + PayloadLength; }
        }
    }
}
