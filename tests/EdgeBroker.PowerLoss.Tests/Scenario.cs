using System;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>What happens in a world.</summary>
    /// <param name="Name">How it is called in the line that replays a failure.</param>
    /// <param name="Settings">The settings, by the seed.</param>
    /// <param name="Script">What the peers do. What is in one <see cref="World.Do"/> reaches the broker together.</param>
    internal sealed record Scenario(string Name, Func<int, Settings> Settings, Action<World> Script);
}
