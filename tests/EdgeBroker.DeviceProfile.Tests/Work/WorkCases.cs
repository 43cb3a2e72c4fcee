using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Protocol;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>What is measured. Called in both copies of this assembly, so only simple types go in and out.</summary>
public static class WorkCases
{
    private const int V3 = ProtocolLevel.V311;
    private const int V5 = ProtocolLevel.V5;

    // Content Type "json" and a User Property.
    private static readonly byte[] s_properties =
        [0x03, 0, 4, (byte)'j', (byte)'s', (byte)'o', (byte)'n', 0x26, 0, 1, (byte)'k', 0, 1, (byte)'v'];

    /// <summary>Messages on their way.</summary>
    public static IReadOnlyList<WorkCase> Messages { get; } =
    [
        new("QoS 0 1→1", 0, V3, V3),
        new("QoS 1 1→1", 1, V3, V3),
        new("QoS 2 1→1", 2, V3, V3),
        new("QoS 1 1→1 durable", 1, V3, V3) { IsDurable = true },
        new("QoS 2 1→1 durable", 2, V3, V3) { IsDurable = true },
        new("QoS 1 1→1 durable, held, no commit", 1, V3, V3) { IsDurable = true, HasStore = true },
        new("QoS 0 1→8", 0, V3, V3) { Subscribers = 8, Receivers = 8 },
        new("QoS 0 retained 1→1", 0, V3, V3) { Retain = true },
        new("QoS 0 1→1 5.0", 0, V5, V5),
        new("QoS 1 1→1 5.0", 1, V5, V5),
        new("QoS 2 1→1 5.0", 2, V5, V5),
        new("QoS 0 1→1 5.0 properties", 0, V5, V5) { Properties = s_properties },
        new("QoS 1 1→1 5.0 properties, identifier", 1, V5, V5) { Properties = s_properties, SubscriptionIdentifier = 7 },
        new("QoS 0 1→1 3.1.1 to 5.0", 0, V3, V5),
        new("QoS 0 shared by 2", 0, V5, V5) { Subscribers = 2, Filter = "$share/group/" + WorkBench.Topic },
        new("QoS 0 1→1, 100 others subscribe", 0, V3, V3) { OtherSubscriptions = 100 },
        new("QoS 0 1→1, no route known, 10 others", 0, V3, V3) { Filter = "site/#", TopicsChange = true, OtherSubscriptions = 10 },
        new("QoS 0 1→1, no route known, 100 others", 0, V3, V3) { Filter = "site/#", TopicsChange = true, OtherSubscriptions = 100 },
        new("QoS 1 shared by 2", 1, V5, V5) { Subscribers = 2, Filter = "$share/group/" + WorkBench.Topic },
    ];

    /// <summary>The names of all cases.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Messages.Select(work => work.Name), "idle tick, 8 clients", "CONNECT", "SUBSCRIBE", "PINGREQ"];

    /// <summary>Instructions for one more, by method: the slope between two counts, so that setting up does not matter.</summary>
    public static double[] Instructions(string name) => name switch
    {
        "idle tick, 8 clients" => Slope(100, 200, Idle),
        "CONNECT" => Slope(4, 8, Connects),
        "SUBSCRIBE" => Slope(4, 8, Subscribes),
        "PINGREQ" => Slope(100, 200, Pings),
        _ => Slope(100, 200, (bench, count) => bench.Forward(Message(name), 0, count), Message(name).HasStore),
    };

    /// <summary>Bytes allocated by a thousand messages, after enough others.</summary>
    public static long AllocatedBytes(string name) => new WorkBench(Message(name).HasStore).Forward(Message(name), 2000, 1000);

    private static WorkCase Message(string name) => Messages.Single(work => work.Name == name);

    private static double[] Slope(int few, int many, Action<WorkBench, int> work, bool hasStore = false)
    {
        long[] least = Cost(few, work, hasStore);
        return Cost(many, work, hasStore).Select((cost, i) => (double)(cost - least[i]) / (many - few)).ToArray();
    }

    private static long[] Cost(int count, Action<WorkBench, int> work, bool hasStore)
    {
        WorkBench bench = new(hasStore);
        work(bench, count);
        return bench.Instructions;
    }

    private static void Idle(WorkBench bench, int count)
    {
        Connects(bench, 8);
        for (int i = 0; i < count; i++)
        {
            bench.Tick();
        }
    }

    private static void Connects(WorkBench bench, int count)
    {
        for (int i = 0; i < count; i++)
        {
            bench.Connect($"client{i}", V3);
        }
    }

    private static void Subscribes(WorkBench bench, int count)
    {
        WorkClient client = bench.Connect("client", V3);
        for (int i = 0; i < count; i++)
        {
            bench.Subscribe(client, $"site/room/sensor/{i:D3}", 1);
        }
    }

    private static void Pings(WorkBench bench, int count)
    {
        WorkClient client = bench.Connect("client", V3);
        for (int i = 0; i < count; i++)
        {
            client.Ping();
            bench.Tick();
            client.Answer();
        }
    }
}
