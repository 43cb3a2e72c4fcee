using EdgeBroker.Ports;

namespace EdgeBroker.Tests.Worlds
{
    /// <summary>
    /// The truth of a world, from what Clients sent and got; it never looks into the broker. It knows who is owed which
    /// message, and finds what is lost, doubled or out of order. The first failure is kept.
    /// </summary>
    internal sealed class Ledger
    {
        /// <summary>The topics that are published to. The last one is for the Shared Subscription only.</summary>
        public static readonly string[] Topics = { "a", "b", "c/d", "s" };

        /// <summary>The filters that are subscribed to.</summary>
        public static readonly string[] Filters = { "a", "b", "+/d", "c/#", "$share/g/s" };

        // Which filter matches which topic, as bits of topics.
        private static readonly int[] s_matches = { 1, 2, 4, 4, 8 };

        /// <summary>The index of the shared topic and filter.</summary>
        public const int SharedTopic = 3;

        private const int SharedFilter = 4;

        /// <summary>What went wrong first, or null.</summary>
        public string Failure;

        /// <summary>Messages published.</summary>
        public int Count;

        private readonly int _clients;
        private readonly int _max;
        private readonly int[] _publisher;
        private readonly int[] _topic;
        private readonly int[] _qos;
        private readonly bool[] _retain;
        private readonly long[] _firstSent;
        private readonly bool[] _accepted;
        private readonly bool[] _refused;
        private readonly bool[] _again;
        private readonly int[] _copies;
        private readonly int[] _epoch;
        private readonly long[][] _activeSince;
        private readonly int[][] _received;
        private readonly int[][] _owedEpoch;
        private readonly int[][] _last;
        private readonly int[] _sharedOwner;
        private readonly int[] _sharedEpoch;
        private long _now = 1;

        /// <summary>Makes an empty ledger.</summary>
        public Ledger(int clients, int messagesMax)
        {
            _clients = clients;
            _max = messagesMax;
            _publisher = new int[messagesMax];
            _topic = new int[messagesMax];
            _qos = new int[messagesMax];
            _retain = new bool[messagesMax];
            _firstSent = new long[messagesMax];
            _accepted = new bool[messagesMax];
            _refused = new bool[messagesMax];
            _again = new bool[messagesMax];
            _copies = new int[messagesMax];
            _sharedOwner = new int[messagesMax];
            _sharedEpoch = new int[messagesMax];
            _epoch = new int[clients];
            _activeSince = new long[clients][];
            _received = new int[clients][];
            _owedEpoch = new int[clients][];
            _last = new int[clients][];
            for (int i = 0; i < clients; i++)
            {
                _activeSince[i] = new long[Filters.Length];
                _received[i] = new int[messagesMax];
                _owedEpoch[i] = new int[messagesMax];
                _last[i] = new int[clients * Topics.Length * 9];
                NewEpoch(i);
            }
        }

        /// <summary>Whether there may be one more message.</summary>
        public bool HasRoom
        {
            get { return Count < _max; }
        }

        /// <summary>The QoS of each Client's subscription to each filter: always the same, so that replacing changes nothing.</summary>
        public static int GrantedQoS(int client, int filter)
        {
            return filter == SharedFilter ? 2 : (client + filter) % 3;
        }

        /// <summary>The QoS a message was published with.</summary>
        public int QoSOf(int message)
        {
            return _qos[message];
        }

        /// <summary>Whether a message was published with the RETAIN flag.</summary>
        public bool RetainOf(int message)
        {
            return _retain[message];
        }

        /// <summary>The topic of a message, as text.</summary>
        public string TopicOf(int message)
        {
            return Topics[_topic[message]];
        }

        /// <summary>A Client publishes a new message.</summary>
        /// <returns>Its number, which is its payload.</returns>
        public int Publish(int publisher, int topic, int qos, bool retain)
        {
            int message = Count++;
            _publisher[message] = publisher;
            _topic[message] = topic;
            _qos[message] = qos;
            _retain[message] = retain;
            _firstSent[message] = _now++;
            _sharedOwner[message] = -1;
            return message;
        }

        /// <summary>A Client sends a message again, after a reconnect.</summary>
        public void SentAgain(int message)
        {
            _again[message] = true;
        }

        /// <summary>The broker acknowledged a message: who has been subscribed since before it was sent is owed it.</summary>
        public void Accepted(int message)
        {
            _accepted[message] = true;
            for (int client = 0; client < _clients; client++)
            {
                for (int filter = 0; filter < Filters.Length; filter++)
                {
                    long since = _activeSince[client][filter];
                    if (since == 0 || since > _firstSent[message] || (s_matches[filter] & (1 << _topic[message])) == 0)
                    {
                        continue;
                    }

                    if (filter == SharedFilter)
                    {
                        _sharedOwner[message] = client;
                        _sharedEpoch[message] = _epoch[client];
                    }
                    else if (GrantedQoS(client, filter) > 0)
                    {
                        _owedEpoch[client][message] = _epoch[client];
                    }
                }
            }
        }

        /// <summary>The broker refused a message.</summary>
        public void Refused(int message)
        {
            _refused[message] = true;
        }

        /// <summary>A SUBACK came.</summary>
        public void Subscribed(int client, int filter)
        {
            if (_activeSince[client][filter] == 0)
            {
                _activeSince[client][filter] = _now++;
            }
        }

        /// <summary>An UNSUBSCRIBE is being sent.</summary>
        public void Unsubscribing(int client, int filter)
        {
            _activeSince[client][filter] = 0;
        }

        /// <summary>A Client's Session has ended, or may have: it is owed nothing of before.</summary>
        public void NewEpoch(int client)
        {
            _epoch[client]++;
            for (int i = 0; i < Filters.Length; i++)
            {
                _activeSince[client][i] = 0;
            }

            for (int i = 0; i < Count; i++)
            {
                _received[client][i] = 0;
            }

            for (int i = 0; i < _last[client].Length; i++)
            {
                _last[client][i] = -1;
            }
        }

        /// <summary>A Client got a message, and not as a copy by the rules of QoS 2.</summary>
        public void Received(int client, int message, string topic, int qos, bool retain)
        {
            if (message < 0 || message >= Count || Topics[_topic[message]] != topic)
            {
                Fail(client, message, "was never published to " + topic);
                return;
            }

            if (retain)
            {
                // A copy from the table of retained messages: neither in order nor counted.
                return;
            }

            if (qos > _qos[message])
            {
                Fail(client, message, "came at QoS " + qos);
            }

            _copies[message]++;
            _received[client][message]++;
            bool shared = _topic[message] == SharedTopic;
            if (qos == 2 && (shared ? _copies[message] : _received[client][message]) > 1)
            {
                Fail(client, message, "came twice at QoS 2");
            }

            int group = ((_publisher[message] * Topics.Length + _topic[message]) * 3 + _qos[message]) * 3 + qos;

            // At QoS 1 a message that is sent again is a new one, and may come behind those that were sent after it.
            bool isInOrder = !shared && (_qos[message] != 1 || !_again[message]);
            if (isInOrder && _received[client][message] == 1)
            {
                if (message < _last[client][group])
                {
                    Fail(client, message, "came after message " + _last[client][group]);
                }

                _last[client][group] = message;
            }
        }

        /// <summary>Checks at the end, when everything has come to rest.</summary>
        /// <param name="drops">The broker's own count of what it dropped, by reason.</param>
        public void CheckEnd(long[] drops)
        {
            long reported = drops[DropReason.QueueFull] + drops[DropReason.NoMemory];
            long reportedShared = reported + drops[DropReason.SessionEnded];
            long missing = 0;
            long missingShared = 0;
            for (int message = 0; message < Count; message++)
            {
                if (_refused[message] && !_again[message] && _copies[message] > 0)
                {
                    Fail(-1, message, "was refused and delivered");
                }

                int owner = _sharedOwner[message];
                if (owner >= 0 && _qos[message] == 1 && _copies[message] == 0 && _sharedEpoch[message] == _epoch[owner])
                {
                    missingShared++;
                    FailIf(missingShared > reportedShared, owner, message, "of the shared topic was lost");
                }

                for (int client = 0; client < _clients; client++)
                {
                    if (_owedEpoch[client][message] == _epoch[client] && _received[client][message] == 0)
                    {
                        missing++;
                        FailIf(missing > reported, client, message, "was acknowledged and lost");
                    }
                }
            }
        }

        /// <summary>Checks the retained message of a topic: no newer one of the same publisher was acknowledged.</summary>
        public void CheckRetained(int topic, int message)
        {
            if (message >= 0 && _again[message] && _qos[message] == 1)
            {
                // Sent again, it came again, and replaced what was newer.
                return;
            }

            for (int other = 0; other < Count; other++)
            {
                if (_retain[other] && _accepted[other] && _topic[other] == topic
                    && (message < 0 || (other > message && _publisher[other] == _publisher[message])))
                {
                    Fail(-1, message, "is retained instead of message " + other);
                    return;
                }
            }
        }

        /// <summary>Notes a failure, if it is the first.</summary>
        public void Fail(int client, int message, string what)
        {
            if (Failure == null)
            {
                string about = message < 0 || message >= Count
                    ? ""
                    : " (QoS " + _qos[message] + ", topic " + Topics[_topic[message]] + ", from client " + _publisher[message] + ")";
                Failure = "client " + client + ": message " + message + about + " " + what;
            }
        }

        private void FailIf(bool condition, int client, int message, string what)
        {
            if (condition)
            {
                Fail(client, message, what);
            }
        }
    }
}
