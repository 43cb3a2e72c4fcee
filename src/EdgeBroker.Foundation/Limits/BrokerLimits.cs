using System;

namespace EdgeBroker.Limits
{
    /// <summary>
    /// Every bound and choice of the broker. Set before the broker is made, and not changed after: the broker takes its memory
    /// by them. Fields, because the device reads a field at a fraction of the cost of a property.
    /// Names, ranges and defaults are in <see cref="LimitTable"/>.
    /// </summary>
    public sealed class BrokerLimits
    {
        /// <summary>The value of <see cref="SessionExpiryMaxS"/> that means no bound.</summary>
        public const int NoExpiryS = int.MaxValue;

        /// <summary>Clients connected at once. Count, from 1. One more is accepted for a moment, to be refused with an answer.</summary>
        public int ConnectionsMax;

        /// <summary>Sessions, connected or not. Count, at least <see cref="ConnectionsMax"/>.</summary>
        public int SessionsMax;

        /// <summary>Subscriptions of all Sessions. Count, from 1.</summary>
        public int SubscriptionsMax;

        /// <summary>Retained messages. Count, from 0.</summary>
        public int RetainedMax;

        /// <summary>The largest Control Packet that is accepted. Bytes, Fixed Header included, from 128 to 268,435,455.</summary>
        public int PacketSizeMax;

        /// <summary>QoS 1 and 2 messages in flight per Client, in each direction. Count, from 1 to 65,535.</summary>
        public int ReceiveMax;

        /// <summary>Topic Aliases per Client, in each direction. Count, from 0 to 65,535; 0 = none.</summary>
        public int TopicAliasMax;

        /// <summary>The highest QoS that is accepted and granted: 0, 1 or 2.</summary>
        public int MaximumQoS;

        /// <summary>Whether retained messages are served.</summary>
        public bool RetainAvailable;

        /// <summary>Whether Topic Filters may hold wildcards.</summary>
        public bool WildcardAvailable;

        /// <summary>Whether Shared Subscriptions are served.</summary>
        public bool SharedAvailable;

        /// <summary>Whether Subscription Identifiers are served.</summary>
        public bool SubscriptionIdsAvailable;

        /// <summary>Queued messages of one Session. Bytes, at most <see cref="QueueBytesMax"/>.</summary>
        public int SessionQueueBytesMax;

        /// <summary>Queued messages of all Sessions. Bytes.</summary>
        public int QueueBytesMax;

        /// <summary>The storage that may be used. Bytes, from 16,384.</summary>
        public int StoreBytesMax;

        /// <summary>The outboxes and the incomplete packets of all Clients together. Bytes.</summary>
        public int BufferBytesMax;

        /// <summary>The one shared receive buffer. Bytes, from 1,024.</summary>
        public int ReceiveBufferBytes;

        /// <summary>The largest outbox of one Client. Bytes, at least <see cref="OutboxBytesMin"/>.</summary>
        public int OutboxBytesMax;

        /// <summary>The longest keep alive that is granted. Seconds, from 0 to 65,535; 0 = any.</summary>
        public int ServerKeepAliveS;

        /// <summary>The time that a new Network Connection has for its CONNECT. Milliseconds, from 100.</summary>
        public int ConnectTimeoutMs;

        /// <summary>The longest time that a disconnected Session is kept. Seconds; <see cref="NoExpiryS"/> = no bound.</summary>
        public int SessionExpiryMaxS;

        /// <summary>The longest time that a packet waits for its turn before it is refused. Milliseconds.</summary>
        public int WaitMs;

        /// <summary>The longest time that an acknowledgement is held because that may save a commit. Milliseconds.</summary>
        public int HoldMs;

        /// <summary>The shortest time between two commits in mode relaxed. Milliseconds, from 10.</summary>
        public int CommitIntervalMs;

        /// <summary>
        /// The longest time that an acknowledgement waits for a commit when the flash would not last
        /// <see cref="FlashLifeYears"/> otherwise. Milliseconds, from 100.
        /// </summary>
        public int CommitIntervalMaxMs;

        /// <summary>The time that Clients have to be back after a start before their Wills are published. Seconds.</summary>
        public int WillBootGraceS;

        /// <summary>The longest time until a retained update is committed. Milliseconds; 0 = before its acknowledgement.</summary>
        public int RetainedCommitMs;

        /// <summary>What a full queue of a disconnected Session does: a <see cref="QueueFullPolicy"/>.</summary>
        public int QueueFull;

        /// <summary>The time that <see cref="QueueFullPolicy.RefuseThenDrop"/> refuses before it drops. Seconds.</summary>
        public int QueueFullPatienceS;

        /// <summary>What an acknowledgement promises: a <see cref="StoreMode"/>.</summary>
        public int Mode;

        /// <summary>The time that the flash has to last. Years, from 1 to 100.</summary>
        public int FlashLifeYears;

        /// <summary>The time between two rounds of $SYS messages. Seconds; 0 = no $SYS messages.</summary>
        public int SysIntervalS;

        /// <summary>The share of a bound from which its resource counts as short. Percent, from 50 to 100.</summary>
        public int OverloadHighPct;

        /// <summary>The share down to which it goes on to count as short. Percent, below <see cref="OverloadHighPct"/>.</summary>
        public int OverloadLowPct;

        /// <summary>CONNECT packets a second; a quarter of them from one Client Identifier. Count; 0 = any number.</summary>
        public int ConnectRateMax;

        /// <summary>Messages a second from one Client. Count; 0 = any number.</summary>
        public int MessageRateMax;

        /// <summary>Free heap below which memory counts as used up. Bytes; 0 = not watched.</summary>
        public int HeapFreeMinBytes;

        /// <summary>The Server Reference for Clients that are sent away: up to 128 printable ASCII characters. Empty = none.</summary>
        public string ServerReference;

        private string _error;

        private BrokerLimits()
        {
            ServerReference = "";
        }

        /// <summary>Why the last <see cref="TrySet"/> was refused, naming setting and range; null if it was not.</summary>
        public string Error
        {
            get { return _error; }
        }

        /// <summary>
        /// The smallest <see cref="OutboxBytesMax"/> that the other bounds allow, in bytes: the largest packet, and 4 bytes for
        /// each acknowledgement that may be due in either direction, so that those never wait for room.
        /// </summary>
        public int OutboxBytesMin
        {
            get { return PacketSizeMax + 4 * 2 * (ReceiveMax > 64 ? ReceiveMax : 64) + 64; }
        }

        /// <summary>The limits with the defaults of a profile.</summary>
        /// <param name="profile">A <see cref="Profile"/>.</param>
        /// <exception cref="ArgumentException">There is no such profile.</exception>
        public static BrokerLimits ForProfile(int profile)
        {
            if (profile < 0 || profile >= Profile.Count)
            {
                throw new ArgumentException();
            }

            BrokerLimits limits = new BrokerLimits();
            for (int index = 0; index < LimitTable.Count; index++)
            {
                limits.TrySetAt(index, LimitTable.Default(index, profile));
            }

            return limits;
        }

        /// <summary>A number that nobody can foretell, so that no payload passes for a part of the journal; 0 = none.</summary>
        public int StoreSalt;

        /// <summary>Sets a setting from text, as a command line or a file gives it.</summary>
        /// <param name="name">The name, as in <see cref="LimitTable.Name"/>.</param>
        /// <param name="value">A decimal number, true or false, a word of the choice, or the text.</param>
        /// <returns>Whether it was set; if not, nothing has changed and <see cref="Error"/> says why.</returns>
        public bool TrySet(string name, string value)
        {
            int index = LimitTable.IndexOf(name);
            if (index < 0)
            {
                _error = name + ": there is no such setting";
                return false;
            }

            if (!TrySetAt(index, value))
            {
                _error = name + ": '" + value + "' is not " + LimitTable.Range(index);
                return false;
            }

            _error = null;
            return true;
        }

        /// <summary>The value of a setting as users write it.</summary>
        /// <param name="index">From 0 to <see cref="LimitTable.Count"/> - 1.</param>
        public string ValueText(int index)
        {
            return LimitTable.IsText(index) ? ServerReference : LimitTable.Format(index, GetNumber(index));
        }

        /// <summary>Checks every range and the relations between the bounds.</summary>
        /// <returns>Null if the limits can be used; else one line that names the settings and what to do.</returns>
        public string Check()
        {
            for (int index = 0; index < LimitTable.Count; index++)
            {
                bool fits = LimitTable.IsText(index)
                    ? IsPlainText(ServerReference, LimitTable.Maximum(index))
                    : LimitTable.InRange(index, GetNumber(index)) >= 0;
                if (!fits)
                {
                    return LimitTable.Name(index) + " is not " + LimitTable.Range(index);
                }
            }

            // Every connected Client has a Session.
            string problem = AtLeast(Setting.SessionsMax, ConnectionsMax, "connections-max");
            if (problem == null)
            {
                // What is accepted from a publisher must fit the empty outbox of a subscriber.
                problem = AtLeast(
                    Setting.OutboxBytesMax, OutboxBytesMin, "packet-size-max + 8 x the larger of 64 and receive-max + 64");
            }

            if (problem == null)
            {
                // One Client with a full outbox must leave room for the rest of another's packet.
                problem = AtLeast(Setting.BufferBytesMax, OutboxBytesMax + (long)PacketSizeMax, "outbox-bytes-max + packet-size-max");
            }

            if (problem == null)
            {
                // What is accepted from a publisher must fit the empty queue of a Session.
                problem = AtLeast(Setting.SessionQueueBytesMax, PacketSizeMax, "packet-size-max");
            }

            if (problem == null)
            {
                // And the memory for those that are not in the store.
                problem = AtLeast(Setting.QueueBytesMax, PacketSizeMax * 2L, "2 x packet-size-max");
            }

            if (problem == null)
            {
                // Between the marks nothing changes, so that what is near one of them does not flutter.
                problem = AtLeast(Setting.OverloadHighPct, OverloadLowPct + 1L, "overload-low-pct + 1");
            }

            return problem;
        }

        private string AtLeast(int index, long least, string what)
        {
            if (GetNumber(index) >= least)
            {
                return null;
            }

            return LimitTable.Name(index) + " is " + GetNumber(index) + " and must be at least " + least + " (" + what
                + "): raise the one or lower the other";
        }

        private bool TrySetAt(int index, string value)
        {
            if (LimitTable.IsText(index))
            {
                if (!IsPlainText(value, LimitTable.Maximum(index)))
                {
                    return false;
                }

                ServerReference = value;
                return true;
            }

            int number = LimitTable.Parse(index, value);
            if (number < 0)
            {
                return false;
            }

            SetNumber(index, number);
            return true;
        }

        private static bool IsPlainText(string text, int lengthMax)
        {
            if (text == null || text.Length > lengthMax)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < ' ' || text[i] > '~')
                {
                    return false;
                }
            }

            return true;
        }

        private int GetNumber(int index)
        {
            switch (index)
            {
                case Setting.ConnectionsMax: return ConnectionsMax;
                case Setting.SessionsMax: return SessionsMax;
                case Setting.SubscriptionsMax: return SubscriptionsMax;
                case Setting.RetainedMax: return RetainedMax;
                case Setting.PacketSizeMax: return PacketSizeMax;
                case Setting.ReceiveMax: return ReceiveMax;
                case Setting.TopicAliasMax: return TopicAliasMax;
                case Setting.MaximumQoS: return MaximumQoS;
                case Setting.RetainAvailable: return RetainAvailable ? 1 : 0;
                case Setting.WildcardAvailable: return WildcardAvailable ? 1 : 0;
                case Setting.SharedAvailable: return SharedAvailable ? 1 : 0;
                case Setting.SubscriptionIdsAvailable: return SubscriptionIdsAvailable ? 1 : 0;
                case Setting.SessionQueueBytesMax: return SessionQueueBytesMax;
                case Setting.QueueBytesMax: return QueueBytesMax;
                case Setting.StoreBytesMax: return StoreBytesMax;
                case Setting.BufferBytesMax: return BufferBytesMax;
                case Setting.ReceiveBufferBytes: return ReceiveBufferBytes;
                case Setting.OutboxBytesMax: return OutboxBytesMax;
                case Setting.ServerKeepAliveS: return ServerKeepAliveS;
                case Setting.ConnectTimeoutMs: return ConnectTimeoutMs;
                case Setting.SessionExpiryMaxS: return SessionExpiryMaxS;
                case Setting.WaitMs: return WaitMs;
                case Setting.HoldMs: return HoldMs;
                case Setting.CommitIntervalMs: return CommitIntervalMs;
                case Setting.CommitIntervalMaxMs: return CommitIntervalMaxMs;
                case Setting.WillBootGraceS: return WillBootGraceS;
                case Setting.RetainedCommitMs: return RetainedCommitMs;
                case Setting.QueueFull: return QueueFull;
                case Setting.QueueFullPatienceS: return QueueFullPatienceS;
                case Setting.Mode: return Mode;
                case Setting.FlashLifeYears: return FlashLifeYears;
                case Setting.SysIntervalS: return SysIntervalS;
                case Setting.OverloadHighPct: return OverloadHighPct;
                case Setting.OverloadLowPct: return OverloadLowPct;
                case Setting.ConnectRateMax: return ConnectRateMax;
                case Setting.MessageRateMax: return MessageRateMax;
                case Setting.HeapFreeMinBytes: return HeapFreeMinBytes;
                default: return 0;
            }
        }

        private void SetNumber(int index, int value)
        {
            switch (index)
            {
                case Setting.ConnectionsMax: ConnectionsMax = value; break;
                case Setting.SessionsMax: SessionsMax = value; break;
                case Setting.SubscriptionsMax: SubscriptionsMax = value; break;
                case Setting.RetainedMax: RetainedMax = value; break;
                case Setting.PacketSizeMax: PacketSizeMax = value; break;
                case Setting.ReceiveMax: ReceiveMax = value; break;
                case Setting.TopicAliasMax: TopicAliasMax = value; break;
                case Setting.MaximumQoS: MaximumQoS = value; break;
                case Setting.RetainAvailable: RetainAvailable = value != 0; break;
                case Setting.WildcardAvailable: WildcardAvailable = value != 0; break;
                case Setting.SharedAvailable: SharedAvailable = value != 0; break;
                case Setting.SubscriptionIdsAvailable: SubscriptionIdsAvailable = value != 0; break;
                case Setting.SessionQueueBytesMax: SessionQueueBytesMax = value; break;
                case Setting.QueueBytesMax: QueueBytesMax = value; break;
                case Setting.StoreBytesMax: StoreBytesMax = value; break;
                case Setting.BufferBytesMax: BufferBytesMax = value; break;
                case Setting.ReceiveBufferBytes: ReceiveBufferBytes = value; break;
                case Setting.OutboxBytesMax: OutboxBytesMax = value; break;
                case Setting.ServerKeepAliveS: ServerKeepAliveS = value; break;
                case Setting.ConnectTimeoutMs: ConnectTimeoutMs = value; break;
                case Setting.SessionExpiryMaxS: SessionExpiryMaxS = value; break;
                case Setting.WaitMs: WaitMs = value; break;
                case Setting.HoldMs: HoldMs = value; break;
                case Setting.CommitIntervalMs: CommitIntervalMs = value; break;
                case Setting.CommitIntervalMaxMs: CommitIntervalMaxMs = value; break;
                case Setting.WillBootGraceS: WillBootGraceS = value; break;
                case Setting.RetainedCommitMs: RetainedCommitMs = value; break;
                case Setting.QueueFull: QueueFull = value; break;
                case Setting.QueueFullPatienceS: QueueFullPatienceS = value; break;
                case Setting.Mode: Mode = value; break;
                case Setting.FlashLifeYears: FlashLifeYears = value; break;
                case Setting.SysIntervalS: SysIntervalS = value; break;
                case Setting.OverloadHighPct: OverloadHighPct = value; break;
                case Setting.OverloadLowPct: OverloadLowPct = value; break;
                case Setting.ConnectRateMax: ConnectRateMax = value; break;
                case Setting.MessageRateMax: MessageRateMax = value; break;
                case Setting.HeapFreeMinBytes: HeapFreeMinBytes = value; break;
            }
        }
    }
}
