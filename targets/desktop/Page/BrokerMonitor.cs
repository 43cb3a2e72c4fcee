using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Limits;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Reads from a broker what the page shows. On the broker's thread.</summary>
    internal sealed class BrokerMonitor
    {
        private const int RowsMax = 200;
        private const int GoneMax = 20;
        private const int IdentifierMax = 400;

        private readonly BrokerLimits _limits;
        private readonly string _profile;
        private readonly ClientBook _book;
        private readonly LadderBook _ladder = new();
        private readonly Func<string, string> _kindOf;
        private readonly byte[] _identifier = new byte[IdentifierMax];
        private Broker? _broker;
        private SessionReader? _sessions;
        private Sample? _last;
        private string _reason = "";
        private List<ClientRow> _lastRows = [];
        private int _lastLeftOut;
        private long _lastRowsMs;
        private long _received;
        private long _sent;
        private long _dropped;
        private long _refused;
        private long _sentAway;
        private double _erases;

        /// <summary>Makes a monitor without a broker.</summary>
        /// <param name="limits">The bounds.</param>
        /// <param name="profile">The name of the profile they come from.</param>
        /// <param name="book">What is known of Clients.</param>
        /// <param name="kindOf">What kind of device a Client is, by its name; empty if it is not known.</param>
        internal BrokerMonitor(BrokerLimits limits, string profile, ClientBook book, Func<string, string> kindOf)
        {
            _limits = limits;
            _profile = profile;
            _book = book;
            _kindOf = kindOf;
        }

        /// <summary>Hears the broker's events.</summary>
        internal IReadOnlyList<IObserver> Observers => [_book, _ladder];

        /// <summary>Totals of all brokers so far.</summary>
        internal BrokerTotals Totals { get; } = new();

        /// <summary>Goes on with another broker.</summary>
        /// <param name="broker">The broker, or null while there is none.</param>
        /// <param name="reason">Why the Clients of the one before are gone.</param>
        internal void Attach(Broker? broker, string reason)
        {
            _broker = broker;
            _reason = reason;
            _sessions = broker?.CreateSessionReader();
            Totals.Attach(broker?.Counters);
            _book.Attach(broker, reason);
            _ladder.Clear();
        }

        /// <summary>Makes a point of the charts, from what happened since the one before.</summary>
        /// <param name="timeS">The broker's time, in seconds since the start.</param>
        /// <param name="heapBytes">Heap in use.</param>
        /// <param name="flash">The flash, or null.</param>
        internal Sample MakeSample(double timeS, double heapBytes, FlashFigures? flash)
        {
            double seconds = double.Max(0.001, timeS - (_last?.TimeS ?? 0));
            double erases = flash?.Erases ?? 0;
            Sample sample = new()
            {
                TimeS = timeS,
                Powered = _broker != null,
                Received = (Totals.Received - _received) / seconds,
                Sent = (Totals.Sent - _sent) / seconds,
                Heap = heapBytes,
                QueuedBytes = _broker?.QueuedBytes ?? 0,
                Queued = _broker?.QueuedCount ?? 0,
                Connected = _broker?.ConnectedCount ?? 0,
                Sessions = _broker?.SessionCount ?? 0,
                Flash = flash?.Used ?? 0,
                Erases = (erases - _erases) / seconds,
                Dropped = (Totals.Dropped - _dropped) / seconds,
                Refused = (_book.RefusedCount - _refused) / seconds,
                Step = _ladder.Highest,
                SentAway = (_book.SentAwayCount - _sentAway) / seconds,
            };
            _received = Totals.Received;
            _sent = Totals.Sent;
            _dropped = Totals.Dropped;
            _refused = _book.RefusedCount;
            _sentAway = _book.SentAwayCount;
            _erases = erases;
            _last = sample;
            return sample;
        }

        /// <summary>Tells how things are.</summary>
        /// <param name="command">The command that runs.</param>
        /// <param name="listening">Where Clients connect.</param>
        /// <param name="timeS">The broker's time, in seconds since the start.</param>
        /// <param name="nowMs">The same as the broker's clock has it.</param>
        /// <param name="heap">The heap.</param>
        internal PageState MakeState(string command, string listening, double timeS, long nowMs, Meter heap)
        {
            return new PageState
            {
                Command = command,
                Profile = _profile,
                Mode = StoreModeNames.Of(_limits.Mode),
                Listening = listening,
                TimeS = timeS,
                Speed = 1,
                Powered = _broker != null,
                Connections = new Meter(_broker?.ConnectedCount ?? 0, _limits.ConnectionsMax),
                Sessions = new Meter(_broker?.SessionCount ?? 0, _limits.SessionsMax),
                Queue = new Meter(_broker?.QueuedBytes ?? 0, _limits.QueueBytesMax),
                Subscriptions = new Meter(_broker?.SubscriptionCount ?? 0, _limits.SubscriptionsMax),
                Retained = new Meter(_broker?.RetainedCount ?? 0, _limits.RetainedMax),
                Heap = heap,
                Drops = Drops(),
                Short = _ladder.Short,
                Clients = Rows(nowMs, out int leftOut),
                ClientsLeftOut = leftOut,
            };
        }

        private Dictionary<string, long> Drops()
        {
            Dictionary<string, long> drops = [];
            for (int reason = 0; reason < DropReason.Count; reason++)
            {
                drops[ReasonNames.OfDrop(reason)] = Totals.DroppedFor(reason);
            }

            return drops;
        }

        private List<ClientRow> Rows(long nowMs, out int leftOut)
        {
            leftOut = _lastLeftOut;
            if (_sessions == null)
            {
                return [.. _lastRows.Select(row => WithoutPower(row, nowMs))];
            }

            List<ClientRow> rows = [];
            leftOut = 0;
            _sessions.Start();
            while (_sessions.Next())
            {
                if (rows.Count < RowsMax)
                {
                    rows.Add(RowOf(_sessions, nowMs));
                }
                else
                {
                    leftOut++;
                }
            }

            HashSet<string> shown = [.. rows.Select(row => row.Name)];
            foreach ((string name, ClientEntry entry) in _book.Gone.Where(gone => !shown.Contains(gone.Key)).Take(GoneMax))
            {
                rows.Add(new ClientRow
                {
                    Name = name,
                    Kind = KindOf(name, entry),
                    Protocol = entry.IsV5 ? "5.0" : "3.1.1",
                    State = "gone",
                    Reason = entry.Reason,
                    SinceS = (nowMs - entry.SinceMs) / 1000.0,
                    Durable = false,
                    Subscriptions = 0,
                    Queued = 0,
                    QueuedBytes = 0,
                    InFlight = 0,
                });
            }

            rows.Sort(Compare);
            _lastRows = rows;
            _lastLeftOut = leftOut;
            _lastRowsMs = nowMs;
            return rows;
        }

        // Shown as it was last: nobody is connected, and what becomes of a Session is seen when the power is back.
        private ClientRow WithoutPower(ClientRow row, long nowMs)
        {
            double sinceS = (nowMs - _lastRowsMs) / 1000.0;
            return row.State == "connected"
                ? row with { State = "no power", Reason = _reason, SinceS = sinceS }
                : row with { SinceS = row.SinceS + sinceS };
        }

        // Those that are there before those that are not, then by name.
        private static int Compare(ClientRow a, ClientRow b)
        {
            int states = Order(a.State).CompareTo(Order(b.State));
            return states != 0 ? states : string.CompareOrdinal(a.Name, b.Name);
        }

        private static int Order(string state)
        {
            return state == "connected" ? 0 : state == "away" ? 1 : 2;
        }

        private ClientRow RowOf(SessionReader session, long nowMs)
        {
            string name = ClientNames.Quote(_identifier, session.CopyClientIdentifier(_identifier));
            ClientEntry? entry = _book.Find(name);
            return new ClientRow
            {
                Name = name,
                Kind = session.IsLocal ? "in this program" : KindOf(name, entry),
                Protocol = session.IsV5 ? "5.0" : "3.1.1",
                State = session.Handle >= 0 || session.IsLocal ? "connected" : "away",
                Reason = entry?.Reason ?? "",
                SinceS = entry == null ? 0 : (nowMs - entry.SinceMs) / 1000.0,
                Durable = session.IsDurable,
                Subscriptions = session.SubscriptionCount,
                Queued = session.QueueCount,
                QueuedBytes = session.QueueBytes,
                InFlight = session.InFlightCount,
            };
        }

        private string KindOf(string name, ClientEntry? entry)
        {
            string kind = _kindOf(name);
            return kind.Length > 0 ? kind : entry?.Address ?? "";
        }
    }
}
