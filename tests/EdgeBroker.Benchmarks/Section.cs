using System.Collections.Generic;

namespace EdgeBroker.Benchmarks;

/// <summary>Scenarios that make one table: the same competitors in all of them.</summary>
/// <param name="Title">The table's heading.</param>
/// <param name="Note">What to know to read it.</param>
/// <param name="Scenarios">The lines.</param>
/// <param name="Competitors">The columns; the ratio is of the first.</param>
/// <param name="Against">The index of the competitor that the ratio is against.</param>
internal sealed record Section(
    string Title, string Note, IReadOnlyList<Scenario> Scenarios, IReadOnlyList<Competitor> Competitors, int Against);
