using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>
/// As many messages as go through, with a bounded number of them on the way, so that no broker has to drop any. A publisher
/// goes on when half of its window is free, which makes bursts as sensors behind a gateway do, the same for all brokers.
/// </summary>
/// <param name="Name">How the tables call it.</param>
/// <param name="QoS">0 to 2, to publish and to subscribe.</param>
/// <param name="PayloadSize">The payload in bytes.</param>
/// <param name="Publishers">How many publish.</param>
/// <param name="Subscribers">How many subscribe: to all topics, or with <paramref name="Pairs"/> to one each.</param>
/// <param name="Pairs">Each publisher has one subscriber.</param>
/// <param name="Window">Messages on the way at the most, per publisher.</param>
/// <param name="Seconds">How long they go on: long enough for the system's count of processor time, which is in 1/100 s.</param>
internal sealed record ThroughputScenario(
    string Name, int QoS, int PayloadSize, int Publishers, int Subscribers, bool Pairs, int Window, double Seconds) : Scenario(Name)
{
    private const int BufferSize = 262144;

    // A just-in-time compiler needs a few seconds until it has settled.
    private const double WarmUpShare = 1;
    private const double DrainSecondsMax = 30;
    private const int MessagesMax = 50000000;

    /// <summary>Whether the subscribers' Sessions are durable. Without subscribers there is one, which is away.</summary>
    public bool IsDurable { get; init; }

    /// <inheritdoc/>
    public override bool NeedsFreshBroker => IsDurable;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        Flow[] flows = Enumerable.Range(0, Publishers).Select(_ => new Flow(Pairs ? 1 : Subscribers)).ToArray();
        LoadClient[] subscribers = Enumerable.Range(0, Subscribers).Select(_ => new LoadClient(broker.Endpoint, BufferSize)).ToArray();
        LoadClient[] publishers = flows.Select(_ => new LoadClient(broker.Endpoint, BufferSize)).ToArray();
        Poller poller = new([.. publishers, .. subscribers]);
        try
        {
            if (IsDurable && Subscribers == 0)
            {
                PrepareAway(broker);
            }

            Prepare(poller, publishers, subscribers, flows);
            Load(poller, publishers, flows, Seconds * WarmUpShare);
            double cpuBefore = broker.CpuSeconds;
            long doneBefore = flows.Sum(Done);
            Stopwatch clock = Stopwatch.StartNew();
            Load(poller, publishers, flows, Seconds);
            double seconds = clock.Elapsed.TotalSeconds;
            double done = flows.Sum(Done) - doneBefore;
            return
            [
                new Figure("CPU s / million", (broker.CpuSeconds - cpuBefore) / done * 1e6),
                new Figure("1,000 msg/s", done / seconds / 1000),
            ];
        }
        finally
        {
            foreach (LoadClient client in poller.Clients)
            {
                client.Dispose();
            }
        }
    }

    private long Done(Flow flow) => Subscribers > 0 ? flow.Delivered : flow.Acknowledged;

    private void PrepareAway(BrokerProcess broker)
    {
        using LoadClient away = new(broker.Endpoint, BufferSize);
        Poller poller = new([away]);
        away.Connect("away", isDurable: true);
        away.Subscribe("bench/load/#", QoS, []);
        Waiter.Until(poller, () => away.IsReady, DrainSecondsMax);
    }

    private void Prepare(Poller poller, LoadClient[] publishers, LoadClient[] subscribers, Flow[] flows)
    {
        for (int i = 0; i < subscribers.Length; i++)
        {
            subscribers[i].Connect($"sub{i}", IsDurable);
            subscribers[i].Subscribe(Pairs ? LoadClient.Topic(i) : "bench/load/#", QoS, flows);
        }

        for (int i = 0; i < publishers.Length; i++)
        {
            publishers[i].Connect($"pub{i}", isDurable: false);
            publishers[i].PreparePublish(flows, i, LoadClient.Topic(i), QoS, PayloadSize);
        }

        Waiter.Until(poller, () => poller.Clients.All(client => client.IsReady), DrainSecondsMax);
    }

    // Publishes for a time, and then waits for the rest to arrive.
    private void Load(Poller poller, LoadClient[] publishers, Flow[] flows, double secondsMax)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool isDone = false;
        while (!isDone)
        {
            double seconds = clock.Elapsed.TotalSeconds;
            isDone = seconds >= secondsMax;
            for (int i = 0; i < publishers.Length; i++)
            {
                int outstanding = flows[i].Outstanding;
                if (seconds >= secondsMax || flows[i].Sent >= MessagesMax)
                {
                    isDone &= outstanding == 0;
                }
                else if (outstanding <= Window / 2)
                {
                    publishers[i].Publish(Window - outstanding);
                }
            }

            poller.Turn(isDone ? 0 : 100000);
            if (seconds > secondsMax + DrainSecondsMax)
            {
                throw new LoadException($"{Name}: {flows.Sum(flow => flow.Outstanding)} messages are missing.");
            }
        }

        // One delivery too many would show as one too few outstanding, and open the window.
        if (flows.Any(flow => flow.Delivered != (long)flow.Sent * flow.Receivers || flow.Acknowledged != flow.Sent))
        {
            throw new LoadException($"{Name}: more messages or acknowledgements came than were due.");
        }
    }
}
