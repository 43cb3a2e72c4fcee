using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeBroker.Protocol;

namespace EdgeBroker.Benchmarks;

/// <summary>
/// One MQTT 3.1.1 client on a plain socket, publisher or subscriber. It gathers what it sends and checks what it receives:
/// the messages of each flow have to come in order, none missing and none twice.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    private const int HeadSize = 16;

    private readonly byte[] _in;
    private readonly byte[] _out;
    private int _inCount;
    private int _outStart;
    private int _outEnd;
    private byte[] _template = [];
    private int _payloadAt;
    private int _qos;
    private int _packetIdentifier;
    private Flow[] _flows = [];
    private int[] _next = [];
    private int _flow;
    private int _repliesExpected;

    /// <summary>Connects the socket, and nothing more.</summary>
    public LoadClient(IPEndPoint broker, int bufferSize)
    {
        _in = new byte[bufferSize];
        _out = new byte[bufferSize];
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(broker);
        Socket.Blocking = false;
    }

    /// <summary>The socket.</summary>
    public Socket Socket { get; }

    /// <summary>Whether bytes wait for room in the socket.</summary>
    public bool HasUnsent => _outEnd > _outStart;

    /// <summary>Answers to CONNECT and SUBSCRIBE that have not come.</summary>
    public bool IsReady => _repliesExpected == 0;

    /// <summary>Where latencies go, in microseconds, or null.</summary>
    public Latencies? Latencies { get; set; }

    /// <summary>A Topic Name of 20 bytes.</summary>
    public static string Topic(int number) => $"bench/load/{number:D9}";

    /// <summary>Sends CONNECT.</summary>
    public void Connect(string identifier, bool isDurable)
    {
        ConnectOptions options = new() { ClientIdentifier = Encoding.UTF8.GetBytes(identifier), CleanStart = !isDurable };
        Write(writer => options.Write(writer, ProtocolLevel.V311));
        _repliesExpected++;
    }

    /// <summary>Sends SUBSCRIBE, and from now on checks the messages of flows.</summary>
    public void Subscribe(string filter, int qos, Flow[] flows)
    {
        Write(writer => ClientPackets.WriteSubscribe(writer, ProtocolLevel.V311, 1, Encoding.UTF8.GetBytes(filter), qos));
        Expect(flows);
        _repliesExpected++;
    }

    /// <summary>Checks the messages of flows from now on.</summary>
    public void Expect(Flow[] flows)
    {
        _flows = flows;
        _next = new int[flows.Length];
    }

    /// <summary>Sends DISCONNECT, and waits until the broker has closed the connection.</summary>
    public void Disconnect()
    {
        Socket.Blocking = true;
        Socket.ReceiveTimeout = 10000;
        Socket.Send([PacketType.Disconnect << 4, 0]);
        if (Socket.Receive(_in, SocketFlags.None, out SocketError error) > 0 || error != SocketError.Success)
        {
            throw new LoadException($"the broker does not end a connection: {error}");
        }
    }

    /// <summary>Prepares to publish.</summary>
    public void PreparePublish(Flow[] flows, int flow, string topic, int qos, int payloadSize)
    {
        _flows = flows;
        _flow = flow;
        _qos = qos;
        byte[] payload = new byte[Math.Max(payloadSize, HeadSize)];
        byte[] target = new byte[payload.Length + 64];
        PacketWriter writer = new();
        writer.Start(target, 0, target.Length);
        ClientPackets.WritePublish(
            writer, ProtocolLevel.V311, Encoding.UTF8.GetBytes(topic), payload, qos, false, false, 1, null);
        _template = target.AsSpan(0, writer.Position).ToArray();
        _payloadAt = _template.Length - payload.Length;
    }

    /// <summary>Publishes a message, or as much as fits of several.</summary>
    /// <returns>How many.</returns>
    public int Publish(int count)
    {
        Flow flow = _flows[_flow];
        int written = 0;
        while (written < count && _out.Length - _outEnd >= _template.Length)
        {
            Span<byte> packet = _out.AsSpan(_outEnd, _template.Length);
            _template.CopyTo(packet);
            if (_qos > 0)
            {
                _packetIdentifier = _packetIdentifier == 65535 ? 1 : _packetIdentifier + 1;
                BinaryPrimitives.WriteUInt16BigEndian(packet[(_payloadAt - 2)..], (ushort)_packetIdentifier);
            }
            else
            {
                flow.Acknowledged++;
            }

            Span<byte> head = packet[_payloadAt..];
            BinaryPrimitives.WriteInt32LittleEndian(head, _flow);
            BinaryPrimitives.WriteInt32LittleEndian(head[4..], flow.Sent);
            BinaryPrimitives.WriteInt64LittleEndian(head[8..], Latencies == null ? 0 : Stopwatch.GetTimestamp());
            _outEnd += _template.Length;
            flow.Sent++;
            written++;
        }

        Flush();
        return written;
    }

    /// <summary>Sends what was gathered, as far as the socket takes it.</summary>
    public void Flush()
    {
        if (_outEnd == _outStart)
        {
            return;
        }

        int count = Socket.Send(_out, _outStart, _outEnd - _outStart, SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
        {
            throw new LoadException($"sending failed: {error}");
        }

        _outStart += error == SocketError.Success ? count : 0;
        if (_outStart == _outEnd)
        {
            _outStart = 0;
            _outEnd = 0;
        }
    }

    /// <summary>Receives once, handles the packets that are complete and sends the answers.</summary>
    public void Receive()
    {
        int count = Socket.Receive(_in, _inCount, _in.Length - _inCount, SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (error != SocketError.Success || count == 0)
        {
            throw new LoadException($"the broker closed a connection: {error}");
        }

        int end = _inCount + count;
        int at = 0;
        while (at < end)
        {
            int size = FixedHeader.ReadSize(_in, at, end - at, out int headerSize);
            if (size <= 0 || size > end - at)
            {
                break;
            }

            Handle(at, headerSize, size);
            at += size;
        }

        _inCount = end - at;
        _in.AsSpan(at, _inCount).CopyTo(_in);
        Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    private void Handle(int at, int headerSize, int size)
    {
        switch (_in[at] >> 4)
        {
            case PacketType.Publish:
                HandlePublish(at, headerSize, size);
                break;
            case PacketType.Puback:
            case PacketType.Pubcomp:
                _flows[_flow].Acknowledged++;
                break;
            case PacketType.Pubrec:
                Answer(0x62, at + headerSize);
                break;
            case PacketType.Pubrel:
                Answer(PacketType.Pubcomp << 4, at + headerSize);
                break;
            case PacketType.Connack:
                _repliesExpected--;
                if (_in[at + 3] != 0)
                {
                    throw new LoadException($"CONNACK with code {_in[at + 3]}");
                }

                break;
            case PacketType.Suback:
                _repliesExpected--;
                break;
            default:
                throw new LoadException($"a packet of type {_in[at] >> 4}");
        }
    }

    private void HandlePublish(int at, int headerSize, int size)
    {
        int qos = (_in[at] >> 1) & 3;
        int topic = at + headerSize;
        int after = topic + 2 + BinaryPrimitives.ReadUInt16BigEndian(_in.AsSpan(topic));
        Span<byte> payload = _in.AsSpan(after + (qos > 0 ? 2 : 0), at + size - after - (qos > 0 ? 2 : 0));
        int flow = BinaryPrimitives.ReadInt32LittleEndian(payload);
        int number = BinaryPrimitives.ReadInt32LittleEndian(payload[4..]);
        if (number != _next[flow])
        {
            throw new LoadException($"message {number} of publisher {flow} came where {_next[flow]} was due");
        }

        _next[flow]++;
        _flows[flow].Delivered++;
        Latencies?.Add(Stopwatch.GetTimestamp() - BinaryPrimitives.ReadInt64LittleEndian(payload[8..]));
        if (qos > 0)
        {
            Answer((qos == 1 ? PacketType.Puback : PacketType.Pubrec) << 4, after);
        }
    }

    private void Answer(int firstByte, int identifierAt)
    {
        if (_out.Length - _outEnd < 4)
        {
            Flush();
            _out.AsSpan(_outStart, _outEnd - _outStart).CopyTo(_out);
            _outEnd -= _outStart;
            _outStart = 0;
        }

        _out[_outEnd++] = (byte)firstByte;
        _out[_outEnd++] = 2;
        _out[_outEnd++] = _in[identifierAt];
        _out[_outEnd++] = _in[identifierAt + 1];
    }

    private void Write(Action<PacketWriter> write)
    {
        PacketWriter writer = new();
        writer.Start(_out, _outEnd, _out.Length - _outEnd);
        write(writer);
        _outEnd = writer.Position;
        Flush();
    }
}
