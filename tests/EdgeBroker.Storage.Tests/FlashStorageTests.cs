using System;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>The port on simulated flash: the contract, and what power cuts and errors leave.</summary>
    [TestClass]
    public class FlashStorageTests : PartsContract
    {
        private readonly FlashDevice _device = new FlashDevice(FlashDevice.BlockCountDefault, 1, null);

        private new FlashStorage Storage => (FlashStorage)base.Storage;

        [TestMethod]
        public void NewFlashIsFormattedOnce()
        {
            Assert.IsTrue(Storage.WasFormatted);
            Reopen();
            Assert.IsFalse(Storage.WasFormatted);
        }

        [TestMethod]
        public void FlashThatCannotBeReadIsNotFormatted()
        {
            Write(100, Pattern(10, 1));
            for (int i = 0; i < 50; i++)
            {
                // Always, or every other time: then what would be written over it could be.
                _device.Faults.ReadFailRate = i == 0 ? FlashFaults.RateMax : FlashFaults.RateMax / 2;
                FlashStorage failing = new FlashStorage(_device);
                Assert.IsFalse(failing.WasFormatted);
                if (i == 0)
                {
                    Assert.AreEqual(StorageResult.Failed, failing.List(new int[1]));
                    Assert.AreEqual(StorageResult.Failed, failing.Write(100, Pattern(1, 0), 0, 1));
                }

                _device.Faults.Clear();
                Reopen();
                AssertFile(100, Pattern(10, 1));
            }
        }

        [TestMethod]
        public void WithoutPowerAllFailsUntilItIsMountedAgain()
        {
            Write(100, Pattern(10, 1));
            _device.Faults.CutAt(_device.OperationCount, FlashCut.Before);
            Assert.AreEqual(StorageResult.Failed, Storage.Write(100, Pattern(20, 2), 0, 20));
            _device.PowerOn();
            AssertAllFails();
            Reopen();
            AssertFile(100, Pattern(10, 1));
        }

        [TestMethod]
        public void AnErrorFailsOneOperation()
        {
            Write(100, Pattern(10, 1));
            _device.Faults.FailAt(_device.OperationCount, 1);
            Assert.AreEqual(StorageResult.Failed, Storage.Write(101, Pattern(2000, 2), 0, 2000));
            Write(101, Pattern(2000, 2));
            AssertFile(100, Pattern(10, 1));
            AssertFile(101, Pattern(2000, 2));
        }

        [TestMethod]
        public void FullFlashSaysSoAndKeepsWhatItHas()
        {
            byte[] content = Pattern(20000, 1);
            int file = 100;
            int result = StorageResult.Ok;
            while (result == StorageResult.Ok && file < 200)
            {
                result = Storage.Write(file++, content, 0, content.Length);
            }

            Assert.AreEqual(StorageResult.Full, result);
            Assert.AreEqual(113, file, "12 files of 5 blocks fit on 64, besides the directory");
            for (int i = 100; i < file - 1; i++)
            {
                AssertFile(i, content);
            }

            Assert.AreEqual(StorageResult.Ok, Storage.Delete(100));
            Write(file - 1, content);
        }

        [TestMethod]
        public void WhatWasSetAsideGoesWhenRoomIsShort()
        {
            byte[] content = Pattern(20000, 1);
            for (int file = 100; file < 110; file++)
            {
                Write(file, content);
            }

            Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
            for (int file = 100; file < 112; file++)
            {
                Write(file, content);
            }

            Assert.AreEqual(StorageResult.Full, Storage.Write(112, content, 0, content.Length));
            AssertFile(111, content);
        }

        // Cut at every program and erase of it, in each of the three ways, or with an error there: all files are where they were,
        // or none, and before it is opened again nothing that may be wrong is told.
        [TestMethod]
        public void SettingAsideThatFailsLeavesAllOrNothing()
        {
            bool wasReached = true;
            int moved = 0;
            int stayed = 0;
            for (int operation = 0; wasReached; operation++)
            {
                for (int kind = 0; kind < 4; kind++)
                {
                    FlashDevice device = new FlashDevice(16, 1, null);
                    FlashStorage storage = new FlashStorage(device);
                    WriteTwoFiles(storage, 1);
                    Assert.AreEqual(StorageResult.Ok, storage.SetAside());
                    WriteTwoFiles(storage, 2);
                    Spoil(device, operation, kind);
                    wasReached = storage.SetAside() != StorageResult.Ok;
                    device.PowerOn();
                    device.Faults.Clear();

                    int told = storage.List(new int[2]);
                    int count = new FlashStorage(device).List(new int[2]);
                    Assert.IsTrue(count == 0 || (count == 2 && wasReached), "files: " + count);
                    Assert.IsTrue(told == count || told == StorageResult.Failed, "told " + told + " of " + count);
                    moved += count == 0 ? 1 : 0;
                    stayed += count == 2 ? 1 : 0;
                }
            }

            Assert.IsTrue(moved > 3 && stayed > 3, "moved " + moved + " stayed " + stayed);
        }

        // Cut at every program and erase of it, in each of the three ways, or with an error there; tail files are small, segments not.
        [TestMethod]
        [DataRow(400, 100)]
        [DataRow(9000, 232)]
        public void WritingInPartsThatFailsLeavesAllOrNothing(int size, int partSize)
        {
            byte[] old = Pattern(3000, 1);
            byte[] content = Pattern(size, 2);
            bool wasReached = true;
            int written = 0;
            int kept = 0;
            for (int operation = 0; wasReached; operation++)
            {
                for (int kind = 0; kind < 4; kind++)
                {
                    FlashDevice device = new FlashDevice(16, 1, null);
                    FlashStorage storage = new FlashStorage(device);
                    Assert.AreEqual(StorageResult.Ok, storage.Write(100, old, 0, old.Length));
                    Spoil(device, operation, kind);
                    wasReached = WriteInParts(storage, content, partSize) != StorageResult.Ok;
                    device.PowerOn();
                    device.Faults.Clear();

                    storage = new FlashStorage(device);
                    byte[] found = new byte[size + old.Length];
                    int count = storage.Read(100, 0, found, 0, found.Length);
                    bool isNew = count == size;
                    Assert.IsTrue(isNew || (wasReached && count == old.Length), "bytes: " + count);
                    Assert.IsTrue(found.AsSpan(0, count).SequenceEqual(isNew ? content : old), "operation " + operation);
                    written += isNew ? 1 : 0;
                    kept += isNew ? 0 : 1;
                }
            }

            Assert.IsTrue(written > 2 && kept > 2, "written " + written + " kept " + kept);
        }

        // The power goes between two parts.
        [TestMethod]
        public void WhatIsNotEndedWasNeverThere()
        {
            Write(100, Pattern(3000, 1));
            Assert.AreEqual(StorageResult.Ok, Storage.BeginWrite(100, 6000));
            Assert.AreEqual(StorageResult.Ok, Storage.WritePart(Pattern(6000, 2), 0, 5000));
            Reopen();
            AssertFile(100, Pattern(3000, 1));
        }

        [TestMethod]
        public void WhatWasSetAsideMakesRoomForParts()
        {
            byte[] content = Pattern(20000, 1);
            for (int file = 100; file < 112; file++)
            {
                Write(file, content);
            }

            Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
            Assert.AreEqual(StorageResult.Ok, WriteInParts(Storage, content, 500));
            AssertFile(100, content);
        }

        [TestMethod]
        public void PartsThatDoNotFitLeaveTheFileAsItWas()
        {
            byte[] content = Pattern(20000, 1);
            for (int file = 101; file < 112; file++)
            {
                Write(file, content);
            }

            Write(100, Pattern(10, 1));
            Assert.AreEqual(StorageResult.Full, WriteInParts(Storage, Pattern(40000, 2), 500));
            Storage.AbandonWrite();
            AssertFile(100, Pattern(10, 1));
            Assert.AreEqual(StorageResult.Ok, Storage.Delete(111));
            Assert.AreEqual(StorageResult.Ok, WriteInParts(Storage, content, 500));
            AssertFile(100, content);
        }

        [TestMethod]
        public void WearIsTheFlashs()
        {
            Write(1, Pattern(1000, 1));
            IWearSource wear = Storage;
            Assert.AreEqual(_device.EraseCount, wear.Erases);
            Assert.AreEqual(_device.ProgrammedBytes, wear.BytesProgrammed);
            Assert.AreEqual(64, wear.Blocks);
            Assert.AreEqual(_device.EraseCountMax(), wear.MostWornErases);
            Assert.IsTrue(wear.Erases > 0 && wear.BytesProgrammed > 1000 && wear.MostWornErases > 0);
        }

        private protected override void Prepare()
        {
        }

        private protected override IStorage Open()
        {
            return new FlashStorage(_device);
        }

        private static void WriteTwoFiles(IStorage storage, int seed)
        {
            Assert.AreEqual(StorageResult.Ok, storage.Write(0, Pattern(8, seed), 0, 8));
            Assert.AreEqual(StorageResult.Ok, storage.Write(100, Pattern(3000, seed), 0, 3000));
        }

        private static int WriteInParts(IStorage storage, byte[] content, int partSize)
        {
            int result = storage.BeginWrite(100, content.Length);
            for (int position = 0; position < content.Length && result == StorageResult.Ok; position += partSize)
            {
                result = storage.WritePart(content, position, Math.Min(partSize, content.Length - position));
            }

            return result == StorageResult.Ok ? storage.EndWrite() : result;
        }

        private static void Spoil(FlashDevice device, int operation, int kind)
        {
            if (kind == 3)
            {
                device.Faults.FailAt(device.OperationCount + operation, 1);
                return;
            }

            FlashCut cut = kind == 0 ? FlashCut.Before : kind == 1 ? FlashCut.Torn : FlashCut.After;
            device.Faults.CutAt(device.OperationCount + operation, cut);
        }

        private void AssertAllFails()
        {
            byte[] buffer = new byte[4];
            Assert.AreEqual(StorageResult.Failed, Storage.List(new int[1]));
            Assert.AreEqual(StorageResult.Failed, Storage.Size(100));
            Assert.AreEqual(StorageResult.Failed, Storage.Read(100, 0, buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, Storage.Write(100, buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, Storage.BeginWrite(100, 4));
            Assert.AreEqual(StorageResult.Failed, Storage.WritePart(buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, Storage.EndWrite());
            Storage.AbandonWrite();
            Assert.AreEqual(StorageResult.Failed, Storage.Append(100, buffer, 0, 4));
            Assert.AreEqual(StorageResult.Failed, Storage.Delete(100));
            Assert.AreEqual(StorageResult.Failed, Storage.SetAside());
        }
    }
}
