using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeBroker.Desktop;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>The port on a folder of the desktop: the contract, and what is in the folder.</summary>
    [TestClass]
    public class FileStorageTests : PartsContract
    {
        private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("edgebroker-storage-");

        private string Folder => Path.Combine(_parent.FullName, "deep", "folder");

        [TestMethod]
        public void FilesHaveNamesThatSayWhatTheyAre()
        {
            foreach (int file in new[] { 0, 1, 99, 100, 223, 1000099, 1000100 })
            {
                Write(file, Pattern(1, 1));
            }

            Assert.AreEqual(
                "format lock lock-owner segment-000000 segment-000123 segment-1000000 segment-999999 tail-01 tail-99",
                string.Join(" ", Names(Folder)));
        }

        [TestMethod]
        [DataRow("tail-7")]
        [DataRow("tail-007")]
        [DataRow("tail-00")]
        [DataRow("tail-100")]
        [DataRow("tail-")]
        [DataRow("tail")]
        [DataRow("7")]
        [DataRow("-7")]
        [DataRow("segment-1")]
        [DataRow("segment--00001")]
        [DataRow("segment-00000x")]
        [DataRow("segment-99999999999")]
        [DataRow("Format")]
        [DataRow("letters.txt")]
        public void FilesOfOthersAreLeftAlone(string name)
        {
            Assert.AreEqual(FileNames.None, FileNames.NumberOf(name));
            string path = Path.Combine(Folder, name);
            File.WriteAllText(path, "mine");
            Write(100, Pattern(1, 1));
            Reopen();
            AssertFiles(100);
            Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
            Assert.AreEqual("mine", File.ReadAllText(path));
        }

        [TestMethod]
        public void FilesThatAreClosedAreAsLongAsTheirContent()
        {
            Append(100, Pattern(10, 1));
            Assert.AreEqual(16384, new FileInfo(Path.Combine(Folder, "segment-000000")).Length);
            Append(101, Pattern(70000, 1));
            Assert.AreEqual(10, new FileInfo(Path.Combine(Folder, "segment-000000")).Length);
            Assert.AreEqual(81920, new FileInfo(Path.Combine(Folder, "segment-000001")).Length);
            Reopen();
            Assert.AreEqual(70000, new FileInfo(Path.Combine(Folder, "segment-000001")).Length);
            AssertFile(101, Pattern(70000, 1));
        }

        [TestMethod]
        public void ACrashLeavesZerosAtMostBehindTheNewestFile()
        {
            Append(100, Pattern(10, 1));
            using FileStorage copy = OpenCopy();
            byte[] buffer = new byte[20];
            Assert.AreEqual(20, copy.Read(100, 0, buffer, 0, 20));
            Assert.AreEqual(string.Join(" ", Pattern(10, 1).Concat(new byte[10])), string.Join(" ", buffer));
        }

        // As a kill leaves it: nothing is closed.
        [TestMethod]
        public void AJournalThatWasNotClosedIsWhole()
        {
            JournalRun run = new JournalRun(5);
            run.Mount(Storage);
            run.Change(60);
            using FileStorage copy = OpenCopy();
            run.Mount(copy);
            run.Change(60);
            using FileStorage second = OpenCopy(copy);
            run.Mount(second);
        }

        [TestMethod]
        public void WhatAKillLeftOfAReplacementIsRemoved()
        {
            string temporary = Path.Combine(Folder, "replace.tmp");
            File.WriteAllText(temporary, "half of a fi");
            Reopen();
            Assert.IsFalse(File.Exists(temporary));
            Assert.AreEqual(0, Storage.List(new int[1]));
        }

        [TestMethod]
        public void OnlyTheLatestFilesSetAsideAreKept()
        {
            for (int round = 1; round < 4; round++)
            {
                Write(100 + round, Pattern(10, round));
                Append(100, Pattern(10, round));
                Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
                Assert.AreEqual("lock lock-owner set-aside-" + round, string.Join(" ", Names(Folder)));
                string aside = Path.Combine(Folder, "set-aside-" + round);
                Assert.AreEqual("segment-000000 segment-00000" + round, string.Join(" ", Names(aside)));
                Assert.AreEqual(
                    string.Join(" ", Pattern(10, round)),
                    string.Join(" ", File.ReadAllBytes(Path.Combine(aside, "segment-000000"))));
            }
        }

        [TestMethod]
        public void SettingAsideThatWasCutShortIsFinished()
        {
            Write(0, Pattern(8, 1));
            Write(100, Pattern(8, 2));
            Write(101, Pattern(8, 3));
            Directory.CreateDirectory(Path.Combine(Folder, "set-aside.part"));
            File.Move(Path.Combine(Folder, "segment-000000"), Path.Combine(Folder, "set-aside.part", "segment-000000"));
            Reopen();
            Assert.AreEqual(0, Storage.List(new int[1]));
            Assert.AreEqual(
                "format segment-000000 segment-000001", string.Join(" ", Names(Path.Combine(Folder, "set-aside-1"))));
        }

        [TestMethod]
        public void SettingAsideThatFailsHalfWayIsFinishedByTheNextOpening()
        {
            Write(100, Pattern(8, 2));
            Write(101, Pattern(8, 3));
            File.Delete(Path.Combine(Folder, "segment-000001"));
            Assert.AreEqual(StorageResult.Failed, Storage.SetAside());
            Assert.AreEqual(StorageResult.Failed, Storage.List(new int[1]));
            Assert.AreEqual(StorageResult.Failed, Storage.Append(100, new byte[1], 0, 1));
            Assert.AreEqual(StorageResult.Failed, Storage.Write(100, new byte[1], 0, 1));
            Reopen();
            Assert.AreEqual(0, Storage.List(new int[1]));
            Assert.AreEqual("segment-000000", string.Join(" ", Names(Path.Combine(Folder, "set-aside-1"))));
        }

        [TestMethod]
        public void AFolderThatIsGoneFailsWithoutAnException()
        {
            Write(100, Pattern(8, 2));
            Directory.Delete(Folder, true);
            byte[] buffer = new byte[8];
            FileStorage storage = (FileStorage)Storage;
            Assert.IsNull(storage.LastError);
            Assert.AreEqual(StorageResult.Failed, Storage.Write(101, buffer, 0, 8));
            Assert.Contains(Folder, storage.LastError!);
            Assert.AreEqual(StorageResult.Failed, Storage.Append(102, buffer, 0, 8));
            Assert.AreEqual(StorageResult.Failed, Storage.Read(100, 0, buffer, 0, 8));
            Assert.AreEqual(StorageResult.Failed, Storage.Delete(100));
            Assert.AreEqual(StorageResult.Failed, Storage.SetAside());
        }

        // Linux lets an open file be written to that has no name any more: what is acknowledged for that would be gone.
        [TestMethod]
        [DataRow("file", DisplayName = "the file")]
        [DataRow("folder", DisplayName = "the folder")]
        [DataRow("anew", DisplayName = "the folder, and it was made anew")]
        public void AnAppendToWhatWasRemovedUnderWayFails(string what)
        {
            Append(100, Pattern(8, 1));
            string path = Path.Combine(Folder, FileNames.NameOf(100));
            if (what == "file")
            {
                File.Delete(path);
            }
            else
            {
                Directory.Delete(Folder, true);
            }

            if (what == "anew")
            {
                Directory.CreateDirectory(Folder);
            }

            byte[] content = Pattern(8, 2);
            Assert.AreEqual(StorageResult.Failed, Storage.Append(100, content, 0, content.Length));
            int expected = what == "file" ? StorageResult.Ok : StorageResult.Failed;
            Assert.AreEqual(expected, Storage.Append(101, content, 0, content.Length));
        }

        [TestMethod]
        public void ReadingChangesNothing()
        {
            Write(0, Pattern(8, 1));
            Append(100, Pattern(10, 1));
            ((FileStorage)Storage).Dispose();
            string before = Fingerprint();
            using (FileStorage reader = FileStorage.OpenReadOnly(Folder))
            {
                byte[] buffer = new byte[20];
                Assert.AreEqual(2, reader.List(new int[2]));
                Assert.AreEqual(10, reader.Read(100, 0, buffer, 0, 20));
                Assert.AreEqual(StorageResult.NotFound, reader.Size(5));
                Assert.AreEqual(StorageResult.Failed, reader.Write(100, buffer, 0, 8));
                Assert.AreEqual(StorageResult.Failed, reader.Write(5, buffer, 0, 8));
                Assert.AreEqual(StorageResult.Failed, reader.Append(100, buffer, 0, 8));
                Assert.AreEqual(StorageResult.Failed, reader.Delete(100));
                Assert.AreEqual(StorageResult.Failed, reader.SetAside());
            }

            Assert.AreEqual(before, Fingerprint());
        }

        [TestMethod]
        public void AppendingAllocatesNothing()
        {
            byte[] content = Pattern(200, 1);
            Append(100, content);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Storage.Append(100, content, 0, content.Length);
            }

            Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        private protected override void Prepare()
        {
        }

        private protected override IStorage Open()
        {
            return FileStorage.Open(Folder);
        }

        private protected override void Clean()
        {
            _parent.Delete(true);
        }

        private static IEnumerable<string> Names(string folder)
        {
            return Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
        }

        private FileStorage OpenCopy(FileStorage? of = null)
        {
            string source = of == null ? Folder : Path.Combine(_parent.FullName, "copy");
            string target = Path.Combine(_parent.FullName, of == null ? "copy" : "second");
            Directory.CreateDirectory(target);
            foreach (string path in Directory.EnumerateFiles(source).Where(path => Path.GetFileName(path) != "lock"))
            {
                using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using FileStream to = File.Create(Path.Combine(target, Path.GetFileName(path)));
                from.CopyTo(to);
            }

            return FileStorage.Open(target);
        }

        private string Fingerprint()
        {
            return string.Join(" ", new DirectoryInfo(Folder).EnumerateFileSystemInfos().OrderBy(file => file.Name)
                .Select(file => file.Name + file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
