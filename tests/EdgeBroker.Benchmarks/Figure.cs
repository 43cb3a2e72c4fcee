namespace EdgeBroker.Benchmarks;

/// <summary>One measured value.</summary>
/// <param name="Name">What, with its unit.</param>
/// <param name="Value">How much.</param>
internal sealed record Figure(string Name, double Value);
