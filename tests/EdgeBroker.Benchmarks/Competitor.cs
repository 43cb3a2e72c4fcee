using System;
using System.Collections.Generic;

namespace EdgeBroker.Benchmarks;

/// <summary>A broker that is measured, and its figures of one scenario.</summary>
/// <param name="name">How the tables call it.</param>
/// <param name="start">Starts it.</param>
internal sealed class Competitor(string name, Func<BrokerProcess> start)
{
    private BrokerProcess? _broker;

    /// <summary>How the tables call it.</summary>
    public string Name { get; } = name;

    /// <summary>What was measured since the last <see cref="Begin"/>.</summary>
    public List<IReadOnlyList<Figure>> Runs { get; private set; } = [];

    /// <summary>What the broker did that it must not, since the last <see cref="Begin"/>, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Begins another scenario.</summary>
    public void Begin()
    {
        Runs = [];
        Failure = null;
    }

    /// <summary>Runs a scenario once more, unless it failed before.</summary>
    public void Run(Scenario scenario)
    {
        if (Failure != null)
        {
            return;
        }

        try
        {
            if (_broker == null || scenario.NeedsFreshBroker)
            {
                Stop();
                _broker = start();
            }

            Runs.Add(scenario.Run(_broker));
        }
        catch (LoadException failure)
        {
            Failure = failure.Message;
            Stop();
        }
    }

    /// <summary>Ends the process.</summary>
    public void Stop()
    {
        _broker?.Dispose();
        _broker = null;
    }
}
