using System;
using System.Text;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>A Client that sends packets made beforehand and answers what has to be answered.</summary>
public sealed class WorkClient
{
    private readonly VirtualNetwork _network;
    private readonly int _level;
    private readonly byte[] _in = new byte[65536];
    private readonly byte[] _out = new byte[65536];
    private int _link;
    private byte[] _publish = [];
    private int _identifierAt;
    private int _identifier;

    /// <summary>Makes a Client that is not connected yet.</summary>
    public WorkClient(VirtualNetwork network, int level)
    {
        _network = network;
        _level = level;
    }

    /// <summary>PUBLISH packets that have come.</summary>
    public int Received { get; private set; }

    /// <summary>Acknowledgements of own messages that are complete: PUBACK and PUBCOMP.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Other packets that have come: CONNACK, SUBACK, PINGRESP.</summary>
    public int Replies { get; private set; }

    /// <summary>Bytes that have come and were not read.</summary>
    public int Unread => _network.ClientAvailable(_link);

    /// <summary>Opens a link and sends CONNECT.</summary>
    public void Connect(string identifier, bool durable)
    {
        _link = _network.Connect();
        ConnectOptions options = new()
        {
            ClientIdentifier = Encoding.UTF8.GetBytes(identifier),
            CleanStart = !durable,
            KeepAliveS = 60,
            SessionExpiryIntervalS = durable ? 3600 : -1,
        };
        Send(writer => options.Write(writer, _level));
    }

    /// <summary>Sends SUBSCRIBE.</summary>
    public void Subscribe(string filter, int options, int subscriptionIdentifier) => Send(writer =>
    {
        ClientPackets.BeginSubscribe(writer, _level, 1, subscriptionIdentifier, null);
        ClientPackets.AddSubscription(writer, Encoding.UTF8.GetBytes(filter), options);
        writer.EndPacket();
    });

    /// <summary>Sends PINGREQ.</summary>
    public void Ping() => _network.ClientSend(_link, [PacketType.Pingreq << 4, 0], 0, 2);

    /// <summary>Makes the packet that <see cref="Publish"/> sends.</summary>
    /// <param name="topic">The Topic Name.</param>
    /// <param name="payloadSize">The payload in bytes.</param>
    /// <param name="qos">0 to 2.</param>
    /// <param name="retain">The RETAIN flag.</param>
    /// <param name="properties">Encoded properties for 5.0.</param>
    public void PreparePublish(string topic, int payloadSize, int qos, bool retain, byte[] properties)
    {
        byte[] target = new byte[payloadSize + 512];
        PacketWriter writer = new();
        writer.Start(target, 0, target.Length);
        ClientPackets.WritePublish(
            writer, _level, Encoding.UTF8.GetBytes(topic), new byte[payloadSize], qos, retain, false, 1, properties);
        _publish = target.AsSpan(0, writer.Position).ToArray();
        FixedHeader.ReadSize(_publish, 0, _publish.Length, out int headerSize);
        _identifierAt = qos == 0 ? 0 : headerSize + 2 + topic.Length;
    }

    /// <summary>Sends the prepared PUBLISH, with the next Packet Identifier.</summary>
    public void Publish()
    {
        if (_identifierAt > 0)
        {
            _identifier = (_identifier % 65535) + 1;
            _publish[_identifierAt] = (byte)(_identifier >> 8);
            _publish[_identifierAt + 1] = (byte)_identifier;
        }

        _network.ClientSend(_link, _publish, 0, _publish.Length);
    }

    /// <summary>Takes what has come, and sends the answers in one piece.</summary>
    public void Answer()
    {
        int end = _network.ClientReceive(_link, _in, 0, _in.Length);
        int outEnd = 0;
        for (int at = 0; at < end;)
        {
            int size = FixedHeader.ReadSize(_in, at, end - at, out int headerSize);
            switch (_in[at] >> 4)
            {
                case PacketType.Publish:
                    Received++;
                    int qos = (_in[at] >> 1) & 3;
                    int identifierAt = at + headerSize + 2 + Wire.ReadUInt16(_in, at + headerSize);
                    outEnd += qos == 0 ? 0 : Acknowledge(qos == 1 ? PacketType.Puback : PacketType.Pubrec, identifierAt, outEnd);
                    break;
                case PacketType.Pubrec:
                    outEnd += Acknowledge(PacketType.Pubrel, at + headerSize, outEnd);
                    break;
                case PacketType.Pubrel:
                    outEnd += Acknowledge(PacketType.Pubcomp, at + headerSize, outEnd);
                    break;
                case PacketType.Puback:
                case PacketType.Pubcomp:
                    Acknowledged++;
                    break;
                default:
                    Replies++;
                    break;
            }

            at += size;
        }

        if (outEnd > 0)
        {
            _network.ClientSend(_link, _out, 0, outEnd);
        }
    }

    private int Acknowledge(int type, int identifierAt, int outEnd) =>
        AckPacket.Write(_out, outEnd, type, Wire.ReadUInt16(_in, identifierAt), ReasonCode.Success, _level);

    private void Send(Action<PacketWriter> write)
    {
        PacketWriter writer = new();
        writer.Start(_out, 0, _out.Length);
        write(writer);
        _network.ClientSend(_link, _out, 0, writer.Position);
    }
}
