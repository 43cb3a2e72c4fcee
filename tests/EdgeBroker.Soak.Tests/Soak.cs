using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.DeviceProfile.Tests.Faults;
using EdgeBroker.Limits;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.PowerLoss.Tests;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// A broker with the bounds of a device, thousands of Clients that come and go, among them all kinds that do harm, and a machine
    /// that fails in all ways. Everything follows from the seed.
    /// </summary>
    internal sealed class Soak
    {
        private const int Handles = 13;
        private const int Seats = 48;
        private const int StepsASecond = 4;

        // So long it takes to stop, and until a storage that fails counts as failed.
        private const int StopS = 8 + 5 + 1;

        private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
        private readonly Identity[] _identities;
        private readonly Weather _weather;
        private readonly Traffic _traffic;
        private readonly string? _traced = Environment.GetEnvironmentVariable("EDGEBROKER_SOAK_TRACE");
        private long _lastFailedMs = -1;
        private int _openings;
        private int _updates;
        private int _lastBoots;

        internal Soak(int seed, int clients)
        {
            Prng = new Prng(seed);
            Bench.Status = Status;
            Network = new SoakNetwork(Bench.Network);
            Bench.NetworkPort = Network;
            DrawLimits(Bench.Limits);
            if (Bench.Limits.Mode != StoreMode.Memory)
            {
                Bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, seed, Bench.Clock);
            }

            _identities = Enumerable.Range(0, clients).Select(index => new Identity(index, Prng)).ToArray();
            Places = Enumerable.Range(0, Seats).Select(index => new Seat(this, index)).ToArray();
            _weather = new Weather(this);
            _traffic = new Traffic(this);
            _ = Bench.Broker;
        }

        /// <summary>The broker and its world.</summary>
        internal BrokerBench Bench { get; } = new(Profile.Esp32, Handles) { RestartsAfterFault = true };

        /// <summary>What goes wrong with the machine.</summary>
        internal Weather Weather => _weather;

        /// <summary>Chance.</summary>
        internal Prng Prng { get; }

        /// <summary>The broker's network.</summary>
        internal SoakNetwork Network { get; }

        /// <summary>The broker's machine.</summary>
        internal SoakStatus Status { get; } = new();

        /// <summary>Who is owed what.</summary>
        internal Book Book { get; } = new();

        /// <summary>Connections of Clients, in use or not.</summary>
        internal Seat[] Places { get; }

        /// <summary>The thousands.</summary>
        internal IReadOnlyList<Identity> Identities => _identities;

        /// <summary>Seconds that it has lived: virtual ones, without those that the clock has jumped over.</summary>
        internal long Lived { get; private set; }

        /// <summary>The time.</summary>
        internal long NowMs => Bench.Clock.NowMs;

        /// <summary>When the clock jumped last, before it did.</summary>
        internal long JumpedMs { get; set; }

        /// <summary>How long the Clients have not been able to do anything, in milliseconds: the broker's ticks may take long.</summary>
        internal long HeldUpMs { get; private set; }

        /// <summary>How often the broker began anew.</summary>
        internal int Boots => Bench.RestartCount + Bench.CutCount + _updates;

        /// <summary>How often the storage has failed for good.</summary>
        internal int Failures => Bench.Events.CountOf(BrokerEvent.StoreStateChanged, StoreState.Failed);

        /// <summary>Whether the gateway stops for an update.</summary>
        internal bool IsUpdating { get; private set; }

        /// <summary>Whether a Session may end because its queue is full.</summary>
        internal bool MayEndSessions => Bench.Limits.QueueFull == QueueFullPolicy.EndSession;

        /// <summary>What a 5.0 Client is told that there is no room for now.</summary>
        internal int BusyCode => Bench.Limits.ServerReference.Length > 0 ? ReasonCode.UseAnotherServer : ReasonCode.ServerBusy;

        /// <summary>What happened, by kind.</summary>
        internal string Report => string.Join(Environment.NewLine, _counts.Select(count => $"{count.Key}: {count.Value}"));

        /// <summary>Numbers the connections in the order in which they are opened.</summary>
        internal int NextOpening() => ++_openings;

        /// <summary>Counts something for the report.</summary>
        internal void Count(string what)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + 1;
        }

        /// <summary>Notes a figure for the report.</summary>
        internal void Note(string what, long figure)
        {
            _counts[what] = (int)figure;
        }

        /// <summary>Says what happens, if anybody wants to know: EDGEBROKER_SOAK_TRACE is a Client's name, or * for all.</summary>
        internal void Trace(Identity? identity, string text)
        {
            if (_traced != null && (_traced == "*" || identity == null || _traced == "c" + identity.Index))
            {
                Console.WriteLine($"{Lived} s, {NowMs} ms: c{identity?.Index} {text}");
            }
        }

        /// <summary>Lives.</summary>
        /// <param name="seconds">So long under pressure, then until everybody is served and has left.</param>
        /// <returns>What is wrong, or null.</returns>
        internal string? Run(int seconds)
        {
            try
            {
                while (Lived < seconds && Book.Failure == null)
                {
                    _weather.Live();
                    _traffic.Live();
                    Pass(1);
                }

                if (Book.Failure == null)
                {
                    _weather.Calm();
                    new Aftermath(this, _traffic).Run();
                }
            }
            catch (Exception exception)
            {
                Book.Fail(null, "threw " + exception);
            }

            AllocationFault.Left = -1;
            NoteTotals();
            return Book.Failure == null ? null : $"after {Lived} s: {Book.Failure}";
        }

        /// <summary>Lets time pass, and Clients do what they have to.</summary>
        internal void Pass(int seconds)
        {
            for (int i = 0; i < seconds * StepsASecond && Book.Failure == null; i++)
            {
                long beforeMs = NowMs;
                Bench.Advance(1000 / StepsASecond);
                HeldUpMs = NowMs - beforeMs;
                TakeAll();
                Look();
                if (i % StepsASecond == StepsASecond - 1)
                {
                    Lived++;
                    Array.ForEach(Places, seat => seat.Live());
                }
            }
        }

        /// <summary>A Client is about to send CONNECT.</summary>
        internal void BeforeConnect(Identity identity)
        {
            ForgetWhatWasInMemory();
            Seat? open = identity.Seat;
            if (open != null)
            {
                identity.LostMs = open.Sees && open.Sim.Handle >= 0 ? NowMs : open.OpenedMs;
            }

        }

        /// <summary>What a Client knows of its Session may be out of date by now.</summary>
        internal void Reconsider(Identity identity)
        {
            long endMs = identity.LostMs + (identity.GrantedExpiryS * 1000) - 2000;
            if (identity.HasSession == true && NowMs > endMs)
            {
                // While the storage had failed its end was not durable: it may be there again, and miss something.
                identity.MustBeClean |= _lastFailedMs > endMs - 10000;
                identity.HasSession = null;
            }
        }

        /// <summary>The connection of somebody breaks in a call of the broker.</summary>
        internal void BreakOne()
        {
            Seat seat = Places[Prng.Below(Places.Length)];
            if (!seat.IsFree && seat.Sim.Handle >= 0)
            {
                seat.IsBroken = true;
                Network.Break(seat.Sim.Handle);
            }
        }

        /// <summary>The gateway stops in order, and starts again.</summary>
        internal void Update()
        {
            // Nothing is asked of the host's memory here: its way out of that is the same.
            AllocationFault.Left = -1;
            IsUpdating = true;
            Bench.Broker.BeginShutdown(ReasonCode.ServerShuttingDown);
            int boots = Boots;
            for (int second = 0; second < StopS && boots == Boots && !Bench.Broker.IsStopped; second++)
            {
                Pass(1);
            }

            if (boots == Boots)
            {
                if (!Bench.Broker.IsStopped)
                {
                    object? connections = Figures.Read(Bench.Broker, "Connections.Count");
                    object? staged = Figures.Read(Bench.Broker, "Store.Journal.StagedBytes");
                    Book.Fail(null, $"the broker does not stop: {connections} connections, {staged} bytes staged, {Bench.Broker.StoreState}");
                }

                _updates++;
                Bench.Restart();
            }

            IsUpdating = false;
        }

        // What came on the older of two connections came first.
        private void TakeAll()
        {
            foreach (Seat seat in Places.OrderBy(seat => seat.OpenedMs))
            {
                seat.Take();
            }
        }

        // What differs from soak to soak.
        private void DrawLimits(BrokerLimits limits)
        {
            limits.SessionExpiryMaxS = 600;
            limits.Mode = Prng.OneIn(5) ? StoreMode.Memory : StoreMode.Safe;
            limits.QueueFull = Prng.OneIn(2) ? QueueFullPolicy.RefuseThenDrop : Prng.Below(4);
            limits.QueueFullPatienceS = Prng.OneIn(2) ? 60 : 10;
            limits.SessionQueueBytesMax = Prng.OneIn(2) ? 65536 : 4096;
            limits.FlashLifeYears = Prng.OneIn(3) ? 100 : 5;
            limits.MessageRateMax = Prng.OneIn(3) ? 20 : 0;
            limits.ServerReference = Prng.OneIn(4) ? "other:1883" : "";
            limits.SysIntervalS = Prng.OneIn(3) ? 10 : 0;
            limits.StoreBytesMax = Prng.OneIn(2) ? 65536 : 131072;
        }

        private void Look()
        {
            if (Bench.LastFault != null && Bench.LastFault is not OutOfMemoryException)
            {
                Book.Fail(null, "a tick threw " + Bench.LastFault);
            }

            if (Bench.Broker.StoreState == StoreState.Failed)
            {
                _lastFailedMs = NowMs;
            }

            ForgetWhatWasInMemory();
        }

        // Documented: what is only in memory is gone.
        private void ForgetWhatWasInMemory()
        {
            if (_lastBoots == Boots)
            {
                return;
            }

            _lastBoots = Boots;
            Network.Break(-1);
            if (Bench.Limits.Mode == StoreMode.Memory)
            {
                TakeAll();
                foreach (Identity identity in _identities)
                {
                    identity.Forget();
                    identity.HasSession = false;
                    identity.MustBeClean = false;
                }
            }
        }

        private void NoteTotals()
        {
            Note("published", Book.Count);
            Note("acknowledged", Book.AcceptedCount);
            Note("received", Book.ReceivedCount);
            Note("virtual seconds", NowMs / 1000);
            Note("brokers begun anew: out of memory", Bench.RestartCount);
            Note("brokers begun anew: power", Bench.CutCount);
            Note("storage failed for good", Failures);
            for (int reason = 0; reason < DropReason.Count; reason++)
            {
                Note("dropped, reason " + reason, Bench.Events.CountOf(BrokerEvent.MessageDropped, reason));
            }
        }
    }
}
