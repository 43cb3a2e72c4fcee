using System.Collections.Generic;
using System.Diagnostics;

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
/// <param name="Seconds">How long they go on.</param>
internal sealed record ThroughputScenario(
    string Name, int QoS, int PayloadSize, int Publishers, int Subscribers, bool Pairs, int Window, double Seconds) : Scenario(Name)
{
    /// <summary>Whether the subscribers' Sessions are durable. Without subscribers there is one, which is away.</summary>
    public bool IsDurable { get; init; }

    /// <inheritdoc/>
    public override bool NeedsFreshBroker => IsDurable;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        using Load load = new(broker, this);

        // A just-in-time compiler needs some time until it has settled.
        load.Run(NeedsFreshBroker ? Seconds * 2 : Seconds / 2);
        double cpuBefore = broker.CpuSeconds;
        long doneBefore = load.Done;
        Stopwatch clock = Stopwatch.StartNew();
        load.Run(Seconds);
        double seconds = clock.Elapsed.TotalSeconds;
        double done = load.Done - doneBefore;
        return
        [
            new Figure("CPU s / million", (broker.CpuSeconds - cpuBefore) / done * 1e6),
            new Figure("1,000 msg/s", done / seconds / 1000),
        ];
    }
}
