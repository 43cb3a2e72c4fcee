using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>The file system as its users see it, while nothing goes wrong or room runs out.</summary>
    [TestClass]
    public class LittleFsTests
    {
        private readonly byte[] _data = new byte[FlashDevice.BlockSize * 8];

        [TestMethod]
        [DataRow(1, 33000)]
        [DataRow(2, 9000)]
        [DataRow(3, 600)]
        public void FilesHoldWhatWasWritten(int seed, int sizeMax)
        {
            LittleFs files = NewFiles(64, out FlashDevice device);
            FlashExpectation expectation = new FlashExpectation(6);
            FlashRandom random = new FlashRandom(seed);
            FlashStep step = new FlashStep();
            for (int i = 0; i < 1500; i++)
            {
                step.Draw(random, 6, sizeMax > 30000 ? 32000 : sizeMax, expectation, i);
                Assert.AreEqual(FlashResult.Ok, step.Run(files), step.Describe());
                expectation.Apply(step);
                Assert.IsTrue(expectation.IsAsExpected(step.Name, files), step.Describe());
                int name = random.Next(6);
                if (expectation.SizeOf(name) > 0)
                {
                    int position = random.Next(expectation.SizeOf(name) + 10);
                    Assert.IsTrue(expectation.IsPartAsExpected(name, position, random.Next(9000), files), step.Describe());
                }

                if (i % 100 == 0)
                {
                    Assert.AreEqual(FlashResult.Ok, files.Mount());
                    expectation.Check(files, step.Describe());
                }
            }

            Assert.AreEqual(0, device.OverwriteCount);
        }

        [TestMethod]
        public void FilesAreWrittenInPieces()
        {
            LittleFs files = NewFiles(64, out FlashDevice _);
            FlashExpectation expectation = new FlashExpectation(2);
            FlashStep step = new FlashStep();
            step.Set(FlashStep.Replace, 1, 20000, 5);
            step.Fill(_data, 0);

            Assert.AreEqual(FlashResult.Ok, files.OpenReplace(1));
            int written = 0;
            for (int size = 1; written < step.Size; size += 13)
            {
                int count = size < step.Size - written ? size : step.Size - written;
                Assert.AreEqual(FlashResult.Ok, files.Write(_data, written, count));
                written += count;
            }

            Assert.AreEqual(FlashResult.Ok, files.Close());
            expectation.Apply(step);
            expectation.Check(files, "pieces");
        }

        // The tallest skips: blocks 4, 8, 16 and 32 begin with more pointers than the others.
        [TestMethod]
        public void LongFilesAreReadFromAnywhere()
        {
            LittleFs files = NewFiles(64, out FlashDevice _);
            byte[] part = new byte[1000];
            for (int i = 0; i < 160; i++)
            {
                for (int k = 0; k < part.Length; k++)
                {
                    part[k] = (byte)i;
                }

                Assert.AreEqual(FlashResult.Ok, files.Append(9, part, 0, part.Length));
            }

            Assert.AreEqual(160000, files.Size(9));
            for (int position = 159999; position >= 0; position -= 997)
            {
                Assert.AreEqual(1, files.Read(9, position, part, 0, 1));
                Assert.AreEqual((byte)(position / 1000), part[0]);
            }

            Assert.AreEqual(0, files.Read(9, 160000, part, 0, 1));
        }

        [TestMethod]
        public void NamesAreListedInOrder()
        {
            LittleFs files = NewFiles(64, out FlashDevice _);
            for (int i = 0; i < 50; i++)
            {
                Assert.AreEqual(FlashResult.Ok, files.Replace((i * 37) % 50, _data, 0, 100));
            }

            int[] names = new int[50];
            Assert.AreEqual(50, files.List(names));
            for (int i = 0; i < 50; i++)
            {
                Assert.AreEqual(i, names[i]);
            }

            Assert.AreEqual(50, files.List(new int[3]));
        }

        [TestMethod]
        public void OneFileIsOpenAtATime()
        {
            LittleFs files = NewFiles(64, out FlashDevice _);

            Assert.AreEqual(FlashResult.Refused, files.Close());
            Assert.AreEqual(FlashResult.Refused, files.Write(_data, 0, 1));
            Assert.AreEqual(FlashResult.Ok, files.OpenReplace(1));
            Assert.AreEqual(FlashResult.Refused, files.OpenReplace(2));
            Assert.AreEqual(FlashResult.Refused, files.OpenAppend(1));
            Assert.AreEqual(FlashResult.Refused, files.Delete(1));
            Assert.AreEqual(FlashResult.Ok, files.Close());
            Assert.AreEqual(FlashResult.Ok, files.Delete(1));
            Assert.AreEqual(FlashResult.NotFound, files.Delete(1));
            Assert.AreEqual(FlashResult.NotFound, files.Size(1));
        }

        [TestMethod]
        public void AFlashThatWasNeverFormattedIsRefused()
        {
            LittleFs files = new LittleFs(new FlashDevice(8, 1, null!));

            Assert.AreEqual(FlashResult.Damaged, files.Mount());
            Assert.AreEqual(FlashResult.Damaged, files.Replace(1, _data, 0, 1));
        }

        [TestMethod]
        public void FormattingForgetsAllFiles()
        {
            LittleFs files = NewFiles(64, out FlashDevice _);
            for (int i = 0; i < 30; i++)
            {
                Assert.AreEqual(FlashResult.Ok, files.Replace(i, _data, 0, 500));
            }

            Assert.AreEqual(FlashResult.Ok, files.Format());
            Assert.AreEqual(0, files.FileCount);
            Assert.AreEqual(FlashResult.Ok, files.CountUsedBlocks(out int used));
            Assert.AreEqual(2, used);
        }

        // 512 bytes are the most that live in the directory's log.
        [TestMethod]
        [DataRow(512, 2)]
        [DataRow(513, 3)]
        [DataRow(4096, 3)]
        [DataRow(4097, 4)]
        public void UsedBlocksAreCounted(int size, int expected)
        {
            LittleFs files = NewFiles(64, out FlashDevice _);
            Assert.AreEqual(FlashResult.Ok, files.Replace(1, _data, 0, size));

            Assert.AreEqual(FlashResult.Ok, files.CountUsedBlocks(out int used));
            Assert.AreEqual(expected, used);
            Assert.AreEqual(FlashResult.Ok, files.Delete(1));
            Assert.AreEqual(FlashResult.Ok, files.CountUsedBlocks(out used));
            Assert.AreEqual(2, used);
        }

        [TestMethod]
        [DataRow(8)]
        [DataRow(20)]
        [DataRow(64)]
        public void AFullFlashRefusesAndKeeps(int blockCount)
        {
            LittleFs files = NewFiles(blockCount, out FlashDevice device);
            FlashExpectation expectation = new FlashExpectation(200);
            FlashStep step = new FlashStep();
            int count = 0;
            int result = FlashResult.Ok;
            while (result == FlashResult.Ok)
            {
                step.Set(FlashStep.Replace, count, 4000, count);
                result = step.Run(files);
                if (result == FlashResult.Ok)
                {
                    expectation.Apply(step);
                    count++;
                }
            }

            Assert.AreEqual(FlashResult.NoSpace, result);
            Assert.AreEqual(blockCount - 2, count);
            step.Set(FlashStep.Replace, count, 0, 0);
            expectation.Apply(step);
            expectation.Check(files, "full");

            // Small files live in the log, which has its blocks; deleting needs none either.
            step.Set(FlashStep.Replace, 199, 100, 1);
            Assert.AreEqual(FlashResult.Ok, step.Run(files));
            expectation.Apply(step);
            for (int i = 0; i < 300; i++)
            {
                step.Set(FlashStep.Replace, 199, 100, i);
                Assert.AreEqual(FlashResult.Ok, step.Run(files));
                expectation.Apply(step);
                step.Set(FlashStep.Append, 1, 100, i);
                Assert.AreEqual(FlashResult.NoSpace, step.Run(files));
            }

            step.Set(FlashStep.Delete, 0, 0, 0);
            Assert.AreEqual(FlashResult.Ok, step.Run(files));
            expectation.Apply(step);
            step.Set(FlashStep.Append, 1, 50, 7);
            Assert.AreEqual(FlashResult.Ok, step.Run(files));
            expectation.Apply(step);
            Assert.AreEqual(FlashResult.Ok, files.Mount());
            expectation.Check(files, "after");
            Assert.AreEqual(0, device.OverwriteCount);
        }

        [TestMethod]
        public void ManySmallFilesFillTheDirectory()
        {
            LittleFs files = NewFiles(10, out FlashDevice _);
            FlashExpectation expectation = new FlashExpectation(200);
            FlashStep step = new FlashStep();
            int refused = 0;
            for (int i = 0; i < 200; i++)
            {
                step.Set(FlashStep.Replace, i, 500, i);
                int result = step.Run(files);
                if (result == FlashResult.Ok)
                {
                    expectation.Apply(step);
                }
                else
                {
                    Assert.AreEqual(FlashResult.NoSpace, result);
                    refused++;
                    if (files.Size(i) == 0)
                    {
                        step.Set(FlashStep.Replace, i, 0, i);
                        expectation.Apply(step);
                    }
                }

                expectation.Check(files, step.Describe());
            }

            Assert.IsTrue(refused > 100, refused.ToString());
            Assert.IsTrue(files.FileCount > 10, files.FileCount.ToString());
            for (int i = 0; i < 200; i++)
            {
                int result = files.Delete(i);
                Assert.IsTrue(result == FlashResult.Ok || result == FlashResult.NotFound);
            }

            Assert.AreEqual(FlashResult.Ok, files.Replace(1, _data, 0, 9000));
        }

        [TestMethod]
        public void TheSameCallsLeaveTheSameBytes()
        {
            FlashWorkload first = new FlashWorkload();
            FlashWorkload second = new FlashWorkload();
            first.Mix(3, 1000);
            second.Mix(3, 1000);
            byte[] bytes = new byte[FlashDevice.BlockSize];
            byte[] others = new byte[FlashDevice.BlockSize];
            for (int block = 0; block < first.Device.BlockCount; block++)
            {
                first.Device.Read(block, 0, bytes, 0, bytes.Length);
                second.Device.Read(block, 0, others, 0, others.Length);
                Assert.AreEqual(first.Device.EraseCountOf(block), second.Device.EraseCountOf(block));
                for (int i = 0; i < bytes.Length; i++)
                {
                    Assert.AreEqual(bytes[i], others[i]);
                }
            }
        }

        private static LittleFs NewFiles(int blockCount, out FlashDevice device)
        {
            device = new FlashDevice(blockCount, 1, null!);
            LittleFs files = new LittleFs(device);
            Assert.AreEqual(FlashResult.Ok, files.Format());
            return files;
        }
    }
}
