using System.Collections.Generic;
using System.Diagnostics;

namespace EdgeBroker.Benchmarks;

/// <summary>From the start of the process to the first Client's CONNACK.</summary>
internal sealed record StartScenario() : Scenario("start to first CONNACK")
{
    /// <inheritdoc/>
    public override bool NeedsFreshBroker => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        using LoadClient client = new(broker.Endpoint, 512);
        client.Connect("first", isDurable: false);
        Waiter.Until(new Poller([client]), () => client.IsReady, 10);
        return
        [
            new Figure("ms", Stopwatch.GetElapsedTime(broker.StartedAt).TotalMilliseconds),
            new Figure("CPU ms", broker.CpuSeconds * 1000),
            new Figure("resident MB", broker.ResidentBytes / 1e6),
        ];
    }
}
