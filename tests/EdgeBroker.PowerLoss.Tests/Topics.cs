namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>The topics of all scenarios, and which filters match them.</summary>
    internal static class Topics
    {
        /// <summary>For Wills.</summary>
        internal const string Will = "w";

        /// <summary>For Shared Subscriptions.</summary>
        internal const string Shared = "s";

        /// <summary>Retained messages are below this.</summary>
        internal const string Retained = "r/";

        /// <summary>What is published to.</summary>
        internal static readonly string[] Names = ["a", "b", "c/d", Shared];

        /// <summary>What is subscribed to.</summary>
        internal static readonly string[] Filters = ["a", "b", "+/d", "c/#", "$share/g/s", Will, "r/#"];

        /// <summary>Whether a filter is a Shared Subscription.</summary>
        internal static bool IsShared(string filter)
        {
            return filter[0] == '$';
        }

        /// <summary>Whether a filter matches a topic, told without the broker's own code.</summary>
        internal static bool Matches(string filter, string topic)
        {
            return filter switch
            {
                "+/d" or "c/#" => topic == "c/d",
                "$share/g/s" => topic == Shared,
                "r/#" => topic.StartsWith(Retained, System.StringComparison.Ordinal),
                _ => filter == topic,
            };
        }
    }
}
