using System.Collections.Generic;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Running;
using EdgeBroker.Limits;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Simulate.Reports
{
    /// <summary>What a run came to. Nothing in it depends on the machine it ran on.</summary>
    internal sealed record Report
    {
        /// <summary>The scenario.</summary>
        public required string Scenario { get; init; }

        /// <summary>What chance was made of: with the same seed it happens again.</summary>
        public required int Seed { get; init; }

        /// <summary>The profile.</summary>
        public required string Profile { get; init; }

        /// <summary>What an acknowledgement promised.</summary>
        public required string Mode { get; init; }

        /// <summary>Virtual time, in seconds.</summary>
        public required double VirtualSeconds { get; init; }

        /// <summary>Simulated devices.</summary>
        public required int Sensors { get; init; }

        /// <summary>Whether every promise was kept.</summary>
        public required bool Kept { get; init; }

        /// <summary>Messages of QoS 0 published.</summary>
        public required long PublishedAtQos0 { get; init; }

        /// <summary>Messages of QoS 1 and 2 published.</summary>
        public required long Published { get; init; }

        /// <summary>Those that the broker acknowledged.</summary>
        public required long Acknowledged { get; init; }

        /// <summary>Those that it refused.</summary>
        public required long Refused { get; init; }

        /// <summary>Times that one reached a subscriber.</summary>
        public required long Delivered { get; init; }

        /// <summary>Times that one reached a subscriber again at QoS 1, as it may.</summary>
        public required long Repeated { get; init; }

        /// <summary>Acknowledged and lost.</summary>
        public required long Lost { get; init; }

        /// <summary>Twice at QoS 2.</summary>
        public required long Duplicated { get; init; }

        /// <summary>Other broken promises.</summary>
        public required long OtherBroken { get; init; }

        /// <summary>Acknowledged, dropped, and reported.</summary>
        public required long Dropped { get; init; }

        /// <summary>Acknowledged, and gone with the power, as the mode permits.</summary>
        public required long Forgotten { get; init; }

        /// <summary>How long before a power cut something may have been acknowledged that goes with it; -1 = everything goes.</summary>
        public required double LossWindowSeconds { get; init; }

        /// <summary>Acknowledged and not delivered at the end, to Clients that did not come to take them.</summary>
        public required long Owed { get; init; }

        /// <summary>Power cuts.</summary>
        public required int Cuts { get; init; }

        /// <summary>How many of these fell in the middle of a write to the flash.</summary>
        public required int CutsInWrites { get; init; }

        /// <summary>How often each fault began.</summary>
        public required IReadOnlyDictionary<string, int> Faults { get; init; }

        /// <summary>Messages that the broker said it dropped, of all QoS, by reason.</summary>
        public required IReadOnlyDictionary<string, long> Drops { get; init; }

        /// <summary>CONNECT, SUBSCRIBE and PUBLISH packets refused.</summary>
        public required long RequestsRefused { get; init; }

        /// <summary>Clients sent away.</summary>
        public required long SentAway { get; init; }

        /// <summary>Clients connected at once, at the most.</summary>
        public required int ConnectedMax { get; init; }

        /// <summary>Sessions at once, at the most.</summary>
        public required int SessionsMax { get; init; }

        /// <summary>Messages queued at once, at the most.</summary>
        public required int QueuedMax { get; init; }

        /// <summary>Bytes of messages kept at once, at the most.</summary>
        public required long QueuedBytesMax { get; init; }

        /// <summary>Heap by the device's model, at the most, in bytes.</summary>
        public required long HeapBytesMax { get; init; }

        /// <summary>Heap that there is for the broker, in bytes.</summary>
        public required long HeapBytes { get; init; }

        /// <summary>Flash blocks erased.</summary>
        public required double FlashErases { get; init; }

        /// <summary>Erases of the block that has most of them.</summary>
        public required double FlashMostWorn { get; init; }

        /// <summary>How long the flash lasts at that rate, in years; 0 = no wear.</summary>
        public required double FlashLifeYears { get; init; }

        /// <summary>What went wrong, the first few.</summary>
        public required IReadOnlyList<string> Failures { get; init; }

        /// <summary>Sums up a run that has come to its end.</summary>
        internal static Report Of(World world, Peaks peaks, string profile)
        {
            Ledger ledger = world.Ledger;
            Gateway gateway = world.Gateway;
            Dictionary<string, long> drops = [];
            for (int reason = 0; reason < DropReason.Count; reason++)
            {
                drops[ReasonNames.OfDrop(reason)] = gateway.Monitor.Totals.DroppedFor(reason);
            }

            return new Report
            {
                Scenario = world.Scenario.Name,
                Seed = world.Seed,
                Profile = profile,
                Mode = StoreModeNames.Of(gateway.Limits.Mode),
                VirtualSeconds = (world.Clock.NowMs - world.StartMs) / 1000.0,
                Sensors = world.Population.Count,
                Kept = !world.IsBroken,
                PublishedAtQos0 = ledger.PublishedAtQoS0,
                Published = ledger.Published,
                Acknowledged = ledger.AcknowledgedCount,
                Refused = ledger.RefusedCount,
                Delivered = ledger.DeliveredCount,
                Repeated = ledger.RepeatedCount,
                Lost = ledger.LostCount,
                Duplicated = ledger.DuplicatedCount,
                OtherBroken = ledger.OtherCount,
                Dropped = ledger.DroppedCount,
                Forgotten = ledger.ForgottenCount,
                Owed = ledger.OwedCount,
                LossWindowSeconds = ledger.LossWindowS,
                Cuts = gateway.CutCount,
                CutsInWrites = gateway.TornCount,
                Faults = world.Faults.Counts,
                Drops = drops,
                RequestsRefused = gateway.Book.RefusedCount,
                SentAway = gateway.Book.SentAwayCount,
                ConnectedMax = peaks.Connected,
                SessionsMax = peaks.Sessions,
                QueuedMax = peaks.Queued,
                QueuedBytesMax = peaks.QueuedBytes,
                HeapBytesMax = peaks.Heap,
                HeapBytes = gateway.Heap.Size,
                FlashErases = gateway.Flash.Figures.Erases,
                FlashMostWorn = gateway.Flash.Figures.MostWorn,
                FlashLifeYears = double.Round(gateway.Flash.Figures.LifeYears, 1),
                Failures = ledger.Failures,
            };
        }
    }
}
