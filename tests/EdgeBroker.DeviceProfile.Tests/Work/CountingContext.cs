using System.Collections.Generic;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>A copy of the device assemblies that counts what it executes (<see cref="Instrumenter"/>).</summary>
public sealed class CountingContext : RewritingContext
{
    private readonly Instrumenter _instrumenter;

    /// <summary>Compiles and rewrites.</summary>
    public CountingContext()
        : this(new Instrumenter())
    {
    }

    private CountingContext(Instrumenter instrumenter)
        : base("counting", instrumenter.Rewrite)
    {
        _instrumenter = instrumenter;
    }

    /// <summary>The methods' names, by their place in <see cref="WorkCounter.Counts"/>.</summary>
    public IReadOnlyList<string> Methods => _instrumenter.Methods;
}
