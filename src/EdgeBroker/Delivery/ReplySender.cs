using System.Text;
using EdgeBroker.Connections;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Store;

namespace EdgeBroker.Delivery
{
    /// <summary>Writes the packets that answer a Client: acknowledgements, SUBACK, PINGRESP, DISCONNECT and the like.</summary>
    internal sealed class ReplySender
    {
        /// <summary>What the fields of a packet take, at the most, whose lengths no peer chooses: a Server Reference and more.</summary>
        public const int ScratchSize = 320;

        /// <summary>The writer of CONNACK.</summary>
        public readonly ConnackPacket Connack = new ConnackPacket(null);

        private readonly Context _context;
        private readonly Counters _counters;
        private readonly ConnectionTable _connections;
        private readonly RetryDelay _retryDelay;
        private readonly byte[] _retryProperty;
        private byte[] _reason;
        private int _reasonCode;
        private byte[] _scratch = new byte[ScratchSize];

        /// <summary>Makes the one for all connections.</summary>
        public ReplySender(Context context)
        {
            _context = context;
            _counters = context.Counters;
            _connections = context.Connections;
            _retryDelay = new RetryDelay();
            Reason(ReasonCode.ServerBusy);

            // The number is filled in each time: in an emergency there may be no memory to build it.
            _retryProperty = UserProperty(Utf8Text.Of("retry-after-ms"), new byte[RetryDelay.Digits]);
        }

        /// <summary>When the Client that was told last should come back, in milliseconds.</summary>
        public int LastRetryMs { get; private set; }

        /// <summary>The writer of packets that are composed first and sent with <see cref="Send"/>.</summary>
        /// <param name="size">The room that is needed, in bytes.</param>
        public PacketWriter Begin(int size)
        {
            if (_scratch.Length < size)
            {
                // allocates: once per longer packet
                _scratch = MemoryReserve.Bytes(size);
            }

            _context.Writer.Start(_scratch, 0, _scratch.Length);
            return _context.Writer;
        }

        /// <summary>Sends what was composed.</summary>
        /// <returns>Whether there was room in the outbox, and the Client accepts a packet of the size.</returns>
        public bool Send(Connection connection)
        {
            PacketWriter writer = _context.Writer;
            if (writer.Overflowed || writer.Position > connection.MaximumPacketSize)
            {
                // [MQTT5-3.1.2-24]
                return false;
            }

            return Place(connection, connection.Outbox.ReserveReply(writer.Position));
        }

        /// <summary>Why <see cref="Send"/> could not: the Client takes none so large, or the buffers are used up.</summary>
        public int ReasonUnsent(Connection connection)
        {
            return _context.Writer.Position > connection.MaximumPacketSize ? ReasonCode.PacketTooLarge : ReasonCode.ServerBusy;
        }

        /// <summary>
        /// Sends what was composed as the last packet of a connection: straight to the network if nothing is before it, so that a
        /// crowd that is turned away takes no buffers, and can be told so when there are none.
        /// </summary>
        /// <returns>Whether it was sent; a shorter one may be.</returns>
        public bool SendLast(Connection connection)
        {
            PacketWriter writer = _context.Writer;
            int size = writer.Position;
            if (writer.Overflowed || size > connection.MaximumPacketSize)
            {
                return false;
            }

            return LastPacket.Send(_context, connection, _scratch, size);
        }

        /// <summary>
        /// Whether PUBACK, PUBREC and SUBACK may say more than a code: to a 5.0 Client that did not decline [MQTT5-3.1.2-29].
        /// </summary>
        public static bool MayExplain(Connection connection)
        {
            return connection.IsV5 && connection.RequestProblemInformation;
        }

        /// <summary>
        /// Sends what was composed, if that leaves the room that is kept for acknowledgements. What can be said shorter is tried
        /// this way first.
        /// </summary>
        /// <returns>Whether it was sent.</returns>
        public bool SendIfRoom(Connection connection)
        {
            PacketWriter writer = _context.Writer;
            if (writer.Overflowed || writer.Position > connection.MaximumPacketSize)
            {
                return false;
            }

            return Place(connection, connection.Outbox.ReserveMessage(writer.Position));
        }

        /// <summary>Whether there is room for one more acknowledgement.</summary>
        public bool HasRoom(Connection connection)
        {
            return connection.Outbox.HasRoomForReply(AckPacket.SizeMax);
        }

        /// <summary>
        /// Sends PUBACK, PUBREC, PUBREL or PUBCOMP. The last two have never a Reason String or a User Property that could make
        /// them too large [MQTT5-3.6.2-2] [MQTT5-3.6.2-3] [MQTT5-3.7.2-2] [MQTT5-3.7.2-3].
        /// </summary>
        /// <returns>Whether there was room.</returns>
        public bool Acknowledge(Connection connection, int packetType, int packetIdentifier, int reasonCode)
        {
            if (reasonCode != ReasonCode.Success && connection.IsV5)
            {
                return AcknowledgeWith(connection, packetType, packetIdentifier, reasonCode);
            }

            Outbox outbox = connection.Outbox;
            int at = outbox.ReserveReply(AckPacket.SizeMin);
            if (at < 0)
            {
                return false;
            }

            AckPacket.Write(outbox.Bytes, at, packetType, packetIdentifier);
            _counters.RepliesSent++;
            if (!connection.IsDirty)
            {
                _connections.MarkDirty(connection);
            }

            return true;
        }

        /// <summary>Sends PUBACK that tells of success.</summary>
        /// <param name="connection">To whom.</param>
        /// <param name="packetIdentifier">The Packet Identifier: its lowest 16 bits.</param>
        /// <returns>Whether there was room.</returns>
        public bool Puback(Connection connection, int packetIdentifier)
        {
            Outbox outbox = connection.Outbox;
            int at = outbox.ReserveReply(AckPacket.SizeMin);
            if (at < 0)
            {
                return false;
            }

            byte[] bytes = outbox.Bytes;
            bytes[at] = PacketType.Puback << 4;
            bytes[at + 1] = AckPacket.SizeMin - 2;
            bytes[at + 2] = (byte)(packetIdentifier >> 8);
            bytes[at + 3] = (byte)packetIdentifier;
            _counters.RepliesSent++;
            if (!connection.IsDirty)
            {
                _connections.MarkDirty(connection);
            }

            return true;
        }

        private bool AcknowledgeWith(Connection connection, int packetType, int packetIdentifier, int reasonCode)
        {
            if (reasonCode == ReasonCode.QuotaExceeded && MayExplain(connection))
            {
                AckPacket.Write(
                    Begin(ScratchSize), packetType, packetIdentifier, reasonCode, Reason(reasonCode), RetryProperty(connection));

                // [MQTT5-3.4.2-2] [MQTT5-3.4.2-3] [MQTT5-3.5.2-2] [MQTT5-3.5.2-3]
                if (SendIfRoom(connection))
                {
                    return true;
                }
            }

            int at = connection.Outbox.ReserveReply(AckPacket.SizeMax);
            if (at < 0)
            {
                return false;
            }

            AckPacket.Write(connection.Outbox.Bytes, at, packetType, packetIdentifier, reasonCode, connection.ProtocolLevel);
            Count(connection);
            return true;
        }

        /// <summary>Sends PINGRESP [MQTT-3.12.4-1] [MQTT5-3.12.4-1].</summary>
        /// <returns>Whether there was room.</returns>
        public bool Ping(Connection connection)
        {
            int at = connection.Outbox.ReserveReply(EmptyPacket.Size);
            if (at < 0)
            {
                return false;
            }

            EmptyPacket.Write(connection.Outbox.Bytes, at, PacketType.Pingresp);
            Count(connection);
            return true;
        }

        /// <summary>
        /// Sends DISCONNECT to a 5.0 Client, if it fits. Where the broker is short of something it says so, and when to try
        /// again, as far as the Client's Maximum Packet Size allows [MQTT5-3.14.2-3] [MQTT5-3.14.2-4]: rather when than why. It never
        /// carries a Session Expiry Interval [MQTT5-3.14.2-2].
        /// </summary>
        public void Disconnect(Connection connection, int reasonCode)
        {
            if (!ReasonCodes.IsLegal(PacketType.Disconnect, true, reasonCode))
            {
                // What a host's own code has said may be for other packets only [MQTT5-3.14.2-1].
                reasonCode = ReasonCode.UnspecifiedError;
            }

            byte[] reason = Reason(reasonCode);
            byte[] retry = reason == null ? null : RetryProperty(connection);
            byte[] reference = ServerReference(reasonCode);
            if (!SendDisconnect(connection, reasonCode, reason, retry, reference)
                && !SendDisconnect(connection, reasonCode, null, retry, reference)
                && !SendDisconnect(connection, reasonCode, null, null, reference))
            {
                SendDisconnect(connection, reasonCode, null, null, null);
            }
        }

        /// <summary>
        /// Sends CONNACK that refuses [MQTT-3.2.2-5] [MQTT5-3.2.2-7], with Session Present 0 [MQTT-3.2.2-4] [MQTT5-3.2.2-6], and with as
        /// much as there is room for, likewise [MQTT5-3.2.2-19] [MQTT5-3.2.2-20].
        /// </summary>
        /// <param name="connection">The Network Connection.</param>
        /// <param name="reasonCode">The 5.0 Reason Code; an older Client is told the nearest return code.</param>
        /// <param name="retryMs">The time that a 5.0 Client is told to stay away, in milliseconds; 0 for one that is chosen.</param>
        public void Refuse(Connection connection, int reasonCode, int retryMs)
        {
            ConnackPacket packet = Connack;
            packet.Reset();
            packet.ReasonCode = reasonCode;
            if (!connection.IsV5)
            {
                packet.ReasonCode = ReturnCodes.Of(reasonCode);
                if (packet.ReasonCode != ReturnCode.Accepted)
                {
                    SendLastConnack(connection);
                }

                return;
            }

            if (!ReasonCodes.IsLegal(PacketType.Connack, true, reasonCode))
            {
                // An authenticator said what CONNACK can't say [MQTT5-3.2.2-8].
                packet.ReasonCode = ReasonCode.UnspecifiedError;
            }

            packet.ReasonString = Reason(reasonCode);
            if (packet.ReasonString != null)
            {
                int leastMs = retryMs < RetryDelay.DelayMinMs ? RetryDelay.DelayMinMs : retryMs;
                packet.UserProperties = retryMs == 0 ? RetryProperty(connection) : RetryProperty(leastMs);
            }

            packet.ServerReference = ServerReference(reasonCode);
            if (SendLastConnack(connection))
            {
                return;
            }

            packet.ReasonString = null;
            if (!SendLastConnack(connection))
            {
                packet.UserProperties = null;
                if (!SendLastConnack(connection))
                {
                    packet.ServerReference = null;
                    SendLastConnack(connection);
                }
            }
        }

        /// <summary>
        /// The encoded User Property that says when to try again, different from Client to Client. It lasts until the next call.
        /// </summary>
        public byte[] RetryProperty(Connection connection)
        {
            return RetryProperty(_retryDelay.Next(connection.Handle));
        }

        /// <summary>The encoded User Property that says when to try again.</summary>
        /// <param name="delayMs">In how many milliseconds, of <see cref="RetryDelay.Digits"/> digits.</param>
        public byte[] RetryProperty(int delayMs)
        {
            LastRetryMs = delayMs;
            byte[] property = _retryProperty;
            for (int i = property.Length - 1; i >= property.Length - RetryDelay.Digits; i--)
            {
                property[i] = (byte)('0' + delayMs % 10);
                delayMs /= 10;
            }

            return property;
        }

        /// <summary>The Reason String for a code; the last one is not built anew. UTF-8, or null.</summary>
        public byte[] Reason(int reasonCode)
        {
            if (reasonCode != _reasonCode)
            {
                _reason = OverloadText.For(reasonCode);
                _reasonCode = reasonCode;
            }

            return _reason;
        }

        /// <summary>A User Property, encoded.</summary>
        public byte[] UserProperty(byte[] name, byte[] value)
        {
            // allocates: only for CONNACK and DISCONNECT
            byte[] property = MemoryReserve.Bytes(5 + name.Length + value.Length);
            PacketWriter writer = _context.Writer;
            writer.Start(property, 0, property.Length);
            writer.WriteUserProperty(name, value);
            return property;
        }

        /// <summary>
        /// The code that tells a Client of a shortage: if there is another Server, that it should use that.
        /// </summary>
        public int Redirect(int reasonCode)
        {
            return reasonCode == ReasonCode.ServerBusy && _context.Limits.ServerReference.Length > 0
                ? ReasonCode.UseAnotherServer
                : reasonCode;
        }

        /// <summary>The setting server-reference, for the codes that send a Client elsewhere.</summary>
        public byte[] ServerReference(int reasonCode)
        {
            string reference = _context.Limits.ServerReference;
            return reasonCode == ReasonCode.UseAnotherServer && reference.Length > 0 ? Utf8Text.Of(reference) : null;
        }

        private bool SendDisconnect(Connection connection, int reasonCode, byte[] reason, byte[] retry, byte[] reference)
        {
            DisconnectPacket.Write(Begin(ScratchSize), reasonCode, reason, retry, reference);
            return SendLast(connection);
        }

        private bool SendLastConnack(Connection connection)
        {
            Connack.Write(Begin(ScratchSize), connection.ProtocolLevel);
            return SendLast(connection);
        }

        private bool Place(Connection connection, int at)
        {
            if (at < 0)
            {
                return false;
            }

            System.Array.Copy(_scratch, 0, connection.Outbox.Bytes, at, _context.Writer.Position);
            Count(connection);
            return true;
        }

        private void Count(Connection connection)
        {
            _counters.RepliesSent++;
            if (!connection.IsDirty)
            {
                _connections.MarkDirty(connection);
            }
        }
    }
}
