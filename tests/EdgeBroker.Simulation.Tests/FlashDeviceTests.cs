using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>The flash alone.</summary>
    [TestClass]
    public class FlashDeviceTests
    {
        private readonly byte[] _data = new byte[FlashDevice.BlockSize];
        private readonly byte[] _read = new byte[FlashDevice.BlockSize];

        [TestMethod]
        public void ProgramsClearBitsAndErasesSetThem()
        {
            FlashDevice device = new FlashDevice(4, 1, null!);
            Fill(0x0f);
            Assert.AreEqual(FlashResult.Ok, device.Program(2, 128, _data, 0, 256));
            AssertBytes(device, 2, 0, 128, 0xff);
            AssertBytes(device, 2, 128, 256, 0x0f);
            AssertBytes(device, 2, 384, 128, 0xff);
            Assert.AreEqual(0, device.OverwriteCount);

            Fill(0x3c);
            Assert.AreEqual(FlashResult.Ok, device.Program(2, 128, _data, 0, 128));
            AssertBytes(device, 2, 128, 128, 0x0c);
            Assert.AreEqual(1, device.OverwriteCount);

            Assert.AreEqual(FlashResult.Ok, device.Erase(2));
            AssertBytes(device, 2, 0, FlashDevice.BlockSize, 0xff);
            Assert.AreEqual(384, device.ProgrammedBytes);
            Assert.AreEqual(1, device.EraseCount);
            Assert.AreEqual(1, device.EraseCountOf(2));
            Assert.AreEqual(1, device.EraseCountMax());
            Assert.AreEqual(3, device.OperationCount);
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void APowerCutStopsAllUntilThePowerIsBack(int cut)
        {
            FlashDevice device = new FlashDevice(4, 1, null!);
            Fill(0);
            Assert.AreEqual(FlashResult.Ok, device.Program(1, 0, _data, 0, 128));
            device.Faults.CutAt(1, (FlashCut)cut);

            Assert.AreEqual(FlashResult.PowerLost, device.Program(1, 128, _data, 0, 512));
            Assert.IsFalse(device.IsPowered);
            Assert.AreEqual(FlashResult.PowerLost, device.Program(1, 640, _data, 0, 128));
            Assert.AreEqual(FlashResult.PowerLost, device.Erase(1));
            Assert.AreEqual(FlashResult.PowerLost, device.Read(1, 0, _read, 0, 1));

            device.PowerOn();
            AssertBytes(device, 1, 0, 128, 0);
            AssertBytes(device, 1, 640, 128, 0xff);
            int stuck = CountOf(device, 1, 128, 512, 0);
            Assert.IsTrue(cut == 0 ? stuck == 0 : cut == 2 ? stuck == 512 : stuck < 512, stuck.ToString());
        }

        // Not all at the same place, or tests would see one kind of torn program only.
        [TestMethod]
        public void TornProgramsLeaveAnyPrefix()
        {
            int shortest = 512;
            int longest = 0;
            for (int seed = 0; seed < 200; seed++)
            {
                FlashDevice device = new FlashDevice(4, seed, null!);
                Fill(0);
                device.Faults.CutAt(0, FlashCut.Torn);
                device.Program(0, 0, _data, 0, 512);
                device.PowerOn();
                device.Read(0, 0, _read, 0, 512);
                int prefix = 0;
                while (_read[prefix] == 0)
                {
                    prefix++;
                }

                AssertBytes(device, 0, prefix + 1, 511 - prefix, 0xff);
                shortest = prefix < shortest ? prefix : shortest;
                longest = prefix > longest ? prefix : longest;
            }

            Assert.IsTrue(shortest < 20 && longest > 490, shortest.ToString() + " " + longest.ToString());
        }

        [TestMethod]
        public void TornErasesLeaveAnything()
        {
            int old = 0;
            int erased = 0;
            int other = 0;
            for (int seed = 0; seed < 100; seed++)
            {
                FlashDevice device = new FlashDevice(4, seed, null!);
                Fill(0x55);
                device.Program(3, 0, _data, 0, FlashDevice.BlockSize);
                device.Faults.CutAt(1, FlashCut.Torn);
                Assert.AreEqual(FlashResult.PowerLost, device.Erase(3));
                device.PowerOn();
                old += CountOf(device, 3, 0, 1, 0x55);
                erased += CountOf(device, 3, 0, 1, 0xff);
                other += CountOf(device, 3, 0, 1, 0x55) + CountOf(device, 3, 0, 1, 0xff) == 0 ? 1 : 0;
            }

            Assert.IsTrue(old > 10 && erased > 10 && other > 10);
        }

        [TestMethod]
        public void ErrorsComeWhereAndAsOftenAsAskedFor()
        {
            FlashDevice device = new FlashDevice(4, 1, null!);
            device.Faults.FailAt(2, 2);
            Assert.AreEqual(FlashResult.Ok, device.Erase(0));
            Assert.AreEqual(FlashResult.Ok, device.Erase(0));
            Assert.AreEqual(FlashResult.Failed, device.Erase(0));
            Assert.AreEqual(FlashResult.Failed, device.Program(0, 0, _data, 0, 128));
            Assert.AreEqual(FlashResult.Ok, device.Erase(0));

            device.Faults.FailAt(device.OperationCount, int.MaxValue);
            for (int i = 0; i < 100; i++)
            {
                Assert.AreEqual(FlashResult.Failed, device.Erase(0));
            }

            device.Faults.Clear();
            device.Faults.WriteFailRate = FlashFaults.RateMax / 4;
            device.Faults.ReadFailRate = FlashFaults.RateMax / 2;
            int writes = 0;
            int reads = 0;
            for (int i = 0; i < 1000; i++)
            {
                writes += device.Erase(1) == FlashResult.Failed ? 1 : 0;
                reads += device.Read(1, 0, _read, 0, 1) == FlashResult.Failed ? 1 : 0;
            }

            Assert.IsTrue(writes > 200 && writes < 300, writes.ToString());
            Assert.IsTrue(reads > 450 && reads < 550, reads.ToString());
        }

        [TestMethod]
        public void ErasesTakeVirtualTime()
        {
            VirtualClock clock = new VirtualClock();
            FlashDevice device = new FlashDevice(4, 1, clock);
            device.Erase(0);
            Assert.AreEqual(0, clock.NowMs);

            device.Faults.EraseMs = 20;
            device.Faults.SlowEraseMs = 300;
            device.Faults.SlowEraseInterval = 5;
            for (int i = 0; i < 9; i++)
            {
                device.Erase(0);
            }

            Assert.AreEqual((9 * 20) + (2 * 300), clock.NowMs);
        }

        [TestMethod]
        public void FlippedBitsStay()
        {
            FlashDevice device = new FlashDevice(4, 1, null!);
            device.FlipBits(3);
            Assert.AreEqual(0, device.FlipCount, "nothing was programmed");
            device.FlipBit(1, (10 * 8) + 1);
            AssertBytes(device, 1, 10, 1, 0xfd);
            device.FlipBit(1, (10 * 8) + 1);
            AssertBytes(device, 1, 10, 1, 0xff);
            device.FlipBits(3);
            Assert.AreEqual(5, device.FlipCount);
        }

        private void Fill(byte value)
        {
            for (int i = 0; i < _data.Length; i++)
            {
                _data[i] = value;
            }
        }

        private int CountOf(FlashDevice device, int block, int position, int count, byte value)
        {
            Assert.AreEqual(FlashResult.Ok, device.Read(block, position, _read, 0, count));
            int found = 0;
            for (int i = 0; i < count; i++)
            {
                found += _read[i] == value ? 1 : 0;
            }

            return found;
        }

        private void AssertBytes(FlashDevice device, int block, int position, int count, byte value)
        {
            Assert.AreEqual(count, CountOf(device, block, position, count, value));
        }
    }
}
