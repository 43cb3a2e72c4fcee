using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Store;

namespace EdgeBroker.Handlers
{
    /// <summary>
    /// The Topic Aliases that Clients set (5.0, section 3.3.2.3.4). Their topics are kept in the message pool, so that they
    /// count against its bound.
    /// </summary>
    internal sealed class InboundAliases
    {
        private readonly Context _context;
        private readonly Publication _topic;
        private byte[] _buffer = new byte[0];

        /// <summary>Makes the one for all connections.</summary>
        public InboundAliases(Context context)
        {
            _context = context;
            _topic = context.OwnMessage;
        }

        /// <summary>Remembers the topic of a PUBLISH with alias, or finds it if there is none in the packet.</summary>
        /// <returns>
        /// <see cref="ReasonCode.Success"/> [MQTT5-3.3.2-12], or a fault: <see cref="ReasonCode.TopicAliasInvalid"/> above the
        /// maximum [MQTT5-3.3.2-9], <see cref="ReasonCode.ProtocolError"/> for an alias that was not set,
        /// <see cref="ReasonCode.MalformedPacket"/> for an ill-formed topic, <see cref="ReasonCode.QuotaExceeded"/> without memory.
        /// </returns>
        public int Resolve(Connection connection, Publication publication)
        {
            int alias = publication.TopicAlias;
            if (alias > _context.Limits.TopicAliasMax)
            {
                return ReasonCode.TopicAliasInvalid;
            }

            if (publication.TopicLength > 0)
            {
                return Set(connection, alias, publication);
            }

            int[] aliases = connection.InboundAliases;
            int message = aliases == null ? MessagePool.None : aliases[alias - 1];
            if (message == MessagePool.None)
            {
                return ReasonCode.ProtocolError;
            }

            int length = _context.Messages.TopicLength(message);
            if (_buffer.Length < length)
            {
                _buffer = MemoryReserve.Bytes(length);
            }

            _context.Messages.Copy(message, 0, length, _buffer, 0);
            publication.TopicBuffer = _buffer;
            publication.TopicOffset = 0;
            publication.TopicLength = length;
            return ReasonCode.Success;
        }

        private int Set(Connection connection, int alias, Publication publication)
        {
            if (!TopicName.IsValid(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength))
            {
                return ReasonCode.MalformedPacket;
            }

            int[] aliases = connection.InboundAliases;
            if (aliases == null)
            {
                aliases = MemoryReserve.Ints(_context.Limits.TopicAliasMax);
                for (int i = 0; i < aliases.Length; i++)
                {
                    aliases[i] = MessagePool.None;
                }

                connection.NoteExtras().InboundAliases = aliases;
            }

            int old = aliases[alias - 1];
            if (old != MessagePool.None)
            {
                _context.Messages.Release(old);
            }

            _topic.Show(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength, 0, 0);
            int message = _context.Messages.Add(_topic);
            aliases[alias - 1] = message;
            return message == MessagePool.None ? ReasonCode.QuotaExceeded : ReasonCode.Success;
        }
    }
}
