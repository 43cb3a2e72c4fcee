using System;
using EdgeBroker.Store.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>
    /// Proves the tests of the journal: each of its defences is taken away, one at a time, and a test has to fail for it. A CRC
    /// that is always 0 is none.
    /// </summary>
    [TestClass]
    public class StoreSabotageTests
    {
        private const string Assembly = "EdgeBroker.Store";

        [TestMethod]
        [DataRow("Crc32.Continue", 0, typeof(DamageTests), nameof(DamageTests.FlippedBitsInventNothingWhenAppending))]
        [DataRow("Crc32.Continue", 0, typeof(DamageTests), nameof(DamageTests.FlippedBitsInventNothingWithTailFiles))]
        [DataRow("Replay.NoteGap", 0, typeof(DamageTests), nameof(DamageTests.MissingAndZeroedFilesInventNothing))]
        [DataRow("Replay.NoteGap", 0, typeof(DamageTests), nameof(DamageTests.FlippedBitsInventNothingWhenAppending))]
        [DataRow("Replay.IsLater", 1, typeof(JournalTests), nameof(JournalTests.LongRunsOfCutsLoseNothingWithTailFiles))]
        [DataRow("MountOwners.IsProven", 1, typeof(DamageTests), nameof(DamageTests.FlippedBitsInventNothingWithTailFiles))]
        [DataRow("MountOwners.IsLost", 0, typeof(DamageTests), nameof(DamageTests.MissingAndZeroedFilesInventNothing))]
        [DataRow("FrameReader.get_IsItemWhole", 1, typeof(DamageTests), nameof(DamageTests.TheCopyOfADamagedItemIsNotWhole))]
        [DataRow("FrameReader.get_BaseSequence", 9999, typeof(DamageTests), nameof(DamageTests.AnOwnerWhoIsGoneWithTheOldestSegmentIsNoticed))]
        [DataRow("Journal.StageBase", 0, typeof(JournalTests), nameof(JournalTests.CompactionKeepsTheBytesWithinTheBoundAndTheItems))]
        [DataRow("MountedItems.EndLost", 0, typeof(DamageTests), nameof(DamageTests.WhatWasReportedLostStaysGone))]
        [DataRow("StagedChanges.AddDigests", 0, typeof(JournalTests), nameof(JournalTests.LongRunsOfCutsLoseNothingWhenAppending))]
        [DataRow("FormatFile.get_Salt", 0, typeof(SaltTests), nameof(SaltTests.APayloadPassesForAFrameOnlyWithoutASalt), 12345, 0)]
        [DataRow("MountOwners.End", 1, typeof(JournalTests), nameof(JournalTests.FailedCommitsAreMadeUpForByTheNext))]
        [DataRow("TailFiles.Clear", 0, typeof(JournalTests), nameof(JournalTests.LongRunsOfCutsLoseNothingWithTailFiles))]
        [DataRow("SegmentTable.Live", 0, typeof(JournalTests), nameof(JournalTests.CompactionKeepsTheBytesWithinTheBoundAndTheItems))]
        public void IsNoticed(string method, int answer, Type test, string testMethod, params object[] arguments)
        {
            using (SabotagedCopy untouched = new())
            {
                Assert.IsNull(untouched.Run(test, testMethod, arguments), "it fails without sabotage");
            }

            using SabotagedCopy copy = new(new Patch(Assembly, $"{Assembly}.{method}", answer));
            Exception? failure = copy.Run(test, testMethod, arguments);
            Assert.IsNotNull(failure, "nothing was noticed");
            Assert.IsFalse(failure is InvalidProgramException or TypeLoadException or MissingMemberException, failure.ToString());
        }
    }
}
