namespace EdgeBroker
{
    /// <summary>Gets the messages of an in-process client.</summary>
    public interface IMessageHandler
    {
        /// <summary>
        /// A message has come. The arrays belong to the broker and hold the message only until the method returns. The
        /// handler may publish, subscribe and unsubscribe, and must not block.
        /// </summary>
        /// <param name="buffer">Holds Topic Name and payload.</param>
        /// <param name="topicOffset">Where the Topic Name begins.</param>
        /// <param name="topicLength">The bytes of the Topic Name, UTF-8.</param>
        /// <param name="payloadOffset">Where the payload begins.</param>
        /// <param name="payloadLength">The bytes of the payload.</param>
        /// <param name="qos">The QoS it is delivered with: 0 to 2.</param>
        /// <param name="retain">Whether it is a retained message sent for a new subscription.</param>
        void OnMessage(
            byte[] buffer, int topicOffset, int topicLength, int payloadOffset, int payloadLength, int qos, bool retain);
    }
}
