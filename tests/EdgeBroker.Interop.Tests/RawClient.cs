using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>An MQTT 5.0 Client that reads and answers only when a test says so.</summary>
    internal sealed class RawClient : IDisposable
    {
        private const int WaitMsMax = 20_000;

        private readonly TcpClient _socket;
        private readonly BufferedStream _stream;

        /// <summary>Connects with a Session that outlives the connection, and reads CONNACK.</summary>
        /// <param name="port">The broker's port on this machine.</param>
        /// <param name="identifier">The Client Identifier.</param>
        /// <param name="receiveBytes">What the system takes for a Client that does not read, about; 0 for its own choice.</param>
        internal RawClient(int port, string identifier, int receiveBytes = 0)
        {
            _socket = new TcpClient { NoDelay = true, ReceiveTimeout = WaitMsMax };
            if (receiveBytes > 0)
            {
                _socket.ReceiveBufferSize = receiveBytes;
            }

            _socket.Connect(IPAddress.Loopback, port);
            _stream = new BufferedStream(_socket.GetStream(), 65536);
            Send(0x10, [0, 4, .. "MQTT"u8, 5, 0, 0, 0, 5, 0x11, 0, 0, 0x0E, 0x10, .. Prefixed(identifier)]);
            Answer = Receive().Body;
        }

        /// <summary>The body of CONNACK: flags, Reason Code, properties.</summary>
        internal byte[] Answer { get; }

        /// <summary>Subscribes at QoS 1 and reads SUBACK.</summary>
        /// <returns>The Reason Code.</returns>
        internal int Subscribe(string filter)
        {
            Send(0x82, [0, 1, 0, .. Prefixed(filter), 1]);
            return Receive().Body[^1];
        }

        /// <summary>Sends PUBLISH at QoS 1.</summary>
        internal void Publish(string topic, string text, int identifier)
        {
            Send(0x32, [.. Prefixed(topic), (byte)(identifier >> 8), (byte)identifier, 0, .. Encoding.ASCII.GetBytes(text)]);
        }

        /// <summary>Sends PUBACK for a PUBLISH.</summary>
        internal void Acknowledge(byte[] body)
        {
            int at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
            Send(0x40, [body[at], body[at + 1]]);
        }

        /// <summary>The payload of a PUBLISH at QoS 1.</summary>
        internal static string Payload(byte[] body)
        {
            int at = 4 + BinaryPrimitives.ReadUInt16BigEndian(body);
            at += 1 + body[at];
            return Encoding.ASCII.GetString(body, at, body.Length - at);
        }

        /// <summary>Waits for the next packet.</summary>
        /// <returns>Its first byte and what follows the length; first byte -1 at the end of the stream.</returns>
        /// <exception cref="IOException">Nothing came in time, or the stream broke.</exception>
        internal (int First, byte[] Body) Receive()
        {
            int first = _stream.ReadByte();
            if (first < 0)
            {
                return (-1, []);
            }

            int length = 0;
            int shift = 0;
            int digit;
            do
            {
                digit = _stream.ReadByte();
                length |= (digit & 127) << shift;
                shift += 7;
            }
            while (digit > 127);

            byte[] body = new byte[length];
            _stream.ReadExactly(body);
            return (first, body);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _socket.Dispose();
        }

        private static byte[] Prefixed(string text)
        {
            return [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        }

        private void Send(int first, ReadOnlySpan<byte> body)
        {
            List<byte> packet = [(byte)first];
            int length = body.Length;
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
