using EdgeBroker.Delivery;
using EdgeBroker.Memory;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Keeping
{
    /// <summary>Messages in blocks, in one piece or scattered.</summary>
    [TestClass]
    public class MessagePoolTests
    {
        private const int BlockSize = 32;
        private const int Blocks = 60;
        private const int Places = 24;
        private const int SizeMax = 200;
        private const int Steps = 3000;

        // With messages of all sizes that come and go in no order, free blocks are soon scattered over the slabs.
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void MessagesOfAllSizesAreAsTheyWereKept(int seed)
        {
            MessagePool pool = new MessagePool(Blocks * BlockSize, BlockSize);
            Publication publication = new Publication();
            int[] messages = new int[Places];
            int[] sizes = new int[Places];
            int refused = 0;
            int random = seed;
            for (int i = 0; i < Steps; i++)
            {
                random = random * 1103515245 + 12345;
                int place = (random >> 16 & 0x7FFF) % Places;
                if (sizes[place] > 0)
                {
                    AssertShown(pool, messages[place], sizes[place], place);
                    pool.Release(messages[place]);
                    sizes[place] = 0;
                    continue;
                }

                random = random * 1103515245 + 12345;
                int size = 3 + (random >> 16 & 0x7FFF) % SizeMax;
                Show(publication, size, place);
                bool hasRoom = pool.HasRoom(size);
                messages[place] = pool.Add(publication);
                Assert.AreEqual(hasRoom, messages[place] != MessagePool.None);
                sizes[place] = hasRoom ? size : 0;
                refused += hasRoom ? 0 : 1;
            }

            int kept = 0;
            for (int place = 0; place < Places; place++)
            {
                kept += sizes[place] > 0 ? 1 : 0;
            }

            Assert.AreEqual(kept, pool.Count);
            for (int place = 0; place < Places; place++)
            {
                if (sizes[place] > 0)
                {
                    AssertShown(pool, messages[place], sizes[place], place);
                    pool.Release(messages[place]);
                    kept--;
                    Assert.AreEqual(kept, pool.Count);
                }
            }

            Assert.IsTrue(refused > 0, "the pool never was full");
            Assert.AreEqual(0L, pool.BytesInUse);
        }

        // A Topic Name, properties and a payload that tell the place and where in the message they are.
        private static void Show(Publication publication, int size, int place)
        {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++)
            {
                bytes[i] = (byte)(place * 7 + i);
            }

            publication.Show(bytes, 0, size / 3, size / 4, size - (size / 3) - (size / 4));
            publication.QoS = place % 3;
        }

        private static void AssertShown(MessagePool pool, int message, int size, int place)
        {
            Publication shown = new Publication();
            Assert.IsTrue(pool.Load(message, shown));
            Assert.AreEqual(place % 3, shown.QoS);
            Assert.AreEqual(size / 3, shown.TopicLength);
            Assert.AreEqual(size / 4, shown.PropertiesLength);
            Assert.AreEqual(size, shown.Size);
            byte[] copy = new byte[size];
            pool.Copy(message, 0, size, copy, 0);
            for (int i = 0; i < size; i++)
            {
                Assert.AreEqual((byte)(place * 7 + i), shown.Buffer[shown.TopicOffset + i]);
                Assert.AreEqual((byte)(place * 7 + i), copy[i]);
            }
        }
    }
}
