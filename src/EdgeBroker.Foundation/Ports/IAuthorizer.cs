using EdgeBroker.Protocol;

namespace EdgeBroker.Ports
{
    /// <summary>Decides what a connected Client may do.</summary>
    public interface IAuthorizer
    {
        /// <summary>Whether the Client may publish to a topic; asked for Wills as well.</summary>
        /// <param name="clientIdentifier">The Client Identifier, UTF-8. Not to be changed.</param>
        /// <param name="buffer">Holds the Topic Name.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its bytes.</param>
        bool MayPublish(byte[] clientIdentifier, byte[] buffer, int offset, int length);

        /// <summary>What the Client may subscribe to.</summary>
        /// <param name="clientIdentifier">The Client Identifier, UTF-8. Not to be changed.</param>
        /// <param name="buffer">Holds the Topic Filter.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its bytes.</param>
        /// <param name="qos">The QoS asked for: 0 to 2.</param>
        /// <returns>
        /// The QoS granted, or a Reason Code of 0x80 or more for SUBACK, as <see cref="ReasonCode.NotAuthorized"/>.
        /// </returns>
        int MaySubscribe(byte[] clientIdentifier, byte[] buffer, int offset, int length, int qos);
    }
}
