namespace EdgeBroker.Limits
{
    // name | unit or words | smallest | largest | esp32 | esp32-psram | desktop | meaning
    internal static class LimitRows
    {
        internal static string Row(int index)
        {
            if (index < Setting.ServerKeepAliveS)
            {
                return Amount(index);
            }

            if (index < Setting.QueueFull)
            {
                return Time(index);
            }

            return index < Setting.OverloadHighPct ? Behaviour(index) : Overload(index);
        }

        private static string Amount(int index)
        {
            switch (index)
            {
                case Setting.ConnectionsMax:
                    return "connections-max|count|1|1000000|12|14|10000|Clients connected at once";
                case Setting.SessionsMax:
                    return "sessions-max|count|1|10000000|24|200|100000|Sessions, connected or not";
                case Setting.SubscriptionsMax:
                    return "subscriptions-max|count|1|10000000|128|1000|1000000|Subscriptions of all Sessions";
                case Setting.RetainedMax:
                    return "retained-max|count|0|10000000|64|1000|100000|Retained messages";
                case Setting.PacketSizeMax:
                    return "packet-size-max|bytes|128|268435455|1024|16384|1048576|Largest Control Packet accepted";
                case Setting.ReceiveMax:
                    return "receive-max|count|1|65535|16|32|1024|QoS 1 and 2 messages in flight per Client and direction";
                case Setting.TopicAliasMax:
                    return "topic-alias-max|count|0|65535|4|16|10|Topic Aliases per Client and direction";
                case Setting.MaximumQoS:
                    return "maximum-qos|level|0|2|2|2|2|Highest QoS accepted and granted";
                case Setting.RetainAvailable:
                    return "retain-available|false/true|0|1|true|true|true|Retained messages are served";
                case Setting.WildcardAvailable:
                    return "wildcard-available|false/true|0|1|true|true|true|Topic Filters may hold wildcards";
                case Setting.SharedAvailable:
                    return "shared-available|false/true|0|1|true|true|true|Shared Subscriptions are served";
                case Setting.SubscriptionIdsAvailable:
                    return "subscription-ids-available|false/true|0|1|true|true|true|Subscription Identifiers are served";
                case Setting.SessionQueueBytesMax:
                    return "session-queue-bytes-max|bytes|128|2147483647|65536|65536|67108864|"
                        + "Queued messages of one Session; half of queue-bytes-max where that is less and no store keeps them";
                case Setting.QueueBytesMax:
                    return "queue-bytes-max|bytes|128|2147483647|16384|1048576|536870912|"
                        + "Messages in memory: queued ones that are not in the store, retained ones, Wills; "
                        + "one for each 32 bytes may be queued, those in the store too";
                case Setting.StoreBytesMax:
                    return "store-bytes-max|bytes|24576|2147483647|131072|131072|1073741824|Storage used";
                case Setting.BufferBytesMax:
                    return "buffer-bytes-max|bytes|1024|2147483647|16384|524288|1073741824|All outboxes and incomplete packets";
                case Setting.ReceiveBufferBytes:
                    return "receive-buffer-bytes|bytes|1024|16777216|1460|5760|262144|The shared receive buffer";
                default:
                    return "outbox-bytes-max|bytes|1024|1073741824|2048|20480|1310720|Largest outbox of one Client";
            }
        }

        private static string Time(int index)
        {
            switch (index)
            {
                case Setting.ServerKeepAliveS:
                    return "server-keep-alive-s|s|0|65535|0|0|0|Longest keep alive granted; 0 = any";
                case Setting.ConnectTimeoutMs:
                    return "connect-timeout-ms|ms|100|600000|5000|5000|5000|Time for CONNECT to arrive";
                case Setting.SessionExpiryMaxS:
                    return "session-expiry-max-s|s|0|2147483647|604800|604800|2147483647|"
                        + "Longest time that a disconnected Session is kept; 2147483647 = no bound";
                case Setting.WaitMs:
                    return "wait-ms|ms|0|60000|1000|1000|1000|Longest wait of a packet before it is refused";
                case Setting.HoldMs:
                    return "hold-ms|ms|0|10000|300|300|300|Longest hold of an acknowledgement that may save a commit";
                case Setting.CommitIntervalMs:
                    return "commit-interval-ms|ms|10|600000|1000|1000|1000|Shortest time between commits in mode relaxed";
                case Setting.CommitIntervalMaxMs:
                    return "commit-interval-max-ms|ms|100|600000|10000|10000|10000|"
                        + "Longest wait of an acknowledgement for a commit, for the flash to last flash-life-years";
                case Setting.WillBootGraceS:
                    return "will-boot-grace-s|s|0|86400|30|30|30|"
                        + "Time that Clients have to be back after a start before their Wills are published";
                default:
                    return "retained-commit-ms|ms|0|3600000|10000|10000|10000|"
                        + "Longest time until a retained update is committed; 0 = before its acknowledgement";
            }
        }

        private static string Behaviour(int index)
        {
            switch (index)
            {
                case Setting.QueueFull:
                    return "queue-full|refuse-then-drop/refuse/drop-oldest/end-session|0|3|"
                        + "refuse-then-drop|refuse-then-drop|refuse-then-drop|What a full queue of a disconnected Session does";
                case Setting.QueueFullPatienceS:
                    return "queue-full-patience-s|s|0|86400|60|60|60|Time that refuse-then-drop refuses";
                case Setting.Mode:
                    return "mode|safe/relaxed/memory|0|2|safe|safe|safe|What an acknowledgement promises";
                case Setting.FlashLifeYears:
                    return "flash-life-years|years|1|100|5|5|5|Time that the flash has to last";
                default:
                    return "sys-interval-s|s|0|86400|60|60|10|Time between $SYS messages; 0 = none";
            }
        }

        private static string Overload(int index)
        {
            switch (index)
            {
                case Setting.OverloadHighPct:
                    return "overload-high-pct|%|50|100|90|90|90|Share of a bound from which its resource counts as short";
                case Setting.OverloadLowPct:
                    return "overload-low-pct|%|1|99|75|75|75|Share of a bound down to which it goes on to count as short";
                case Setting.ConnectRateMax:
                    return "connect-rate-max|count|0|1000000|20|50|5000|CONNECT packets a second; 0 = any number";
                case Setting.MessageRateMax:
                    return "message-rate-max|count|0|1000000|0|0|0|Messages a second from one Client; 0 = any number";
                case Setting.HeapFreeMinBytes:
                    return "heap-free-min-bytes|bytes|0|2147483647|8192|65536|16777216|"
                        + "Free heap below which memory counts as used up; 0 = not watched";
                default:
                    return "server-reference|text|0|128||||Server Reference told to Clients that are sent away; empty = none";
            }
        }
    }
}
