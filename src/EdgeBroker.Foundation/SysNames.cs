using EdgeBroker.Ports;

namespace EdgeBroker
{
    /// <summary>The topics that the broker publishes about itself: mosquitto's names where it has one.</summary>
    internal static class SysNames
    {
        /// <summary>What all of them begin with.</summary>
        internal const string Prefix = "$SYS/broker/";

        /// <summary>The first of those of the store.</summary>
        internal const int FirstStore = 21;

        /// <summary>The first of what was dropped, by <see cref="DropReason"/>.</summary>
        internal const int FirstDrop = FirstStore + 6;

        /// <summary>The first step of the ladder, by <see cref="Resource"/>.</summary>
        internal const int FirstStep = FirstDrop + DropReason.Count;

        /// <summary>The first of what was refused, by <see cref="Resource"/>.</summary>
        internal const int FirstRefusal = FirstStep + Resource.Count;

        /// <summary>How many there are.</summary>
        internal const int Count = FirstRefusal + Resource.Count;

        /// <summary>The name of a topic, behind <see cref="Prefix"/>.</summary>
        /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
        internal static string Of(int index)
        {
            switch (index)
            {
                case 0: return "version";
                case 1: return "uptime";
                case 2: return "clients/connected";
                case 3: return "clients/disconnected";
                case 4: return "clients/total";
                case 5: return "clients/maximum";
                case 6: return "clients/expired";
                case 7: return "subscriptions/count";
                case 8: return "shared_subscriptions/count";
                case 9: return "retained messages/count";
                case 10: return "store/messages/count";
                case 11: return "store/messages/bytes";
                case 12: return "messages/received";
                case 13: return "messages/sent";
                case 14: return "publish/messages/received";
                case 15: return "publish/messages/sent";
                case 16: return "publish/messages/dropped";
                case 17: return "bytes/received";
                case 18: return "bytes/sent";
                case 19: return "clients/shed";
                case 20: return "heap/free";
                case FirstStore: return "store/commits";
                case FirstStore + 1: return "store/bytes";
                case FirstStore + 2: return "store/erases";
                case FirstStore + 3: return "store/damage";
                case FirstStore + 4: return "store/life-days";
                case FirstStore + 5: return "store/state";
                default: return NameOfReason(index);
            }
        }

        private static string NameOfReason(int index)
        {
            if (index < FirstStep)
            {
                return "drops/" + DropName(index - FirstDrop);
            }

            return index < FirstRefusal
                ? "overload/" + ResourceName(index - FirstStep)
                : "refused/" + ResourceName(index - FirstRefusal);
        }

        private static string ResourceName(int resource)
        {
            switch (resource)
            {
                case Resource.Connections: return "connections";
                case Resource.Sessions: return "sessions";
                case Resource.Subscriptions: return "subscriptions";
                case Resource.Retained: return "retained";
                case Resource.QueueBytes: return "queue-bytes";
                case Resource.Buffers: return "buffers";
                case Resource.MessageRate: return "message-rate";
                case Resource.ConnectRate: return "connect-rate";
                case Resource.Heap: return "heap";
                case Resource.StoreBytes: return "store-bytes";
                default: return "wear";
            }
        }

        private static string DropName(int reason)
        {
            switch (reason)
            {
                case DropReason.SlowReader: return "slow-reader";
                case DropReason.QueueFull: return "queue-full";
                case DropReason.Expired: return "expired";
                case DropReason.TooLarge: return "too-large";
                case DropReason.NoMemory: return "no-memory";
                case DropReason.Damaged: return "damaged";
                default: return "session-ended";
            }
        }
    }
}
