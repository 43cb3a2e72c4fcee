using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>Bits that flip at rest: found in metadata, where they take back commits; read as they are in content.</summary>
    [TestClass]
    public class FlashDamageTests
    {
        private const int NameCount = 8;

        [TestMethod]
        public void FlippedContentIsReadAsItIs()
        {
            LittleFs files = NewFiles(out FlashDevice device);
            byte[] data = new byte[2000];
            Assert.AreEqual(FlashResult.Ok, files.Replace(1, data, 0, data.Length));
            int block = BlockOfContent(device);

            device.FlipBit(block, (700 * 8) + 3);

            Assert.AreEqual(FlashResult.Ok, files.Mount());
            Assert.AreEqual(2000, files.Read(1, 0, data, 0, data.Length));
            for (int i = 0; i < data.Length; i++)
            {
                Assert.AreEqual(i == 700 ? (byte)8 : (byte)0, data[i]);
            }
        }

        // Commits of 128 bytes, the creation first: the eighth replaced content is the ninth commit after the format's.
        [TestMethod]
        public void AFlippedBitInACommitTakesItAndThoseBehindItBack()
        {
            LittleFs files = NewFiles(out FlashDevice device);
            byte[] data = new byte[50];
            for (int i = 1; i <= 10; i++)
            {
                data[0] = (byte)i;
                Assert.AreEqual(FlashResult.Ok, files.Replace(1, data, 0, data.Length));
            }

            int block = CurrentMetadata(device);
            device.FlipBit(block, ((128 * 9) + 20) * 8);

            Assert.AreEqual(50, files.Read(1, 0, data, 0, data.Length));
            Assert.AreEqual((byte)7, data[0]);
            Assert.AreEqual(FlashResult.Ok, files.Mount());
            Assert.AreEqual(50, files.Read(1, 0, data, 0, data.Length));
            Assert.AreEqual((byte)7, data[0]);

            // What follows is not erased, so the next commit goes into the other block.
            data[0] = 99;
            Assert.AreEqual(FlashResult.Ok, files.Replace(1, data, 0, data.Length));
            Assert.AreEqual(0, device.OverwriteCount);
            Assert.AreEqual(FlashResult.Ok, files.Mount());
            Assert.AreEqual(50, files.Read(1, 0, data, 0, data.Length));
            Assert.AreEqual((byte)99, data[0]);
        }

        [TestMethod]
        public void WithoutAFirstCommitTheOlderLogHolds()
        {
            LittleFs files = NewFiles(out FlashDevice device);
            byte[] data = new byte[400];
            int last = 0;
            for (int i = 1; i <= 20; i++)
            {
                int before = CurrentMetadata(device);
                data[0] = (byte)i;
                Assert.AreEqual(FlashResult.Ok, files.Replace(1, data, 0, data.Length));
                last = before != CurrentMetadata(device) ? i - 1 : last;
            }

            device.FlipBit(CurrentMetadata(device), 40);

            Assert.AreEqual(FlashResult.Ok, files.Mount());
            Assert.AreEqual(400, files.Read(1, 0, data, 0, data.Length));
            Assert.IsTrue(last > 5);
            Assert.AreEqual((byte)last, data[0]);
        }

        [TestMethod]
        public void DamageInBothLogsIsFound()
        {
            LittleFs files = NewFiles(out FlashDevice device);
            device.FlipBit(0, 5 * 8);
            device.FlipBit(1, 5 * 8);

            Assert.AreEqual(FlashResult.Damaged, files.Mount());
            Assert.AreEqual(FlashResult.Damaged, files.Size(1));
            Assert.AreEqual(FlashResult.Ok, files.Format());
            Assert.AreEqual(FlashResult.NotFound, files.Size(1));
        }

        // Nothing is promised but answers: no exception, no endless loop, and sizes and counts that can be.
        [TestMethod]
        public void AnyDamageIsSurvived()
        {
            FlashExpectation expectation = new FlashExpectation(NameCount);
            LittleFs files = NewFiles(out FlashDevice original);
            FlashRandom random = new FlashRandom(5);
            FlashStep step = new FlashStep();
            for (int i = 0; i < 400; i++)
            {
                step.Draw(random, NameCount, 20000, expectation, i);
                Assert.AreEqual(FlashResult.Ok, step.Run(files));
                expectation.Apply(step);
            }

            FlashDevice device = new FlashDevice(original.BlockCount, 1, null!);
            LittleFs damaged = new LittleFs(device);
            int mounted = 0;
            for (int seed = 0; seed < 3000; seed++)
            {
                device.CopyFrom(original);
                device.Reseed(seed);
                device.FlipBits(1 + (seed % 400));
                if (damaged.Mount() == FlashResult.Ok)
                {
                    mounted++;
                    UseAll(damaged, step, random, seed);
                }
            }

            Assert.IsTrue(mounted > 300 && mounted < 3000, mounted.ToString());
        }

        private static void UseAll(LittleFs files, FlashStep step, FlashRandom random, int seed)
        {
            byte[] buffer = new byte[20000];
            for (int name = 0; name < NameCount; name++)
            {
                int size = files.Size(name);
                int count = files.Read(name, 0, buffer, 0, buffer.Length);
                Assert.IsTrue(size >= 0 ? count == FlashResult.Damaged || count == size : count == size, seed.ToString());
            }

            for (int i = 0; i < 4; i++)
            {
                step.Set(random.Next(3), random.Next(NameCount), random.Next(6000), i);
                int result = step.Run(files);
                Assert.IsTrue(
                    result == FlashResult.Ok || result == FlashResult.NotFound || result == FlashResult.NoSpace
                    || result == FlashResult.Damaged,
                    seed.ToString());
            }
        }

        // The newer of the two logs of a file system that has only these.
        private static int CurrentMetadata(FlashDevice device)
        {
            byte[] revisions = new byte[2];
            device.Read(0, 0, revisions, 0, 1);
            device.Read(1, 0, revisions, 1, 1);
            return (sbyte)(revisions[0] - revisions[1]) > 0 ? 0 : 1;
        }

        private static int BlockOfContent(FlashDevice device)
        {
            int block = 2;
            while (device.EraseCountOf(block) == 0)
            {
                block++;
            }

            return block;
        }

        private static LittleFs NewFiles(out FlashDevice device)
        {
            device = new FlashDevice(FlashDevice.BlockCountDefault, 1, null!);
            LittleFs files = new LittleFs(device);
            Assert.AreEqual(FlashResult.Ok, files.Format());
            return files;
        }
    }
}
