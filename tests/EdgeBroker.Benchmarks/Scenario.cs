using System.Collections.Generic;

namespace EdgeBroker.Benchmarks;

/// <summary>One thing to measure, the same way for every broker.</summary>
/// <param name="Name">How the tables call it.</param>
internal abstract record Scenario(string Name)
{
    /// <summary>Whether each run needs a broker of its own, just started.</summary>
    public virtual bool NeedsFreshBroker => false;

    /// <summary>Measures once.</summary>
    /// <returns>Figures by name, the same names each time; the first is the one to compare by.</returns>
    public abstract IReadOnlyList<Figure> Run(BrokerProcess broker);
}
