using System;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;
using EdgeBroker.Tests.Whole;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>A broker with the limits of an ESP32 and its Clients, and the sum of what its ticks cost.</summary>
public sealed class WorkBench
{
    /// <summary>A Topic Name of 20 bytes.</summary>
    public const string Topic = "site/room/sensor/000";

    private const int PayloadSize = 64;

    private readonly VirtualClock _clock = new();
    private readonly VirtualNetwork _network = new(16);
    private readonly LeanStorage _storage = new(65536, 26);

    /// <summary>Starts a broker.</summary>
    /// <param name="hasStore">Whether it keeps what it has to; that costs nothing in the storage.</param>
    public WorkBench(bool hasStore = false)
    {
        BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
        limits.SysIntervalS = 0;
        Broker = new Broker(limits, _clock, _network, null, null, null, null, hasStore ? _storage : null);
    }

    /// <summary>The broker.</summary>
    public Broker Broker { get; }

    /// <summary>Instructions in all ticks so far, by method.</summary>
    public long[] Instructions { get; } = new long[WorkCounter.MethodsMax];

    /// <summary>Bytes allocated in all ticks so far.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>One tick, a millisecond later.</summary>
    public void Tick()
    {
        _clock.Advance(1);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Array.Clear(WorkCounter.Counts);
        Broker.Tick(0);
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        for (int i = 0; i < Instructions.Length; i++)
        {
            Instructions[i] += WorkCounter.Counts[i];
        }
    }

    /// <summary>Connects a Client.</summary>
    public WorkClient Connect(string name, int level, bool durable = false)
    {
        WorkClient client = new(_network, level);
        client.Connect(name, durable);

        // One to accept, one to receive.
        Tick();
        Tick();
        client.Answer();
        Check(client.Replies == 1, "no CONNACK");
        return client;
    }

    /// <summary>Subscribes a Client.</summary>
    public void Subscribe(WorkClient client, string filter, int qos, int subscriptionIdentifier = 0)
    {
        int replies = client.Replies;
        client.Subscribe(filter, qos, subscriptionIdentifier);
        Tick();
        client.Answer();
        Check(client.Replies == replies + 1, "no SUBACK");
    }

    /// <summary>Sets a case up and sends messages, one a tick. Then it is checked that all have arrived.</summary>
    /// <param name="work">The case.</param>
    /// <param name="warmUp">How many messages before those that count.</param>
    /// <param name="count">How many messages.</param>
    /// <returns>The bytes that the ticks of the messages allocated.</returns>
    public long Forward(WorkCase work, int warmUp, int count)
    {
        WorkClient[] subscribers = new WorkClient[work.Subscribers];
        for (int i = 0; i < subscribers.Length; i++)
        {
            subscribers[i] = Connect($"subscriber{i}", work.SubscriberLevel, work.IsDurable);
            Subscribe(subscribers[i], work.Filter, work.QoS, work.SubscriptionIdentifier);
        }

        if (work.OtherSubscriptions > 0)
        {
            WorkClient other = Connect("other", work.Level);
            for (int i = 0; i < work.OtherSubscriptions; i++)
            {
                // Neighbours of the topics in the tree.
                Subscribe(other, $"site/room/sensor/x{i:D3}", work.QoS);
            }
        }

        WorkClient publisher = Connect("publisher", work.Level);
        Send(publisher, subscribers, work, warmUp);
        Check(Broker.StoreBytes > 0 == work.HasStore, "no store");
        int written = _storage.WriteCount;
        long allocated = AllocatedBytes;
        Send(publisher, subscribers, work, count);
        allocated = AllocatedBytes - allocated;
        for (int i = 0; i < 4; i++)
        {
            Tick();
            AnswerAll(publisher, subscribers);
        }

        int received = 0;
        foreach (WorkClient subscriber in subscribers)
        {
            received += subscriber.Received;
        }

        // Acknowledged in time, nothing has to be stored.
        Check(_storage.WriteCount == written, "messages were stored");
        Check(received == (warmUp + count) * work.Receivers, $"{received} messages came");
        Check(publisher.Acknowledged == (work.QoS == 0 ? 0 : warmUp + count), $"{publisher.Acknowledged} were acknowledged");
        return allocated;
    }

    private static void Check(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private static void AnswerAll(WorkClient publisher, WorkClient[] subscribers)
    {
        publisher.Answer();
        foreach (WorkClient subscriber in subscribers)
        {
            subscriber.Answer();
        }
    }

    private void Send(WorkClient publisher, WorkClient[] subscribers, WorkCase work, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || work.TopicsChange)
            {
                string topic = work.TopicsChange ? $"site/room/sensor/{i % 500:D3}" : Topic;
                publisher.PreparePublish(topic, PayloadSize, work.QoS, work.Retain, work.Properties);
            }

            publisher.Publish();
            Tick();
            AnswerAll(publisher, subscribers);
        }
    }
}
