using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace EdgeBroker.Benchmarks;

/// <summary>Clients that connect, subscribe to one topic each and do nothing: what a Network Connection holds.</summary>
/// <param name="Name">How the tables call it.</param>
/// <param name="Connections">How many.</param>
internal sealed record IdleScenario(string Name, int Connections) : Scenario(Name)
{
    private const int AtOnce = 50;

    // What the first clients make the broker load is no cost of a connection.
    private const int WarmUp = 200;

    /// <inheritdoc/>
    public override bool NeedsFreshBroker => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        List<LoadClient> clients = [];
        try
        {
            Connect(broker, clients, WarmUp);
            Thread.Sleep(500);
            long before = broker.ResidentBytes;
            double cpuBefore = broker.CpuSeconds;
            Stopwatch clock = Stopwatch.StartNew();
            Connect(broker, clients, Connections);
            double seconds = clock.Elapsed.TotalSeconds;
            double cpu = broker.CpuSeconds - cpuBefore;
            Thread.Sleep(500);
            return
            [
                new Figure("bytes / connection", (double)(broker.ResidentBytes - before) / Connections),
                new Figure("resident MB", broker.ResidentBytes / 1e6),
                new Figure("connects / s", Connections / seconds),
                new Figure("CPU µs / connect", cpu / Connections * 1e6),
            ];
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private static void Connect(BrokerProcess broker, List<LoadClient> clients, int count)
    {
        int end = clients.Count + count;
        while (clients.Count < end)
        {
            LoadClient[] some = Enumerable.Range(clients.Count, Math.Min(AtOnce, end - clients.Count)).Select(number =>
            {
                LoadClient client = new(broker.Endpoint, 512);
                client.Connect($"idle{number:D6}", isDurable: false);
                client.Subscribe(LoadClient.Topic(number), 0, []);
                return client;
            }).ToArray();
            clients.AddRange(some);
            Waiter.Until(new Poller(some), () => some.All(client => client.IsReady), 30);
        }
    }
}
