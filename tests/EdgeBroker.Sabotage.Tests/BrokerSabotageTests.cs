using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.PowerLoss.Tests;
using DamageTests = EdgeBroker.PowerLoss.Tests.DamageTests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>
    /// Proves the power-loss tests: each rule that keeps an acknowledgement true is taken out of the broker, one at a time, and they
    /// have to find a Client that was told what is not so.
    /// </summary>
    [TestClass]
    public class BrokerSabotageTests
    {
        private const string Depend = "Committer.Depend";
        private const string IsPending = "Committer.get_IsPending";
        private const string Lost = "was acknowledged and lost";
        private const string Twice = "came twice at QoS 2";
        private const string Retained = "is retained on";
        private const string Present = "was told Session Present";

        // PUBACK and PUBREC share their code.
        private const int Puback = 4;
        private const int Pubrec = 5;

        private static readonly Sabotage[] s_all =
        [
            new("the CRC", Store("Crc32.Continue", 0), "1", "DAMAGE", Cause.Damage),
            new("the sequence number", Store("Replay.IsLater", 1), "small", Present),
            new("sequence numbers without gaps", Store("Replay.NoteGap", 0), "1 2 3", "DAMAGE", Cause.Damage),
            new("the proof that a Session is whole", Store("MountOwners.IsProven", 1), "1", "DAMAGE", Cause.Damage),
            new("PUBACK after the commit", Acknowledge(Puback), "queue", Lost),
            new("PUBACK after the commit that ends a hold", Without("Persistence.SessionStore.*", Depend), "slow", Lost),
            new("PUBACK after the acknowledgements of subscribers", NotHeld(), "deaf", Lost),
            new("PUBREC after the commit", Acknowledge(Pubrec), "queue", Lost),
            new("the Packet Identifier with PUBREC", Without("Persistence.SessionRecords.PutNumber", "ItemBytes.Write"), "queue", Twice),
            new("PUBCOMP after the commit", Without("Handlers.AckHandler.ReleaseStored", Depend), "publisher", Lost),
            new("PUBREL after the commit", Without("Handlers.AckHandler.Received", Depend), "online", Twice),
            new("PUBREL again after the commit", Without("Handlers.ConnectHandler.Store", IsPending), "stubborn", Twice, Cause.Fault),
            new("SUBACK after the commit", Without("Handlers.SubscribeHandler.Subscribe", "SubscribeHandler.Depend"), "queue", Lost),
            new("UNSUBACK after the commit", Without("Handlers.SubscribeHandler.Unsubscribe", "SubscribeHandler.Depend"), "subscribe", "of the probe"),
            new("CONNACK after the commit", Without("Handlers.ConnectHandler.Store", Depend), "sessions", Present),
            new("CONNACK after the end of the old Session", Core("Persistence.SessionRecords.IsEndPending"), "stubborn", Present, Cause.Fault),
            new("new terms of a Session", Core("Persistence.SessionRecords.OnTermsChanged"), "terms", Present),
            new("first PUBLISH at QoS 2 after the commit", Without("Delivery.Router.*", Depend), "online", Twice),
            new("the same from the queue", Without("Delivery.SessionFeeder.PrepareState", Depend), "queue", Twice),
            new("the same of what is retained", Without("Delivery.RetainedWalker.Send", Depend), "retained", Lost),
            new("the state of a QoS 2 delivery", Without("Delivery.SessionFeeder.Send", "DeliveryStore.OnStateChanged"), "queue", Twice),
            new("what is handed over", Core("Persistence.DeliveryStore.TakeOver"), "handed-over", "of the group was acknowledged and lost"),
            new("retained before the acknowledgement", Without("Persistence.RetainedStore.OnSet", "RetainedStore.Put"), "retained", Retained),
            new("what is owed of the retained", Without("Persistence.SessionRecords.PutSubscription", "RetainedTable.get_Count"), "owed", "owed"),
            new("what is owed and was sent", Without("Delivery.RetainedWalker.FinishStored", "DeliveryStore.StoreAll") with { Answer = 1 }, "owed", "owed"),
            new("which of it was sent", Core("Persistence.SessionRecords.PutWalked"), "owed", Twice),
            new("removed before the acknowledgement", Made("Delivery.Router.Retain", "RetainedTable.Remove"), "retained", Retained),
            new("the Will before CONNACK", Core("Persistence.SessionRecords.PutWill"), "wills", Lost),
            new("the Will's end with its publication", Without("Delivery.WillPublisher.PublishDue", "SessionRecords.EndWill"), "wills", Twice),
            new("time for the Client after the boot", Core("Sessions.SessionKeeper.Resume"), "wills", "was refused and delivered"),
            new("reports of what is dropped", Core("Persistence.SessionRecords.PutDropped"), "drop", Lost),
            new("a message's expiry", Without("Persistence.DeliveryItems.Measure", "StoreTime.FromMs"), "message-expiry", "was to expire"),
            new("the store's time", Core("Persistence.StoreTime.Begin"), "expiry", Present),
        ];

        public static IEnumerable<object[]> Rules => s_all.Select(sabotage => new object[] { sabotage.Rule });

        [TestMethod]
        [DynamicData(nameof(Rules))]
        public void IsNoticed(string rule)
        {
            Sabotage sabotage = s_all.Single(one => one.Rule == rule);
            using SabotagedCopy copy = new(sabotage.Patch);
            Exception? failure = Run(copy, sabotage);
            Assert.IsNotNull(failure, "nothing was noticed");
            StringAssert.Contains(failure.Message, sabotage.Violation);
        }

        [TestMethod]
        public void NothingIsNoticedWithoutSabotage()
        {
            using SabotagedCopy copy = new();
            foreach (Sabotage sabotage in s_all.DistinctBy(one => (one.Scenario, one.Cause)))
            {
                Exception? failure = Run(copy, sabotage);
                Assert.IsNull(failure, failure?.Message);
            }
        }

        private static Exception? Run(SabotagedCopy copy, Sabotage sabotage)
        {
            return sabotage.Cause switch
            {
                Cause.Cut => copy.Run(
                    typeof(PowerLossTests), nameof(PowerLossTests.NothingAcknowledgedIsLostWithACutAnywhere), sabotage.Scenario),
                Cause.Fault => copy.Run(
                    typeof(PowerLossTests), nameof(PowerLossTests.NothingAcknowledgedIsLostWithStorageThatFails), sabotage.Scenario),
                _ => sabotage.Scenario.Split(' ')
                    .Select(seed => copy.Run(
                        typeof(DamageTests), nameof(DamageTests.NothingIsInventedAndLossesAreSaid), int.Parse(seed)))
                    .FirstOrDefault(failure => failure != null),
            };
        }

        private static Patch Core(string method) => new("EdgeBroker.Core", "EdgeBroker." + method);

        private static Patch Store(string method, int answer) => new("EdgeBroker.Store", "EdgeBroker.Store." + method, answer);

        private static Patch Without(string method, string call) => Core(method) with { Call = call };

        private static Patch Made(string method, string call) => Core(method) with { Call = call, IsMade = true };

        private static Patch NotHeld()
        {
            return Without("Persistence.SessionStore..ctor", "SessionStore.IsSafe");
        }

        private static Patch Acknowledge(int packetType)
        {
            return Without("Handlers.PublishHandler.Acknowledge", Depend) with { Parameter = "packetType", Value = packetType };
        }
    }
}
