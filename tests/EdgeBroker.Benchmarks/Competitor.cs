using System;
using System.Collections.Generic;

namespace EdgeBroker.Benchmarks;

/// <summary>A broker that is measured, and its figures of one scenario.</summary>
/// <param name="start">Starts it.</param>
internal sealed class Competitor(Func<BrokerProcess> start)
{
    private readonly List<IReadOnlyList<Figure>> _runs = [];
    private BrokerProcess? _broker;

    /// <summary>How the tables call it; empty before the first run.</summary>
    public string Name { get; private set; } = string.Empty;

    /// <summary>Runs a scenario once more.</summary>
    public void Run(Scenario scenario)
    {
        if (_broker == null || scenario.NeedsFreshBroker)
        {
            Stop();
            _broker = start();
            Name = _broker.Name;
        }

        _runs.Add(scenario.Run(_broker));
    }

    /// <summary>Takes the figures of all runs since the last call.</summary>
    public List<IReadOnlyList<Figure>> TakeRuns()
    {
        List<IReadOnlyList<Figure>> runs = [.. _runs];
        _runs.Clear();
        return runs;
    }

    /// <summary>Ends the process.</summary>
    public void Stop()
    {
        _broker?.Dispose();
        _broker = null;
    }
}
