using System.IO;
using System.Linq;
using EdgeBroker.Platform;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>The port on the device's own files, on a folder of the desktop: the contract, and its quota.</summary>
    [TestClass]
    public class DeviceStorageTests : PartsContract
    {
        private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("edgebroker-storage-");

        private string Folder => Path.Combine(_parent.FullName, "edgebroker");

        private string Aside => Folder + "-aside";

        [TestMethod]
        public void FilesHaveNamesThatSayWhatTheyAre()
        {
            Write(0, Pattern(1, 1));
            Write(7, Pattern(1, 1));
            Write(223, Pattern(1, 1));
            File.WriteAllText(Path.Combine(Folder, "notes.txt"), "mine");
            Reopen();
            AssertFiles(0, 7, 223);
            Assert.AreEqual(
                "format notes.txt segment-000123 tail-07",
                string.Join(" ", Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order()));
        }

        [TestMethod]
        public void TheQuotaCountsBlocksAndTheOldContentThatIsStillThere()
        {
            IStorage small = new DeviceStorage(Folder, 3 * 4096 + 600, 0);
            Assert.AreEqual(StorageResult.Ok, small.Write(100, new byte[5000], 0, 5000));
            Assert.AreEqual(StorageResult.Full, small.Write(101, new byte[5000], 0, 5000));
            Assert.AreEqual(StorageResult.NotFound, small.Size(101));
            Assert.AreEqual(StorageResult.Full, small.Write(100, new byte[5000], 0, 5000), "for a moment there are both");
            Assert.AreEqual(StorageResult.Full, small.Append(100, new byte[4000], 0, 4000));
            Assert.AreEqual(5000, small.Size(100));
            Assert.AreEqual(StorageResult.Ok, small.Write(101, new byte[600], 0, 600));
            Assert.AreEqual(StorageResult.Ok, small.Write(1, new byte[500], 0, 500));
            Assert.AreEqual(StorageResult.Full, small.Write(2, new byte[101], 0, 101));
            Assert.AreEqual(StorageResult.Ok, small.Write(2, new byte[100], 0, 100));
            Assert.AreEqual(StorageResult.Ok, small.Write(1, new byte[500], 0, 500), "small content needs no room of its own");
            Assert.AreEqual(StorageResult.Full, small.Append(1, new byte[1], 0, 1));
            Assert.AreEqual(StorageResult.Ok, small.Delete(101));
            Assert.AreEqual(StorageResult.Ok, small.Write(102, new byte[4096], 0, 4096));
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void WhatWasSetAsideGoesWhenRoomIsShort(bool reopens)
        {
            IStorage small = new DeviceStorage(Folder, 3 * 4096, 0);
            Assert.AreEqual(StorageResult.Ok, small.Write(100, new byte[5000], 0, 5000));
            Assert.AreEqual(StorageResult.Ok, small.SetAside());
            small = reopens ? new DeviceStorage(Folder, 3 * 4096, 0) : small;
            Assert.AreEqual(StorageResult.Ok, small.Write(100, new byte[4000], 0, 4000));
            Assert.IsTrue(File.Exists(Path.Combine(Aside, "segment-000000")));
            Assert.AreEqual(StorageResult.Ok, small.Write(101, new byte[4000], 0, 4000));
            Assert.IsFalse(Directory.Exists(Aside));
            Assert.AreEqual(StorageResult.Ok, small.Write(102, new byte[4000], 0, 4000));
            Assert.AreEqual(StorageResult.Full, small.Write(103, new byte[4000], 0, 4000));
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux)]
        public void WhatIsNotWrittenThoughNothingFailsIsNoticed()
        {
            // Takes all that is written, without a word, and stays empty.
            File.CreateSymbolicLink(Path.Combine(Folder, "tail-03"), "/dev/null");
            Assert.AreEqual(StorageResult.Failed, Storage.Write(3, new byte[5000], 0, 5000));
            Assert.AreEqual(StorageResult.Failed, Storage.Append(3, new byte[5000], 0, 5000));
            Assert.AreEqual(StorageResult.Ok, Storage.Write(4, new byte[5000], 0, 5000));
            Assert.AreEqual(StorageResult.Ok, Storage.Append(4, new byte[5000], 0, 5000));
        }

        [TestMethod]
        public void AFolderThatCannotBeMadeFailsWithoutAnException()
        {
            File.WriteAllText(Path.Combine(_parent.FullName, "file"), "mine");
            IStorage storage = new DeviceStorage(Path.Combine(_parent.FullName, "file", "below"), 100000, 0);
            byte[] buffer = new byte[4];
            Assert.AreEqual(StorageResult.Failed, storage.List(new int[1]));
            Assert.AreEqual(StorageResult.Failed, storage.Size(1));
            Assert.AreEqual(StorageResult.Failed, storage.Read(1, 0, buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, storage.Write(1, buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, storage.Append(1, buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, storage.Delete(1));
            Assert.AreEqual(StorageResult.Failed, storage.SetAside());
        }

        [TestMethod]
        public void AFolderThatIsGoneFailsWithoutAnException()
        {
            Write(100, Pattern(8, 2));
            Directory.Delete(Folder, true);
            byte[] buffer = new byte[8];
            Assert.AreEqual(StorageResult.Failed, Storage.Read(100, 0, buffer, 0, 8));
            Assert.AreEqual(StorageResult.Failed, Storage.Write(101, buffer, 0, 8));
            Assert.AreEqual(StorageResult.NotFound, Storage.Size(101));
            Assert.AreEqual(StorageResult.Failed, Storage.Append(100, buffer, 0, 8));
            Assert.AreEqual(StorageResult.NotFound, Storage.Size(100), "after a failure it is looked up");
            Assert.AreEqual(StorageResult.Failed, Storage.SetAside());
        }

        private protected override void Prepare()
        {
        }

        private protected override IStorage Open()
        {
            return new DeviceStorage(Folder, 1000000, 64);
        }

        private protected override void Clean()
        {
            _parent.Delete(true);
        }
    }
}
