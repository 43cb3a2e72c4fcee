namespace EdgeBroker.Store.Items
{
    /// <summary>
    /// The body of an item that holds a message, how it is to be delivered, or both: flags, what the flags say is there, then
    /// Topic Name, properties and payload. ITEMS.md has it byte by byte.
    /// </summary>
    public sealed class MessageBody
    {
        private const int QoSMask = 3;
        private const int RetainFlag = 4;
        private const int SharedFlag = 8;
        private const int PacketIdentifierFlag = 16;
        private const int IdentifiersFlag = 32;
        private const int ExpiryFlag = 64;
        private const int PropertiesFlag = 128;

        private const int TopicLengthSize = 2;

        /// <summary>The QoS of the delivery, or of the message itself where there is no delivery.</summary>
        public int QoS;

        /// <summary>The RETAIN flag to send.</summary>
        public bool Retain;

        /// <summary>Whether it came by a Shared Subscription.</summary>
        public bool IsShared;

        /// <summary>The Packet Identifier; 0 for none yet.</summary>
        public int PacketIdentifier;

        /// <summary>The Subscription Identifiers, or null.</summary>
        public int[] Identifiers;

        /// <summary>When the message expires, in seconds of the store's time; 0 for never.</summary>
        public int ExpiresAt;

        /// <summary>Where the Topic Name begins, after reading; the properties and the payload follow.</summary>
        public int TopicOffset;

        /// <summary>The bytes of the Topic Name.</summary>
        public int TopicLength;

        /// <summary>The bytes of the properties.</summary>
        public int PropertiesLength;

        /// <summary>The bytes of the payload.</summary>
        public int PayloadLength;

        /// <summary>Forgets what the last one had besides its lengths.</summary>
        public void Reset()
        {
            QoS = 0;
            Retain = false;
            IsShared = false;
            PacketIdentifier = 0;
            Identifiers = null;
            ExpiresAt = 0;
            TopicLength = 0;
            PropertiesLength = 0;
            PayloadLength = 0;
        }

        /// <summary>The bytes of what comes before the message.</summary>
        public int HeadSize
        {
            get
            {
                return 1
                    + (PacketIdentifier != 0 ? 2 : 0)
                    + (Identifiers != null ? 2 + Identifiers.Length * 4 : 0)
                    + (ExpiresAt != 0 ? 4 : 0);
            }
        }

        /// <summary>The bytes of all of it.</summary>
        public int Size
        {
            get
            {
                return HeadSize
                    + TopicLengthSize
                    + (PropertiesLength > 0 ? 4 + PropertiesLength : 0)
                    + TopicLength
                    + PayloadLength;
            }
        }

        /// <summary>Writes what comes before the message.</summary>
        /// <returns>The position after it.</returns>
        public int WriteHead(byte[] buffer, int at)
        {
            buffer[at++] = (byte)(QoS
                | (Retain ? RetainFlag : 0)
                | (IsShared ? SharedFlag : 0)
                | (PacketIdentifier != 0 ? PacketIdentifierFlag : 0)
                | (Identifiers != null ? IdentifiersFlag : 0)
                | (ExpiresAt != 0 ? ExpiryFlag : 0)
                | (PropertiesLength > 0 ? PropertiesFlag : 0));
            if (PacketIdentifier != 0)
            {
                at = ItemBytes.Write(buffer, at, 2, PacketIdentifier);
            }

            if (Identifiers != null)
            {
                at = ItemBytes.Write(buffer, at, 2, Identifiers.Length);
                for (int i = 0; i < Identifiers.Length; i++)
                {
                    at = ItemBytes.Write(buffer, at, 4, Identifiers[i]);
                }
            }

            return ExpiresAt != 0 ? ItemBytes.Write(buffer, at, 4, ExpiresAt) : at;
        }

        /// <summary>Writes all that comes before the Topic Name; that, the properties and the payload are to follow.</summary>
        /// <returns>The position after it.</returns>
        public int WriteStart(byte[] buffer, int at)
        {
            at = WriteHead(buffer, at);
            at = ItemBytes.Write(buffer, at, TopicLengthSize, TopicLength);
            return PropertiesLength > 0 ? ItemBytes.Write(buffer, at, 4, PropertiesLength) : at;
        }

        /// <summary>Reads what comes before the message.</summary>
        /// <returns>The position after it, or -1 if it is cut short.</returns>
        public int ReadHead(byte[] buffer, int at, int end)
        {
            Reset();
            if (at >= end)
            {
                return -1;
            }

            int flags = buffer[at++];
            QoS = flags & QoSMask;
            Retain = (flags & RetainFlag) != 0;
            IsShared = (flags & SharedFlag) != 0;
            PropertiesLength = flags & PropertiesFlag;
            if ((flags & PacketIdentifierFlag) != 0 && at + 2 <= end)
            {
                PacketIdentifier = (int)ItemBytes.Read(buffer, at, 2);
                at += 2;
            }

            if ((flags & IdentifiersFlag) != 0 && at + 2 <= end)
            {
                at = ReadIdentifiers(buffer, at, end);
            }

            if ((flags & ExpiryFlag) != 0 && at + 4 <= end)
            {
                ExpiresAt = (int)ItemBytes.Read(buffer, at, 4);
                at += 4;
            }

            return at;
        }

        /// <summary>Reads all of it.</summary>
        /// <returns>Whether it is whole.</returns>
        public bool Read(byte[] buffer, int at, int end)
        {
            at = ReadHead(buffer, at, end);
            bool hasProperties = PropertiesLength > 0;
            if (at < 0 || at + TopicLengthSize + (hasProperties ? 4 : 0) > end)
            {
                return false;
            }

            TopicLength = (int)ItemBytes.Read(buffer, at, TopicLengthSize);
            at += TopicLengthSize;
            if (hasProperties)
            {
                PropertiesLength = (int)ItemBytes.Read(buffer, at, 4);
                at += 4;
            }

            TopicOffset = at;
            PayloadLength = end - at - TopicLength - PropertiesLength;
            return PropertiesLength >= 0 && PayloadLength >= 0;
        }

        private int ReadIdentifiers(byte[] buffer, int at, int end)
        {
            int count = (int)ItemBytes.Read(buffer, at, 2);
            at += 2;
            if (at + count * 4 > end)
            {
                return end;
            }

            Identifiers = MemoryReserve.Ints(count);
            for (int i = 0; i < count; i++)
            {
                Identifiers[i] = (int)ItemBytes.Read(buffer, at, 4);
                at += 4;
            }

            return at;
        }
    }
}
