using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>Durable Sessions whose Clients are away while messages for all of them come, and then fetch them, all at once.</summary>
/// <param name="Name">How the tables call it.</param>
/// <param name="Sessions">How many Sessions.</param>
/// <param name="Messages">How many messages each gets, at QoS 1.</param>
internal sealed record QueueScenario(string Name, int Sessions, int Messages) : Scenario(Name)
{
    private const double SecondsMax = 30;

    /// <inheritdoc/>
    public override bool NeedsFreshBroker => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        Flow[] flows = [new Flow(Sessions)];
        LoadClient[] away = Connect(broker, flows);
        foreach (LoadClient client in away)
        {
            client.Subscribe("bench/load/#", 1, flows);
        }

        Poller poller = new(away);
        Waiter.Until(poller, () => away.All(client => client.IsReady), SecondsMax);
        foreach (LoadClient client in away)
        {
            client.Disconnect();
            client.Dispose();
        }

        double deliveries = Sessions * Messages;
        long residentBefore = broker.ResidentBytes;
        double cpuBefore = broker.CpuSeconds;
        Publish(broker, flows);
        double cpuQueued = broker.CpuSeconds;
        long resident = broker.ResidentBytes - residentBefore;

        Stopwatch clock = Stopwatch.StartNew();
        LoadClient[] back = Connect(broker, flows);
        poller = new Poller(back);
        Waiter.Until(poller, () => flows[0].Delivered == (long)deliveries, SecondsMax);
        double seconds = clock.Elapsed.TotalSeconds;
        foreach (LoadClient client in back)
        {
            client.Dispose();
        }

        return
        [
            new Figure("CPU µs / queued", (cpuQueued - cpuBefore) / deliveries * 1e6),
            new Figure("CPU µs / fetched", (broker.CpuSeconds - cpuQueued) / deliveries * 1e6),
            new Figure("ms to fetch all", seconds * 1000),
            new Figure("bytes / queued", resident / deliveries),
        ];
    }

    private LoadClient[] Connect(BrokerProcess broker, Flow[] flows) => Enumerable.Range(0, Sessions).Select(number =>
    {
        LoadClient client = new(broker.Endpoint, 65536);
        client.Expect(flows);
        client.Connect($"away{number}", isDurable: true);
        return client;
    }).ToArray();

    private void Publish(BrokerProcess broker, Flow[] flows)
    {
        using LoadClient publisher = new(broker.Endpoint, 65536);
        Poller poller = new([publisher]);
        publisher.Connect("pub", isDurable: false);
        publisher.PreparePublish(flows, 0, LoadClient.Topic(0), 1, 64);
        Waiter.Until(poller, () => publisher.IsReady, SecondsMax);
        publisher.Publish(Messages);
        Waiter.Until(poller, () => flows[0].Acknowledged == Messages, SecondsMax);
    }
}
