using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// What a publisher is owed of its own message where some of its matching subscriptions have No Local
    /// (5.0, section 3.8.3.1). Seldom needed, so it is computed anew each time.
    /// </summary>
    internal static class LocalSubscriptions
    {
        /// <summary>Merges the Session's matching subscriptions that don't have No Local.</summary>
        /// <returns>Whether there is one.</returns>
        public static bool Resolve(
            SubscriptionTable subscriptions, Publication publication, Session session, out int options, out int[] identifiers)
        {
            options = 0;
            identifiers = null;
            bool found = false;
            TopicTree tree = subscriptions.Tree;
            TopicMatcher matcher = subscriptions.Matcher;
            matcher.Match(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            for (int i = 0; i < matcher.MatchCount; i++)
            {
                int subscription = tree.FirstSubscription(matcher.MatchedNode(i));
                while (subscription != SubscriptionTable.None)
                {
                    int other = subscriptions.Options(subscription);
                    if (subscriptions.SessionOf(subscription) == session && (other & SubscriptionFlags.NoLocal) == 0)
                    {
                        found = true;
                        options = RouteCache.Merge(options, other);
                        identifiers = RouteCache.Merge(identifiers, subscriptions.Identifier(subscription));
                    }

                    subscription = subscriptions.NextInNode(subscription);
                }
            }

            return found;
        }
    }
}
