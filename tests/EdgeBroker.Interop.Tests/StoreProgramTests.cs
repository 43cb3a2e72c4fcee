using System;
using System.IO;
using System.Linq;
using EdgeBroker.Desktop;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary><c>edgebroker store</c> on folders that are whole, damaged, in use, empty or not there.</summary>
    [TestClass]
    public sealed class StoreProgramTests : IJournalOwner, IDisposable
    {
        private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("edgebroker-inspect-");
        private readonly string _folder;

        public StoreProgramTests()
        {
            _folder = Path.Combine(_parent.FullName, "data");
        }

        [TestMethod]
        public void AWholeFolderIsShownAndChecked()
        {
            Fill();
            DateTime written = Segments().Max(File.GetLastWriteTimeUtc);
            AssertRun(0, "whole: 40 items in 40 commits, all of them checked", "check");
            string output = AssertRun(0, "commits: 40, numbers 1 to 40", "inspect");
            Contains(output, "items: 40, ");
            Contains(output, "Sessions: 2\n");
            Contains(output, "'client-3'");
            Contains(output, "damage: none");
            Assert.AreEqual(written, Segments().Max(File.GetLastWriteTimeUtc), "it was changed");
        }

        [TestMethod]
        public void DamageIsSaidAndIsTheExitCode()
        {
            Fill();
            string segment = Segments().First();
            byte[] bytes = File.ReadAllBytes(segment);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(segment, bytes);
            string output = AssertRun(1, "damaged: 1 commit is missing", "check");
            Contains(output, "may miss something: a broker drops it");
            output = AssertRun(0, "commits: 39", "inspect");
            Contains(output, "LOST");
            Contains(output, "damage:\n");
        }

        [TestMethod]
        public void FilesOfSomethingElseAreDamage()
        {
            Fill();
            File.WriteAllText(Path.Combine(_folder, "format"), "something else");
            AssertRun(1, "damaged: these are not the files of a store", "check");
        }

        [TestMethod]
        public void WhatAStopHasLeftIsSaidAndIsNoDamage()
        {
            Fill();
            File.AppendAllText(Segments().Last(), "half a commit");
            string output = AssertRun(0, "whole: 40 items in 40 commits, all of them checked", "check");
            Contains(output, "not in use: 13 bytes");
        }

        [TestMethod]
        public void WhatCannotBeLookedAtIsRefused()
        {
            AssertRefused("there is no folder " + _folder);
            Directory.CreateDirectory(_folder);
            File.WriteAllText(Path.Combine(_folder, "letter.txt"), "something else");
            AssertRefused("there is no store in " + _folder);
            using FileStorage storage = FileStorage.Open(_folder);
            AssertRefused(_folder + " is in use by ");
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            Assert.Fail("the folder was not empty");
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            Assert.Fail("the folder was not empty");
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _parent.Delete(recursive: true);
        }

        private static void Contains(string output, string part)
        {
            Assert.IsTrue(output.Contains(part, StringComparison.Ordinal), output);
        }

        private string[] Segments()
        {
            return [.. Directory.EnumerateFiles(_folder, "segment-*").Order()];
        }

        private void Fill()
        {
            using FileStorage storage = FileStorage.Open(_folder);
            Journal journal = new(storage, new JournalLimits { BytesMax = 1000000, StageBytesMax = 10000, SegmentSize = 2000 });
            Assert.AreEqual(MountResult.Ok, journal.Mount(this));
            for (int i = 0; i < 40; i++)
            {
                // The Session, then messages without anything but flags and a Topic Name.
                byte[] body = i < 2 ? [0, 100, 0, 0, 0, .. "client-"u8, (byte)('2' + i)] : [1, 3, 0, .. "a/b"u8, (byte)i];
                journal.BeginPut(i < 2 ? ItemType.Session : ItemType.Queued, 2 + (i % 2), body.Length, out byte[] buffer, out int at);
                body.CopyTo(buffer, at);
                journal.EndPut();
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
            }
        }

        private string AssertRun(int exitCode, string start, string command)
        {
            using RunningProgram program = BrokerProgram.Start("store", command, _folder);
            Assert.AreEqual(exitCode, program.WaitForExit(), program.Output);
            Assert.IsTrue(program.Output.StartsWith(start, StringComparison.Ordinal), program.Output);
            return program.Output;
        }

        private void AssertRefused(string message)
        {
            using RunningProgram program = BrokerProgram.Start("store", "check", _folder);
            program.WaitForError("edgebroker: " + message);
            Assert.AreEqual(2, program.WaitForExit());
        }
    }
}
