using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// The pressure is over: within a bounded time everybody is served, gets what is owed, and leaves; then nothing is left of it all.
    /// </summary>
    internal sealed class Aftermath
    {
        // Who has a Session is let in within this, in seconds.
        private const int ReturnS = 120;

        // Everybody else when there is room for Sessions, that is when those who stay away have none any more.
        private const int RoomS = 120;

        // For one after the other, while nothing is short.
        private const int TurnS = 60;
        private const int DrainS = 400;
        private const int AtOnce = 8;

        private readonly Soak _soak;
        private readonly Traffic _traffic;
        private readonly long _startedAt;

        internal Aftermath(Soak soak, Traffic traffic)
        {
            _soak = soak;
            _traffic = traffic;
            _startedAt = soak.Lived;
        }

        /// <summary>Runs, and tells the book what is wrong.</summary>
        internal void Run()
        {
            _traffic.End();
            Array.ForEach(_soak.Places, seat => seat.Reset());
            _soak.Pass(1);
            foreach (Identity identity in _soak.Identities)
            {
                _soak.Reconsider(identity);
                if (_soak.MayEndSessions && identity.HasSession == true)
                {
                    // Its Session may have ended for want of room.
                    identity.HasSession = null;
                }
            }

            List<Identity> owners = _soak.Identities.Where(identity => identity.HasSession == true).ToList();
            List<Identity> others = _soak.Identities.Where(identity => identity.HasSession == null || identity.MustBeClean).ToList();
            others.RemoveAll(owners.Contains);
            _soak.Note("Sessions to drain", owners.Count);

            // While a queue is full its publishers may be refused; when it was fetched they may not.
            ForGroups(owners, group => Drain(group, false));
            _soak.Note("seconds until all who had a Session were served", _soak.Lived - _startedAt);
            ForGroups(owners, group => Drain(group, true));
            ForGroups(others, group => Drain(group, true));
            CheckLost(owners);
            if (IsGood)
            {
                // Those whose Sessions nobody knows of any more.
                AwaitRoom();
                ServeAll();
            }

            if (IsGood)
            {
                RemoveRetained();
                _soak.Pass(_soak.Bench.Limits.SessionExpiryMaxS + RoomS);
                new Figures(_soak).Check();
            }
        }

        private bool IsGood => _soak.Book.Failure == null;

        private void ForGroups(List<Identity> all, Action<List<Identity>> action)
        {
            for (int i = 0; i < all.Count && IsGood; i += AtOnce)
            {
                action(all.GetRange(i, Math.Min(AtOnce, all.Count - i)));
            }
        }

        // Some come back together, and stay until nothing more comes.
        private void Drain(List<Identity> group, bool isLast)
        {
            HashSet<Identity> served = [];
            int quiet = 0;
            for (int second = 0; second < DrainS && quiet < 20 && IsGood; second++)
            {
                Come(group, false);
                long before = _soak.Book.ReceivedCount;
                _soak.Pass(1);
                served.UnionWith(group.Where(identity => identity.Seat is { IsUp: true }));
                if (second == ReturnS)
                {
                    // Who may have no Session any more is not sure of one.
                    Identity? unserved = group.Find(identity => !served.Contains(identity) && identity.HasSession == true);
                    if (unserved != null)
                    {
                        _soak.Book.Fail(unserved, $"is not served within {ReturnS} s");
                    }

                    group.FindAll(identity => !served.Contains(identity)).ForEach(identity => identity.Seat?.Reset());
                    group = group.Where(served.Contains).ToList();
                }

                bool isDone = group.TrueForAll(served.Contains) && (!isLast || group.TrueForAll(identity => identity.Pending.Count == 0));
                quiet = isDone && before == _soak.Book.ReceivedCount ? quiet + 1 : 0;
            }

            if (!isLast)
            {
                group.ForEach(identity => identity.Seat?.Disconnect(false));
                _soak.Pass(1);
                return;
            }

            CheckDrained(group);
            Leave(group);
        }

        // For somebody whose queue is full and who comes later, as queue-full is set: a 3.1.1 Client can't be told, and is closed.
        private bool IsKeptOut(Identity identity)
        {
            return identity.Level == ProtocolLevel.V311 && _soak.Bench.Limits.QueueFull == QueueFullPolicy.Refuse;
        }

        private void CheckDrained(List<Identity> group)
        {
            foreach (Identity identity in group)
            {
                int missing = identity.Owed.Count;
                if (identity.Pending.Count > 0 && !IsKeptOut(identity))
                {
                    _soak.Book.Fail(identity, "is never answered");
                }

                if (missing > identity.ReportedDrops && identity.Level == ProtocolLevel.V5)
                {
                    string first = _soak.Book.Describe(identity.Owed.Min());
                    _soak.Book.Fail(identity, $"misses {missing}, was told {identity.ReportedDrops}: {first}");
                }
            }
        }

        // A 3.1.1 Client can't be told; then the operator has been.
        private void CheckLost(List<Identity> owners)
        {
            long missing = owners.Sum(identity => (long)identity.Owed.Count);
            long told = owners.Sum(identity => (long)identity.ReportedDrops);
            long dropped = 0;
            foreach (int reason in new[] { DropReason.QueueFull, DropReason.NoMemory, DropReason.Damaged, DropReason.TooLarge })
            {
                dropped += _soak.Bench.Events.CountOf(BrokerEvent.MessageDropped, reason);
            }

            _soak.Note("missing at the end", missing);
            _soak.Note("missing at the end, told", told);
            if (missing > dropped)
            {
                Identity one = owners.First(identity => identity.Owed.Count > 0);
                _soak.Book.Fail(one, $"{missing} are lost, {dropped} reported: {_soak.Book.Describe(one.Owed.Min())}");
            }
        }

        private void AwaitUp(List<Identity> group, int seconds, bool clean)
        {
            for (int i = 0; IsGood && group.Exists(identity => identity.Seat is not { IsUp: true }); i++)
            {
                Identity first = group.First(identity => identity.Seat is not { IsUp: true });
                if (i == seconds)
                {
                    _soak.Book.Fail(first, $"is not served within {seconds} s");
                }

                Come(group, clean);
                _soak.Pass(1);
            }
        }

        private void Come(List<Identity> group, bool clean)
        {
            foreach (Identity identity in group.Where(one => one.Seat == null && _soak.NowMs >= one.RetryAtMs))
            {
                _traffic.Connect(identity, clean);
            }
        }

        // They go, and their Sessions with them.
        private void Leave(List<Identity> group)
        {
            foreach (Identity identity in group.Where(identity => identity.Seat != null))
            {
                identity.Seat!.Disconnect(true);
            }

            // What is missing is counted when all have been there.
            Dictionary<Identity, (int[] Owed, int Told)> kept = group.ToDictionary(one => one, one => (one.Owed.ToArray(), one.ReportedDrops));
            _soak.Pass(1);
            List<Identity> old = group.Where(identity => identity.Level != ProtocolLevel.V5).ToList();
            AwaitUp(old, ReturnS, true);
            foreach (Identity identity in old.Where(identity => identity.Seat != null))
            {
                identity.Seat!.Disconnect(false);
            }

            _soak.Pass(1);
            foreach ((Identity identity, (int[] owed, int told)) in kept)
            {
                identity.Owed.UnionWith(owed);
                identity.ReportedDrops = told;
            }
        }

        private void AwaitRoom()
        {
            long from = _soak.Lived;
            List<Identity> one = [_soak.Identities.First(identity => !identity.IsDurable)];
            AwaitUp(one, _soak.Bench.Limits.SessionExpiryMaxS + RoomS, true);
            one[0].Seat?.Disconnect(false);
            _soak.Note("seconds until a newcomer was served", _soak.Lived - from);
        }

        // One after the other, each with a message that is acknowledged.
        private void ServeAll()
        {
            long from = _soak.Lived;
            for (int i = 0; i < _soak.Identities.Count && IsGood; i += AtOnce)
            {
                List<Identity> group = _soak.Identities.Skip(i).Take(AtOnce).ToList();
                AwaitUp(group, TurnS, true);
                group.ForEach(identity => identity.Seat?.Publish("n/all", 1, false, 10));
                for (int second = 0; IsGood && group.Exists(identity => identity.Pending.Count > 0); second++)
                {
                    if (second == TurnS)
                    {
                        _soak.Book.Fail(group[0], "or one beside it is not answered");
                    }

                    _soak.Pass(1);
                }

                group.ForEach(identity => identity.Seat?.Disconnect(true));
            }

            _soak.Note("seconds until everybody was served in turn", _soak.Lived - from);
        }

        private void RemoveRetained()
        {
            SimClient tidy = _soak.Bench.Client(ProtocolLevel.V5, "tidy");
            tidy.Options.KeepAliveS = 0;
            string answer = tidy.Connect();
            if (answer != "CONNACK 00")
            {
                _soak.Book.Fail(null, "the last Client was answered " + answer);
                return;
            }

            for (int i = 0; i < 80; i++)
            {
                tidy.Publish("r/" + i, "", 1, true, null);
                _soak.Bench.Run();
            }

            _soak.Pass(20);
            tidy.Disconnect();
        }
    }
}
