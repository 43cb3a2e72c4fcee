using System.Collections.Generic;

namespace EdgeBroker.Benchmarks;

/// <summary>System calls of the broker under a load, counted by strace, which slows it down: how many, not how fast.</summary>
/// <param name="Load">The load.</param>
internal sealed record SystemCallScenario(ThroughputScenario Load) : Scenario(Load.Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Run(BrokerProcess broker)
    {
        using Load load = new(broker, Load);
        load.Run(Load.Seconds);
        long doneBefore = load.Done;
        using SystemCallCounter counter = new(broker.Id);
        load.Run(Load.Seconds);
        double calls = counter.Stop();
        return [new Figure("system calls / message", calls / (load.Done - doneBefore))];
    }
}
