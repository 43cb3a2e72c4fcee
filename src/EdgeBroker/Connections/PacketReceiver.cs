using System;
using EdgeBroker.Handlers;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// Receives bytes, finds the packets in them and hands each to its handler. All connections share one receive buffer;
    /// only an incomplete packet is kept, in a buffer that grows with the bytes that came, not with those announced.
    /// </summary>
    internal class PacketReceiver
    {
        // Up to this size the Remaining Length takes one byte, and no packet is too large: packet-size-max is never less.
        private const int ShortSizeMax = 128;

        private readonly Context _context;
        private readonly PacketHandler _handler;
        private readonly PublishHandler _publish;
        private readonly ConnectionCloser _closer;
        private readonly byte[] _receive;
        private readonly INetwork _network;
        private readonly Counters _counters;
        private readonly int _packetSizeMax;

        // Bytes of packets that were handled before the one in front of them, and taken out of the buffer.
        private int _overtaken;

        /// <summary>Makes the one for all connections.</summary>
        /// <param name="context">What the parts share.</param>
        /// <param name="handler">Handles the packets.</param>
        /// <param name="publish">Handles those that nearly all are, without a detour.</param>
        /// <param name="closer">Ends connections.</param>
        /// <param name="receive">The shared receive buffer.</param>
        public PacketReceiver(
            Context context, PacketHandler handler, PublishHandler publish, ConnectionCloser closer, byte[] receive)
        {
            _context = context;
            _handler = handler;
            _publish = publish;
            _closer = closer;
            _receive = receive;
            _network = context.Network;
            _counters = context.Counters;
            _packetSizeMax = context.Limits.PacketSizeMax;
        }

        /// <summary>Receives from a connection that is ready, once, and handles what is complete.</summary>
        public virtual void Receive(Connection connection)
        {
            if (connection.TailCount > 0)
            {
                ReceiveBehindTail(connection);
                return;
            }

            byte[] buffer = _receive;
            int count = _network.Receive(connection.Handle, buffer, 0, buffer.Length);
            if (count <= 0)
            {
                Fail(connection, count);
                return;
            }

            _counters.BytesReceived += count;
            int consumed = Handle(connection, buffer, count);
            if (consumed < count)
            {
                KeepRest(connection, buffer, consumed, count);
            }
        }

        // A tail that leaves room in the shared buffer is put back into it, so that what comes behind is handled in one go.
        private void ReceiveBehindTail(Connection connection)
        {
            byte[] buffer = _receive;
            int kept = connection.TailCount;
            if (kept > buffer.Length / 2)
            {
                ReceiveIntoTail(connection);
                return;
            }

            Array.Copy(connection.Tail, 0, buffer, 0, kept);
            int count = _network.Receive(connection.Handle, buffer, kept, buffer.Length - kept);
            if (count <= 0)
            {
                Fail(connection, count);
                return;
            }

            _counters.BytesReceived += count;
            _closer.ReleaseTail(connection);
            int consumed = Handle(connection, buffer, count + kept);
            if (consumed < count + kept)
            {
                KeepRest(connection, buffer, consumed, count + kept);
            }
        }

        /// <summary>Looks again at a packet that had to wait, and at what came behind it.</summary>
        public void Resume(Connection connection)
        {
            int end = connection.TailCount;
            int consumed = Handle(connection, connection.Tail, end);
            if (connection.State < ConnectionState.Closing)
            {
                connection.TailCount = end - TakeOvertaken();
                RemoveFromTail(connection, consumed);
                if (connection.WaitingSinceMs == 0)
                {
                    _closer.SetInterest(connection, connection.Interest | NetworkEvents.Readable);
                }
            }
        }

        private void ReceiveIntoTail(Connection connection)
        {
            if (connection.TailCount == connection.Tail.Length && !EnlargeTail(connection))
            {
                _closer.Disconnect(connection, ReasonCode.ServerBusy);
                return;
            }

            int count = _network.Receive(
                connection.Handle, connection.Tail, connection.TailCount, connection.Tail.Length - connection.TailCount);
            if (count <= 0)
            {
                Fail(connection, count);
                return;
            }

            _counters.BytesReceived += count;
            connection.LastByteMs = _context.NowMs;
            int end = connection.TailCount + count;
            connection.TailCount = end;
            int consumed = Handle(connection, connection.Tail, end);
            if (connection.State < ConnectionState.Closing)
            {
                connection.TailCount = end - TakeOvertaken();
                RemoveFromTail(connection, consumed);
            }
        }

        private void Fail(Connection connection, int result)
        {
            if (result != NetworkResult.WouldBlock)
            {
                _closer.Lost(connection, result);
            }
        }

        // Handles the whole packets at the start of a buffer. Returns how many bytes they took, besides those overtaken.
        private int Handle(Connection connection, byte[] buffer, int end)
        {
            if (connection.State == ConnectionState.AwaitingConnect && buffer[0] >> 4 != PacketType.Connect)
            {
                // [MQTT-3.1.0-1] [MQTT5-3.1.0-1]: there is nobody to talk to.
                _closer.Disconnect(connection, ReasonCode.ProtocolError);
                return 0;
            }

            int offset = 0;
            int left = end;
            if (left < 2)
            {
                return 0;
            }

            // What follows a CONNECT that was refused, or anything that ended the connection, is not looked at
            // [MQTT-3.1.4-5] [MQTT5-3.1.4-6].
            do
            {
                int headerSize = 2;
                int size = buffer[offset + 1] + 2;
                if (size > ShortSizeMax)
                {
                    size = FixedHeader.ReadSize(buffer, offset, left, out headerSize);
                    if (size <= 0 || size > _packetSizeMax)
                    {
                        RefuseSize(connection, size);
                        break;
                    }
                }

                if (size > left)
                {
                    break;
                }

                bool done = buffer[offset] >> 4 == PacketType.Publish && connection.State == ConnectionState.Connected
                    ? _publish.Handle(connection, buffer, offset, headerSize, size)
                    : _handler.Handle(connection, buffer, offset, headerSize, size);
                if (!done)
                {
                    if (Wait(connection, buffer))
                    {
                        HandleBehind(connection, buffer, offset, size, end);
                    }

                    break;
                }

                connection.WaitingSinceMs = 0;
                connection.LastPacketMs = _context.NowMs;
                offset += size;
                left = end - offset;
            }
            while (left > 1 && connection.State < ConnectionState.Closing);

            return offset;
        }

        private void RefuseSize(Connection connection, int size)
        {
            if (size != FixedHeader.NeedMoreBytes)
            {
                _closer.Disconnect(connection, size > 0 ? ReasonCode.PacketTooLarge : ReasonCode.MalformedPacket);
            }
        }

        // A PUBLISH may wait for the very Client that sent it, to acknowledge what fills its queue: acknowledgements and PINGREQ
        // overtake what waits. Everything else keeps its order. When as much as a whole packet may have has come, or the
        // Client says goodbye, nothing more is read, so that TCP pushes back.
        private void HandleBehind(Connection connection, byte[] buffer, int offset, int size, int end)
        {
            int all = end;
            int at = offset + size;
            bool isBlocked = false;
            while (at < end && !isBlocked)
            {
                int type = buffer[at] >> 4;
                int next = FixedHeader.ReadSize(buffer, at, end - at, out int headerSize);
                if (next == FixedHeader.NeedMoreBytes || next > end - at)
                {
                    break;
                }

                if (!MayOvertake(type))
                {
                    // What is malformed ends the connection, as DISCONNECT does: when it is its turn.
                    isBlocked = next < 0 || type == PacketType.Disconnect;
                    at += next;
                }
                else if (next < 0 || !_handler.Handle(connection, buffer, at, headerSize, next))
                {
                    isBlocked = true;
                }
                else
                {
                    connection.LastPacketMs = _context.NowMs;
                    end -= next;
                    Array.Copy(buffer, at + next, buffer, at, end - at);
                    isBlocked = connection.State >= ConnectionState.Closing;
                }
            }

            if (connection.State >= ConnectionState.Closing)
            {
                return;
            }

            _overtaken = all - end;
            if (isBlocked || end - offset >= _packetSizeMax)
            {
                _closer.SetInterest(connection, connection.Interest & ~NetworkEvents.Readable);
            }
        }

        private int TakeOvertaken()
        {
            int overtaken = _overtaken;
            _overtaken = 0;
            return overtaken;
        }

        private static bool MayOvertake(int packetType)
        {
            return (packetType >= PacketType.Puback && packetType <= PacketType.Pubcomp) || packetType == PacketType.Pingreq;
        }

        // It is looked at again and again, in the tail, until it can be handled or its time is up. Returns whether it is not.
        private bool Wait(Connection connection, byte[] buffer)
        {
            if (connection.WaitingSinceMs == 0)
            {
                connection.WaitingSinceMs = _context.NowMs;
            }
            else if (_context.NowMs - connection.WaitingSinceMs >= _context.Limits.WaitMs && buffer == connection.Tail)
            {
                // The Client does not read what it is sent, or others hold what it would be answered with.
                TakeAcknowledgements(connection);
                bool isQuota = !connection.Outbox.IsEmpty
                    || (connection.Session != null && connection.Session.RefusedAtMs == _context.NowMs);
                _closer.Disconnect(connection, isQuota ? ReasonCode.QuotaExceeded : ReasonCode.ServerBusy);
                return false;
            }

            _context.LookAgain(connection);
            return true;
        }

        // The connection is to be closed, for what waits can't be taken: what the Client has acknowledged behind that counts, or its own
        // queue that is full would keep it out for ever. Everything else comes again on its next connection. It is read a few times.
        private void TakeAcknowledgements(Connection connection)
        {
            int end = TakeAcknowledgements(connection, connection.Tail, connection.TailCount);
            for (int left = 16; left > 0 && end >= 0; left--)
            {
                int count = _network.Receive(connection.Handle, _receive, end, _receive.Length - end);
                end = count > 0 ? TakeAcknowledgements(connection, _receive, end + count) : -1;
            }
        }

        // Handles them, and moves the part of a packet at the end to the start of the shared buffer. Returns its size; -1: no more.
        private int TakeAcknowledgements(Connection connection, byte[] buffer, int end)
        {
            int at = 0;
            while (at < end && connection.State < ConnectionState.Closing)
            {
                int type = buffer[at] >> 4;
                int size = FixedHeader.ReadSize(buffer, at, end - at, out int headerSize);
                if (size == FixedHeader.NeedMoreBytes || size > end - at)
                {
                    break;
                }

                bool isLast = size < 0 || type == PacketType.Disconnect;
                if (isLast || (MayOvertake(type) && !_handler.Handle(connection, buffer, at, headerSize, size)))
                {
                    return -1;
                }

                at += size;
            }

            if (end - at > _receive.Length / 2)
            {
                return -1;
            }

            Array.Copy(buffer, at, _receive, 0, end - at);
            return end - at;
        }

        // Keeps what is left of the shared buffer for the next time.
        private void KeepRest(Connection connection, byte[] buffer, int offset, int end)
        {
            if (connection.State >= ConnectionState.Closing)
            {
                return;
            }

            int count = end - offset - TakeOvertaken();
            byte[] tail = _closer.TakeTail(connection, count);
            if (tail == null)
            {
                _closer.Disconnect(connection, ReasonCode.ServerBusy);
                return;
            }

            Array.Copy(buffer, offset, tail, 0, count);
            connection.LastByteMs = _context.NowMs;
            connection.Tail = tail;
            connection.TailCount = count;
        }

        private void RemoveFromTail(Connection connection, int count)
        {
            int left = connection.TailCount - count;
            if (left == 0)
            {
                _closer.ReleaseTail(connection);
                return;
            }

            if (count > 0)
            {
                Array.Copy(connection.Tail, count, connection.Tail, 0, left);
                connection.TailCount = left;
            }
        }

        private bool EnlargeTail(Connection connection)
        {
            int length = connection.Tail.Length * 2;
            int sizeMax = _context.Limits.PacketSizeMax;
            byte[] larger = _closer.TakeTail(connection, length < sizeMax ? length : sizeMax);
            if (larger == null)
            {
                return false;
            }

            Array.Copy(connection.Tail, 0, larger, 0, connection.TailCount);
            _context.Buffers.Give(connection.Tail);
            connection.Tail = larger;
            return true;
        }
    }
}
