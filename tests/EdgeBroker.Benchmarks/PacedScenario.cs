using System.Collections.Generic;
using System.Diagnostics;

namespace EdgeBroker.Benchmarks;

/// <summary>One message after the other at a steady pace, 1→1 at QoS 0: what a message costs when none shares a wake-up.</summary>
/// <param name="Name">How the tables call it.</param>
/// <param name="PerSecond">Messages a second.</param>
/// <param name="Seconds">How long.</param>
internal sealed record PacedScenario(string Name, int PerSecond, int Seconds) : Scenario(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        Flow[] flows = [new Flow(1)];
        using LoadClient subscriber = new(broker.Endpoint, 65536);
        using LoadClient publisher = new(broker.Endpoint, 65536);
        Latencies latencies = new(PerSecond * Seconds);
        subscriber.Latencies = latencies;
        publisher.Latencies = latencies;
        Poller poller = new([publisher, subscriber]);
        subscriber.Connect("sub", isDurable: false);
        subscriber.Subscribe(LoadClient.Topic(0), 0, flows);
        publisher.Connect("pub", isDurable: false);
        publisher.PreparePublish(flows, 0, LoadClient.Topic(0), 0, 64);
        Waiter.Until(poller, () => subscriber.IsReady && publisher.IsReady, 10);
        Pace(poller, publisher, PerSecond);
        Waiter.Until(poller, () => flows[0].Outstanding == 0, 10);
        latencies.Clear();
        double cpuBefore = broker.CpuSeconds;
        Pace(poller, publisher, PerSecond * Seconds);
        Waiter.Until(poller, () => flows[0].Outstanding == 0, 10);
        return
        [
            new Figure("CPU µs / message", (broker.CpuSeconds - cpuBefore) / (PerSecond * Seconds) * 1e6),
            new Figure("latency p50 µs", latencies.Percentile(0.5)),
            new Figure("latency p99 µs", latencies.Percentile(0.99)),
            new Figure("latency p99.9 µs", latencies.Percentile(0.999)),
        ];
    }

    private void Pace(Poller poller, LoadClient publisher, int count)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int sent = 0;
        while (sent < count)
        {
            long dueUs = (long)sent * 1000000 / PerSecond;
            long nowUs = clock.ElapsedTicks * 1000000 / Stopwatch.Frequency;
            if (nowUs >= dueUs)
            {
                publisher.Publish(1);
                sent++;
            }

            poller.Turn(nowUs < dueUs ? dueUs - nowUs : 0);
        }
    }
}
