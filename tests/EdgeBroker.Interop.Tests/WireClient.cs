using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// An MQTT Client that does what a test says and no more: it waits for each answer, and knows what it was told. What comes while
    /// it waits for something else is kept. A broker that is gone shows as <see cref="IOException"/>.
    /// </summary>
    internal sealed class WireClient : IDisposable
    {
        private const int WaitMsMax = 20_000;
        private const int Publish3 = 3;
        private const int PubAck = 4;
        private const int PubRec = 5;
        private const int PubRel = 6;
        private const int PubComp = 7;

        private readonly TcpClient _socket;
        private readonly BufferedStream _stream;
        private readonly Queue<(int First, byte[] Body)> _kept = [];
        private readonly HashSet<int> _unreleased = [];
        private readonly bool _isV5;
        private int _lastIdentifier;

        /// <summary>Connects.</summary>
        /// <param name="port">The broker's port on this machine.</param>
        /// <param name="identifier">The Client Identifier.</param>
        /// <param name="isDurable">Whether the Session outlives the connection.</param>
        /// <param name="isV5">Whether to speak MQTT 5.0, not 3.1.1.</param>
        internal WireClient(int port, string identifier, bool isDurable, bool isV5 = false)
        {
            _isV5 = isV5;
            _socket = new TcpClient { NoDelay = true };
            try
            {
                _socket.Connect(IPAddress.Loopback, port);
                _socket.ReceiveTimeout = WaitMsMax;
                _stream = new BufferedStream(_socket.GetStream(), 65536);
                List<byte> connect = [0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T'];
                connect.AddRange([isV5 ? (byte)5 : (byte)4, isDurable ? (byte)0 : (byte)2, 0, 0]);
                if (isV5)
                {
                    connect.AddRange(isDurable ? [5, 0x11, 0, 0, 0x0E, 0x10] : [0]);
                }

                Add(connect, identifier);
                Send(0x10, connect);
                byte[] answer = Receive(2);
                Assert.AreEqual(0, answer[1], "CONNACK");
                IsSessionPresent = answer[0] == 1;
            }
            catch (SocketException exception)
            {
                _socket.Dispose();
                throw new IOException(exception.Message, exception);
            }
            catch (IOException)
            {
                _socket.Dispose();
                throw;
            }
        }

        /// <summary>What CONNACK said.</summary>
        internal bool IsSessionPresent { get; }

        /// <summary>The QoS 2 messages that this Client has taken and whose PUBREL has not come.</summary>
        internal IReadOnlyCollection<int> Unreleased => _unreleased;

        /// <summary>Goes on with QoS 2 messages that were taken on an earlier connection.</summary>
        internal void Remember(IEnumerable<int> unreleased)
        {
            _unreleased.UnionWith(unreleased);
        }

        /// <summary>Subscribes and waits for SUBACK.</summary>
        internal void Subscribe(string filter, int qos)
        {
            List<byte> body = [0, 1];
            AddNoProperties(body);
            Add(body, filter);
            body.Add((byte)qos);
            Send(0x82, body);
            Assert.AreEqual(qos, Receive(9)[^1], "SUBACK");
        }

        /// <summary>Publishes and waits until the broker has it: until PUBACK or PUBCOMP.</summary>
        /// <returns>The Reason Code.</returns>
        internal int Publish(string topic, string text, int qos, bool isRetained = false)
        {
            int identifier = qos == 0 ? 0 : NextIdentifier();
            SendPublish(topic, text, qos, identifier, isRetained, isAgain: false);
            return qos == 0 ? 0 : Finish(qos, identifier);
        }

        /// <summary>Takes a Packet Identifier for <see cref="SendPublish"/>.</summary>
        internal int NextIdentifier()
        {
            _lastIdentifier = _lastIdentifier % 65535 + 1;
            return _lastIdentifier;
        }

        /// <summary>Sends PUBLISH and waits for nothing.</summary>
        internal void SendPublish(string topic, string text, int qos, int identifier, bool isRetained, bool isAgain)
        {
            List<byte> body = [];
            Add(body, topic);
            if (qos > 0)
            {
                AddIdentifier(body, identifier);
            }

            AddNoProperties(body);
            body.AddRange(Encoding.UTF8.GetBytes(text));
            Send(0x30 | (isAgain ? 8 : 0) | (qos << 1) | (isRetained ? 1 : 0), body);
        }

        /// <summary>Waits for the acknowledgements of a PUBLISH.</summary>
        /// <returns>The Reason Code.</returns>
        internal int Finish(int qos, int identifier)
        {
            int code = ReceiveAnswer(qos == 1 ? PubAck : PubRec, identifier);
            return qos == 1 || code >= 0x80 ? code : Release(identifier);
        }

        /// <summary>Sends PUBREL and waits for PUBCOMP.</summary>
        internal int Release(int identifier)
        {
            List<byte> body = [];
            AddIdentifier(body, identifier);
            Send(0x62, body);
            return ReceiveAnswer(PubComp, identifier);
        }

        /// <summary>Waits for PUBREC.</summary>
        internal int WaitForPubRec(int identifier)
        {
            return ReceiveAnswer(PubRec, identifier);
        }

        /// <summary>Waits for the next message and acknowledges it. A QoS 2 message that it has taken before is not told again.</summary>
        /// <returns>The topic, a space and the payload.</returns>
        internal string ReceiveMessage()
        {
            while (true)
            {
                (int first, byte[] body) = _kept.Count > 0 ? _kept.Dequeue() : ReceiveAny();
                if (Take(first, body) is { } message)
                {
                    return message;
                }
            }
        }

        /// <summary>Ends the connection in order.</summary>
        internal void Disconnect()
        {
            Send(0xE0, []);
            while (_stream.ReadByte() >= 0)
            {
                // What was on its way.
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _socket.Dispose();
        }

        private string? Take(int first, byte[] body)
        {
            switch (first >> 4)
            {
                case Publish3:
                    return TakeMessage((first >> 1) & 3, body);
                case PubRel:
                    _unreleased.Remove(BinaryPrimitives.ReadUInt16BigEndian(body));
                    Send(0x70, [body[0], body[1]]);
                    return null;
                default:
                    Assert.Fail($"packet 0x{first:X2} was not asked for");
                    return null;
            }
        }

        private string? TakeMessage(int qos, byte[] body)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(body);
            int at = 2 + length;
            int identifier = 0;
            if (qos > 0)
            {
                identifier = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
                at += 2;
                Send(qos == 1 ? 0x40 : 0x50, [(byte)(identifier >> 8), (byte)identifier]);
            }

            if (qos == 2 && !_unreleased.Add(identifier))
            {
                return null;
            }

            at += _isV5 ? 1 + body[at] : 0;
            return Encoding.UTF8.GetString(body, 2, length) + " " + Encoding.UTF8.GetString(body, at, body.Length - at);
        }

        private int ReceiveAnswer(int type, int identifier)
        {
            byte[] answer = Receive(type);
            Assert.AreEqual(identifier, BinaryPrimitives.ReadUInt16BigEndian(answer), $"packet type {type}");
            return answer.Length > 2 ? answer[2] : 0;
        }

        private byte[] Receive(int type)
        {
            while (true)
            {
                (int first, byte[] body) = ReceiveAny();
                if (first >> 4 == type)
                {
                    return body;
                }

                _kept.Enqueue((first, body));
            }
        }

        private (int First, byte[] Body) ReceiveAny()
        {
            int first = ReceiveByte();
            int length = 0;
            int digit;
            int shift = 0;
            do
            {
                digit = ReceiveByte();
                length |= (digit & 127) << shift;
                shift += 7;
            }
            while (digit > 127);

            byte[] body = new byte[length];
            _stream.ReadExactly(body);
            return (first, body);
        }

        private int ReceiveByte()
        {
            int value = _stream.ReadByte();
            return value >= 0 ? value : throw new EndOfStreamException("the broker has ended the connection");
        }

        private void AddNoProperties(List<byte> body)
        {
            if (_isV5)
            {
                body.Add(0);
            }
        }

        private static void Add(List<byte> body, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            AddIdentifier(body, bytes.Length);
            body.AddRange(bytes);
        }

        private static void AddIdentifier(List<byte> body, int identifier)
        {
            body.Add((byte)(identifier >> 8));
            body.Add((byte)identifier);
        }

        private void Send(int first, List<byte> body)
        {
            List<byte> packet = [(byte)first];
            int length = body.Count;
            do
            {
                packet.Add((byte)((length & 127) | (length > 127 ? 128 : 0)));
                length >>= 7;
            }
            while (length > 0);

            packet.AddRange(body);
            _socket.GetStream().Write(packet.ToArray());
        }
    }
}
