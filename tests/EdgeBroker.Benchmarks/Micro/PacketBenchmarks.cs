using System;
using BenchmarkDotNet.Attributes;
using EdgeBroker.Protocol;

namespace EdgeBroker.Benchmarks.Micro;

/// <summary>Finding packets in bytes, and reading their fields.</summary>
public class PacketBenchmarks
{
    private const int Packets = 100;

    private readonly byte[] _stream = new byte[Packets * 128];
    private readonly byte[] _publish = new byte[256];
    private readonly byte[] _publishV5 = new byte[256];
    private readonly PublishPacket _packet = new();
    private int _streamEnd;
    private int _size;
    private int _sizeV5;

    /// <summary>Prepares the packets: a payload of 64 bytes, a topic of 20.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _size = Write(_publish, 0, ProtocolLevel.V311, null);

        // Content Type "json" and a User Property.
        _sizeV5 = Write(_publishV5, 0, ProtocolLevel.V5, [0x03, 0, 4, (byte)'j', (byte)'s', (byte)'o', (byte)'n', 0x26, 0, 1, (byte)'k', 0, 1, (byte)'v']);
        for (int i = 0; i < Packets; i++)
        {
            _streamEnd = Write(_stream, _streamEnd, ProtocolLevel.V311, null);
        }
    }

    /// <summary>Finds where each of a hundred packets ends.</summary>
    [Benchmark(Description = "framing, for each of 100 packets of 88 bytes", OperationsPerInvoke = Packets)]
    public int Frame()
    {
        int at = 0;
        while (at < _streamEnd)
        {
            at += FixedHeader.ReadSize(_stream, at, _streamEnd - at, out _);
        }

        return at;
    }

    /// <summary>Reads a PUBLISH of 3.1.1.</summary>
    [Benchmark(Description = "decoding PUBLISH, 3.1.1, QoS 1, 64 bytes")]
    public int Decode() => _packet.Decode(_publish, 0, 2, _size, ProtocolLevel.V311);

    /// <summary>Reads a PUBLISH of 5.0.</summary>
    [Benchmark(Description = "decoding PUBLISH, 5.0, QoS 1, 64 bytes, 2 properties")]
    public int DecodeV5() => _packet.Decode(_publishV5, 0, 2, _sizeV5, ProtocolLevel.V5);

    private static int Write(byte[] target, int offset, int level, byte[]? properties)
    {
        PacketWriter writer = new();
        writer.Start(target, offset, target.Length - offset);
        ClientPackets.WritePublish(writer, level, "site/room/sensor/000"u8.ToArray(), new byte[64], 1, false, false, 1, properties);
        return writer.Position;
    }
}
