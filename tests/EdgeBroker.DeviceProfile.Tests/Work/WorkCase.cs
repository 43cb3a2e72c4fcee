namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>A message's way through the broker, to be measured.</summary>
/// <param name="Name">How the table of budgets calls it.</param>
/// <param name="QoS">Of publishing and of subscribing.</param>
/// <param name="Level">The publisher's protocol level.</param>
/// <param name="SubscriberLevel">The subscribers' protocol level.</param>
public sealed record WorkCase(string Name, int QoS, int Level, int SubscriberLevel)
{
    /// <summary>How many subscribe.</summary>
    public int Subscribers { get; init; } = 1;

    /// <summary>How many of them get each message.</summary>
    public int Receivers { get; init; } = 1;

    /// <summary>What they subscribe to.</summary>
    public string Filter { get; init; } = WorkBench.Topic;

    /// <summary>Subscriptions of another Client, to topics beside that of the messages.</summary>
    public int OtherSubscriptions { get; init; }

    /// <summary>Whether the topics change so much that no route is known.</summary>
    public bool TopicsChange { get; init; }

    /// <summary>The Subscription Identifier, or 0.</summary>
    public int SubscriptionIdentifier { get; init; }

    /// <summary>Whether the subscribers' Sessions outlive their connections.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Whether the broker has storage.</summary>
    public bool HasStore { get; init; }

    /// <summary>Whether the messages are retained.</summary>
    public bool Retain { get; init; }

    /// <summary>The messages' properties, encoded.</summary>
    public byte[] Properties { get; init; } = [];
}
