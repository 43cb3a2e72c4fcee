using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>A socket with the bytes of MQTT 3.1.1 or 5.0 on it, and no manners: it does what a test says and nothing else.</summary>
    internal sealed class BareClient : IDisposable
    {
        private const int WaitMsMax = 20_000;

        private readonly int _level;
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly NetworkStream _stream;
        private readonly BufferedStream _buffered;
        private readonly Queue<byte> _ahead = [];

        /// <summary>Opens a connection and sends nothing.</summary>
        /// <param name="port">The broker's port on this machine.</param>
        /// <param name="level">4 or 5.</param>
        /// <param name="receiveBytes">What the system takes for a Client that does not read, about; 0 for its own choice.</param>
        internal BareClient(int port, int level, int receiveBytes = 0)
        {
            _level = level;
            _socket.NoDelay = true;
            _socket.ReceiveTimeout = WaitMsMax;
            _socket.SendTimeout = WaitMsMax;
            if (receiveBytes > 0)
            {
                _socket.ReceiveBufferSize = receiveBytes;
            }

            _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
            _stream = new NetworkStream(_socket, ownsSocket: true);
            _buffered = new BufferedStream(_stream);
        }

        /// <summary>The properties of the CONNACK.</summary>
        internal string AnswerText { get; private set; } = "";

        /// <summary>Connects for good.</summary>
        internal static BareClient Join(int port, int level, string name, int keepAliveS = 60, int receiveBytes = 0)
        {
            BareClient client = new(port, level, receiveBytes);
            Assert.AreEqual(0, client.Connect(name, keepAliveS));
            return client;
        }

        /// <summary>The bytes of a CONNECT with a clean start.</summary>
        internal byte[] ConnectPacket(string name, int keepAliveS)
        {
            return Packet(0x10, [0, 4, .. "MQTT"u8, (byte)_level, 2, 0, (byte)keepAliveS, .. NoProperties, .. Prefixed(name)]);
        }

        /// <summary>The bytes of a PUBLISH.</summary>
        internal byte[] PublishPacket(string topic, int payloadBytes, int qos, int identifier)
        {
            byte[] id = qos == 0 ? [] : [(byte)(identifier >> 8), (byte)identifier];
            return Packet(0x30 | (qos << 1), [.. Prefixed(topic), .. id, .. NoProperties, .. new byte[payloadBytes]]);
        }

        /// <summary>Sends CONNECT and reads CONNACK.</summary>
        /// <returns>Its code.</returns>
        internal int Connect(string name, int keepAliveS)
        {
            Send(ConnectPacket(name, keepAliveS));
            (int first, byte[] body) = Receive();
            Assert.AreEqual(0x20, first);
            AnswerText = Encoding.ASCII.GetString(body, 2, body.Length - 2);
            return body[1];
        }

        /// <summary>Subscribes and reads SUBACK.</summary>
        internal void Subscribe(string filter, int qos)
        {
            Send(Packet(0x82, [0, 1, .. NoProperties, .. Prefixed(filter), (byte)qos]));
            Assert.AreEqual(0x90, Receive().First);
        }

        /// <summary>Sends bytes.</summary>
        internal void Send(ReadOnlySpan<byte> bytes)
        {
            _stream.Write(bytes);
        }

        /// <summary>Reads one byte of whatever there is; it is part of the next packet that is read.</summary>
        internal void ReadByte()
        {
            if (_socket.Available > 0)
            {
                _ahead.Enqueue((byte)_stream.ReadByte());
            }
        }

        /// <summary>Reads a packet.</summary>
        /// <returns>Its first byte and what follows the length; first byte -1 at the end of the stream.</returns>
        internal (int First, byte[] Body) Receive()
        {
            int first = Next();
            if (first < 0)
            {
                return (-1, []);
            }

            int length = 0;
            int digit;
            int shift = 0;
            do
            {
                digit = Next();
                length |= (digit & 127) << shift;
                shift += 7;
            }
            while (digit > 127);

            byte[] body = new byte[length];
            for (int i = 0; i < length; i++)
            {
                body[i] = (byte)Next();
            }

            return (first, body);
        }

        /// <summary>Reads whatever comes until the broker ends the connection.</summary>
        /// <returns>"DISCONNECT 0x97", or "closed" without one, or "reset".</returns>
        internal string ReadToTheEnd()
        {
            string told = "closed";
            try
            {
                while (true)
                {
                    (int first, byte[] body) = Receive();
                    if (first < 0)
                    {
                        return told;
                    }

                    told = first == 0xE0 ? $"DISCONNECT 0x{body[0]:X2}" : "closed";
                }
            }
            catch (IOException exception) when (exception.InnerException is SocketException
                { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown })
            {
                return "reset";
            }
        }

        /// <summary>Breaks the connection: the broker sees a reset.</summary>
        internal void Reset()
        {
            _socket.LingerState = new LingerOption(true, 0);
            Dispose();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _stream.Dispose();
        }

        private int Next() => _ahead.Count > 0 ? _ahead.Dequeue() : _buffered.ReadByte();

        private byte[] NoProperties => _level == 5 ? [0] : [];

        private static byte[] Prefixed(string text)
        {
            return [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        }

        private static byte[] Packet(int first, byte[] body)
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
            return [.. packet];
        }
    }
}
