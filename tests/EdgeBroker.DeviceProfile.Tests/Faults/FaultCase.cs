using System;
using System.Reflection;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>
/// A small life of a broker on an ESP32 with everything that allocates in it and that uses its ports: durable Sessions, all QoS,
/// retained messages, Wills, shares, aliases, a take-over. Something fails in the middle of it. After it the broker has to serve
/// everybody, to have kept what it acknowledged, and to hold nothing when all have left.
/// </summary>
public sealed class FaultCase
{
    private const int V3 = ProtocolLevel.V311;
    private const int V5 = ProtocolLevel.V5;
    private const int Rounds = 3;
    private const int SettleMs = 120_000;

    private readonly FaultClient _keeper5;
    private readonly FaultClient _keeper3;
    private readonly FaultClient _publisher3;
    private readonly FaultClient _publisher5;
    private readonly MessageBook _book = new();
    private int _next;
    private int _step;

    /// <summary>Prepares it.</summary>
    public FaultCase()
    {
        Bench = new BrokerBench(Profile.Esp32, 13) { RestartsAfterFault = true };
        Bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, Bench.Clock);
        _keeper5 = new FaultClient(Bench, V5, "keeper5", _book, true) { Filter = "k/#", QoS = 1 };
        _keeper3 = new FaultClient(Bench, V3, "keeper3", _book, true) { Filter = "k/#", QoS = 2 };
        _publisher3 = new FaultClient(Bench, V3, "publisher3", _book, true);
        _publisher5 = new FaultClient(Bench, V5, "publisher5", _book, true);
    }

    /// <summary>The broker and its world.</summary>
    public BrokerBench Bench { get; }

    /// <summary>What was acknowledged and who got it.</summary>
    public MessageBook Book => _book;

    /// <summary>Before which step time jumps; negative for none.</summary>
    public int JumpAt { get; init; } = -1;

    /// <summary>How far it jumps, in milliseconds.</summary>
    public int JumpMs { get; init; }

    /// <summary>Lets memory run out.</summary>
    /// <param name="before">How many allocations succeed first.</param>
    /// <param name="failing">How many fail then.</param>
    /// <returns>What is wrong; null if nothing is, "end" if the fault's turn did not come.</returns>
    public static string? RunWithoutMemory(int before, int failing)
    {
        FaultCase faulty = new();
        try
        {
            faulty.Begin();
            AllocationFault.Failing = failing;
            AllocationFault.Left = before;
            faulty.Act();
            bool cameToIt = AllocationFault.Left < 0;
            AllocationFault.Left = -1;
            bool wasDown = failing == 1 && faulty.Bench.RestartCount > 0;
            return wasDown ? "one failure brought the broker down: " + faulty.Bench.LastFault : faulty.End() ?? (cameToIt ? null : "end");
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
        finally
        {
            AllocationFault.Left = -1;
        }
    }

    /// <summary>What is there before anything fails.</summary>
    public void Begin()
    {
        foreach (FaultClient keeper in new[] { _keeper5, _keeper3 })
        {
            keeper.Up();
            keeper.Take();
        }
    }

    /// <summary>What something fails in.</summary>
    public void Act()
    {
        for (int round = 0; round < Rounds; round++)
        {
            PublishSome();
            ShortLife(round);
            Step();
            _keeper5.Client.Reset();
            PublishSome();
            _keeper5.Up();
            _keeper3.Client.Reset();
            Retain(round);
            PublishSome();
            _keeper3.Up();
            Bench.Advance(1000);
        }
    }

    /// <summary>The time after it.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? End()
    {
        Bench.Advance(SettleMs);
        CheckServed();
        foreach (FaultClient keeper in new[] { _keeper5, _keeper3 })
        {
            keeper.Up();
            Bench.Advance(SettleMs);
            keeper.Take();
            keeper.Client.Reset();
            keeper.Up();
            if (_book.MayLose && keeper == _keeper3)
            {
                // A 3.1.1 Client can't be told: then the operator is, of each.
                _book.Report(keeper.Name, Bench.Events.CountOf(BrokerEvent.MessageDropped, DropReason.QueueFull));
                _book.Report(keeper.Name, Bench.Events.CountOf(BrokerEvent.MessageDropped, DropReason.Damaged));
            }

            string? missing = _book.MissingAt(keeper.Name);
            if (missing != null)
            {
                return missing;
            }
        }

        return CheckRetained() ?? CheckLeft();
    }

    // A Client with a Will that comes, does what takes memory, and goes: without a word, sent away or taken over.
    private void ShortLife(int round)
    {
        FaultClient young = new(Bench, V5, "young" + round, _book, true);
        SimClient client = young.Client;
        string will = "will" + round;
        client.Options.WillTopic = Bytes.OfText("k/will");
        client.Options.WillQoS = 1;
        client.Options.WillPayload = Bytes.OfText(will);
        client.Options.TopicAliasMaximum = 3;
        young.Up();
        client.Subscribe("a/+/" + round, 2, round + 1);
        client.Subscribe("$share/g/s/#", 1);
        client.Subscribe("$SYS/broker/clients/#", 0);
        client.Publish("a/b/" + round, new string('a', 300), 2, false, new PropertyList().User("n", "v"));
        client.Publish("k/by/alias", "x", 0, false, new PropertyList().UInt16(PropertyId.TopicAlias, 2));
        young.Take();
        bool isDue = young.IsUp;
        if (round == 1)
        {
            // Another of the same name takes over.
            FaultClient other = new(Bench, V5, young.Name, _book, false);
            other.Up();
            other.Client.Disconnect();
        }
        else
        {
            client.SendHex("30 7F 00 01 61");
            Bench.Run();
            client.Reset();
        }

        if (isDue)
        {
            _book.Owe(will);
        }
    }

    private void PublishSome()
    {
        for (int i = 0; i < 4; i++)
        {
            FaultClient publisher = i % 2 == 0 ? _publisher3 : _publisher5;
            Step();
            publisher.Up();
            publisher.Publish("k/" + i, "m" + _next++, 1 + (i / 2), false);
            publisher.Client.Publish("s/" + i, "shared", 1);
            publisher.Client.Publish("k/0", "zero", 0);
            publisher.Take();
        }
    }

    private void Retain(int round)
    {
        for (int i = 0; i < 2; i++)
        {
            Step();
            _publisher3.Up();
            string topic = $"r/{round}/{i}";
            _publisher3.Publish(topic, topic, 1 + i, true);
            _publisher3.Take();
        }
    }

    // The broker finds that it was not called for a while.
    private void Step()
    {
        if (_step++ == JumpAt)
        {
            Bench.Clock.Advance(JumpMs);
        }
    }

    private void CheckServed()
    {
        SimClient subscriber = Bench.Connect(V5, "subscriber");
        subscriber.Subscribe("t", 1);
        Expect("SUBACK i1 01", subscriber.Next());
        SimClient sender = Bench.Connect(V3, "sender");
        sender.Publish("t", "x", 1);
        Expect("PUBACK i1", sender.Next());
        Expect("PUBLISH t 'x' q1 i1", subscriber.Next());
        subscriber.Disconnect();
        sender.Disconnect();
    }

    private string? CheckRetained()
    {
        FaultClient reader = new(Bench, V5, "reader", _book, false);
        reader.Up();
        reader.Client.Subscribe("r/#", 1);
        reader.Take();
        string? missing = _book.MissingRetained();
        reader.Client.Disconnect();
        return missing;
    }

    // Everybody ends, and what is retained is deleted.
    private string? CheckLeft()
    {
        foreach (string name in new[] { "keeper5", "keeper3", "publisher3", "publisher5", "young0", "young1", "young2" })
        {
            SimClient last = Bench.Client(V3, name);
            Expect("CONNACK 00", last.Connect());
            for (int i = 0; name == "publisher3" && i < Rounds * 2; i++)
            {
                last.Publish($"r/{i / 2}/{i % 2}", "", 0, true, null);
            }

            last.Disconnect();
        }

        Bench.Advance(SettleMs);
        object context = typeof(Broker).GetProperty("Context", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(Bench.Broker)!;
        foreach (string table in new[] { "Connections", "Sessions", "Subscriptions", "Retained", "Deliveries", "Messages" })
        {
            int count = Count(context, table, "Count");
            if (count != 0)
            {
                return $"{table}: {count} are left";
            }
        }

        return Count(context, "Buffers", "BytesInUse") == 0 && Bench.Network.OpenCount == 0 ? null : "buffers or sockets are left";
    }

    private static int Count(object context, string table, string member)
    {
        object value = context.GetType().GetField(table)!.GetValue(context)!;
        return (int)value.GetType().GetProperty(member)!.GetValue(value)!;
    }

    private static void Expect(string expected, string actual)
    {
        if (expected != actual)
        {
            throw new InvalidOperationException($"expected {expected}, not {actual}");
        }
    }
}
