using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// The Application Message that is being routed: where its parts are, in a receive buffer, a Will, or the host's memory.
    /// That of a Client is the decoded packet itself, so that nothing is copied for it. Nothing may hold it beyond the routing.
    /// </summary>
    internal sealed class Publication : MessageView
    {
        /// <summary>The publisher's Session, for No Local; null for the broker's own.</summary>
        public Session Publisher;

        /// <summary>
        /// The protocol level of the PUBLISH in <see cref="PublishPacket.Buffer"/>, which subscribers of the same level can be sent
        /// as it was received; 0 if there is none, or it can't be handed on.
        /// </summary>
        public int PacketLevel;

        /// <summary>Where that packet begins.</summary>
        public int PacketOffset;

        /// <summary>Its bytes.</summary>
        public int PacketSize;

        /// <summary>The message in the pool once somebody needs it kept; <see cref="MessagePool.None"/> before and after.</summary>
        public int StoredMessage = MessagePool.None;

        /// <summary>Whether it goes to those who can take it even if somebody can't: nobody waits for an answer.</summary>
        public bool IsForced;

        /// <summary>Whether the store has staged something of it, so that its acknowledgement depends on the next commit.</summary>
        public bool IsStaged;

        /// <summary>
        /// What its acknowledgement has to wait for after routing; <see cref="HoldTable.None"/> for nothing, and before. The
        /// caller assigns or closes it, and sets it back.
        /// </summary>
        public int Hold = HoldTable.None;

        /// <summary>Makes one that shows messages.</summary>
        public Publication()
            : base(null)
        {
        }

        /// <summary>Makes one that decodes packets, too.</summary>
        public Publication(PropertyReader properties)
            : base(properties)
        {
        }

        /// <inheritdoc/>
        public override void Show(byte[] buffer, int offset, int topicLength, int propertiesLength, int payloadLength)
        {
            base.Show(buffer, offset, topicLength, propertiesLength, payloadLength);
            PacketLevel = 0;
            Publisher = null;
            StoredMessage = MessagePool.None;
        }
    }
}
