using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>The tables in memory, where they come to their bounds: of 32 bits, of arrays, of places that are used again.</summary>
    [TestClass]
    public class TableTests
    {
        [TestMethod]
        public void IdsBeyond32BitsAreKept()
        {
            ItemTable items = new ItemTable();
            int[] handles = new int[60];
            for (int i = 0; i < handles.Length; i++)
            {
                handles[i] = items.Add(IdOf(i), i, 10);
            }

            items.Remove(handles[3]);
            handles[3] = items.Add(7, 3, 10);
            for (int i = 0; i < handles.Length; i++)
            {
                Assert.AreEqual(i == 3 ? 7 : IdOf(i), items.Id(handles[i]));
                Assert.AreEqual(i, items.Address(handles[i]));
            }

            Assert.AreEqual(60, items.Count);
        }

        [TestMethod]
        public void AnIndexFindsWhatIsInItAndNothingElse()
        {
            ItemTable items = new ItemTable();
            IdIndex index = new IdIndex(items);
            int[] handles = new int[500];
            for (int round = 0; round < 20; round++)
            {
                for (int i = 0; i < handles.Length; i++)
                {
                    handles[i] = items.Add((round * 1000L) + i + 1, 0, 1);
                    index.Add(handles[i]);
                }

                // Every other first, so that there are gaps in front of what is searched for.
                for (int i = 0; i < handles.Length; i += 2)
                {
                    index.Remove(items.Id(handles[i]));
                }

                for (int i = 0; i < handles.Length; i++)
                {
                    Assert.AreEqual(i % 2 == 0 ? ItemTable.None : handles[i], index.Find((round * 1000L) + i + 1));
                }

                for (int i = 0; i < handles.Length; i++)
                {
                    index.Remove(items.Id(handles[i]));
                    items.Remove(handles[i]);
                }

                Assert.AreEqual(ItemTable.None, index.Find((round * 1000L) + 1));
            }
        }

        [TestMethod]
        public void AddressesOfALogThatWasLongerThan32BitsAreFound()
        {
            const int Size = 100000000;
            SegmentTable segments = new SegmentTable(1);
            segments.Start(7, 1);
            for (int i = 0; i < 100; i++)
            {
                segments.Grow(Size);
                segments.AddLive(segments.End - 1, 5);
                segments.Add(i + 2);
                if (segments.Count > 10)
                {
                    segments.AddLive(segments.AddressOf(segments.Oldest), -5);
                    segments.RemoveOldest();
                }
            }

            Assert.AreEqual(9 * Size, segments.Bytes);
            Assert.AreEqual(45L, segments.LiveBytes);
            for (int number = segments.Oldest; number < segments.Newest; number++)
            {
                int address = segments.AddressOf(number);
                Assert.AreEqual(number, segments.Find(address));
                Assert.AreEqual(number, segments.Find(address + Size - 1));
                Assert.AreEqual(5, segments.Live(number));
                Assert.AreEqual(number - 6, segments.FirstSequence(number, 101));
            }
        }

        [TestMethod]
        public void RoomIsCountedInWholeUnits()
        {
            SegmentTable segments = new SegmentTable(4096);
            segments.Start(0, 1);
            segments.Grow(100);
            Assert.AreEqual(4096, segments.Bytes);
            segments.Grow(3996);
            Assert.AreEqual(4096, segments.Bytes);
            segments.Grow(1);
            Assert.AreEqual(8192, segments.Bytes);
            segments.Add(2);
            segments.Grow(600);
            Assert.AreEqual(12288, segments.Bytes);
            segments.RemoveOldest();
            Assert.AreEqual(4096, segments.Bytes);
        }

        [TestMethod]
        public void OwnersAreForgottenWithTheirLastItem()
        {
            OwnerTable owners = new OwnerTable();
            for (int owner = 0; owner < 300; owner++)
            {
                owners.Add(owners.FindOrAdd(owner * 64), owner + 1);
            }

            for (int owner = 0; owner < 300; owner += 3)
            {
                owners.Remove(owners.Find(owner * 64), owner + 1);
                owners.Settle(owners.Find(owner * 64));
            }

            int digest = owners.Digest(owners.Find(64));
            for (int round = 0; round < 2; round++)
            {
                for (int owner = 0; owner < 300; owner++)
                {
                    Assert.AreEqual(owner % 3 == 0, owners.Find(owner * 64) == OwnerTable.None, "owner " + owner);
                }

                Assert.AreEqual(digest, owners.Digest(owners.Find(64)));
                owners.Tidy();
            }

            Assert.AreEqual(200, owners.End);
        }

        [TestMethod]
        public void ArraysGrowByEighthsAndThenByDoubling()
        {
            Assert.AreEqual(22, Growth.Next(16));
            Assert.AreEqual(1154, Growth.Next(1023));
            Assert.AreEqual(2048, Growth.Next(1024));
            Assert.AreEqual(4, Growth.Next(0));
        }

        private static long IdOf(int i)
        {
            return i < 30 ? i + 1 : 0x100000000L + i;
        }
    }
}
