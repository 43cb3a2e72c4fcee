namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>A rule of what an acknowledgement promises, and the broker without it.</summary>
    /// <param name="Rule">What is taken away.</param>
    /// <param name="Patch">How.</param>
    /// <param name="Scenario">The scenario of the power-loss tests that has to notice; for damage, the seeds.</param>
    /// <param name="Violation">A part of what it has to say.</param>
    /// <param name="Cause">What the flash suffers from.</param>
    internal sealed record Sabotage(string Rule, Patch Patch, string Scenario, string Violation, Cause Cause = Cause.Cut);
}
