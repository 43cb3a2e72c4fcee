using EdgeBroker.Protocol;

namespace EdgeBroker.Memory
{
    /// <summary>An Application Message as it lies somewhere: in a packet that was decoded, or wherever it was kept.</summary>
    internal class MessageView : PublishPacket
    {
        /// <summary>Holds the Topic Name. The payload is in <see cref="PublishPacket.Buffer"/>.</summary>
        public byte[] TopicBuffer;

        /// <summary>When it expires, in the clock's milliseconds; 0 for never.</summary>
        public long ExpiresAtMs;

        /// <summary>Makes one.</summary>
        /// <param name="properties">What decodes the properties of packets; null for one that only shows what was kept.</param>
        public MessageView(PropertyReader properties)
            : base(properties)
        {
        }

        /// <summary>The bytes that a kept copy takes.</summary>
        public int Size
        {
            get { return TopicLength + PropertiesLength + PayloadLength; }
        }

        /// <summary>Shows a message whose parts stand one after the other.</summary>
        public virtual void Show(byte[] buffer, int offset, int topicLength, int propertiesLength, int payloadLength)
        {
            Buffer = buffer;
            TopicBuffer = buffer;
            TopicOffset = offset;
            TopicLength = topicLength;
            PropertiesBuffer = buffer;
            PropertiesOffset = offset + topicLength;
            PropertiesLength = propertiesLength;
            PayloadOffset = offset + topicLength + propertiesLength;
            PayloadLength = payloadLength;
        }

        /// <summary>Copies its parts into a chain of blocks, one after the other.</summary>
        public void CopyTo(BlockPool blocks, int first)
        {
            blocks.Fill(first, 0, TopicBuffer, TopicOffset, TopicLength);
            if (PropertiesLength > 0)
            {
                blocks.Fill(first, TopicLength, PropertiesBuffer, PropertiesOffset, PropertiesLength);
            }

            blocks.Fill(first, TopicLength + PropertiesLength, Buffer, PayloadOffset, PayloadLength);
        }

        /// <inheritdoc/>
        protected override void ResetProperties()
        {
            base.ResetProperties();
            ExpiresAtMs = 0;
        }
    }
}
