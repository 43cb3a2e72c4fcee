using System.Collections.Generic;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>
    /// What messages of QoS 1 wear, everything counted: their commits, the segments, compaction and the removal of segments. A
    /// message has a payload of 64 bytes and a topic of 20 and goes with one commit, besides items that stay: subscriptions and
    /// retained messages.
    /// </summary>
    [TestClass]
    public class JournalWearTests : IJournalOwner
    {
        private const int Messages = 12000;
        private const int BodySize = 64 + 20 + 10;
        private const int Owner = 5;

        // The goal, in 1/10,000.
        private const int ErasesMax = 1500;

        private readonly FlashDevice _device = new FlashDevice(FlashDevice.BlockCountDefault, 1, null);
        private readonly Queue<int> _queue = new Queue<int>();
        private readonly int[] _retained = new int[32];
        private readonly Journal _journal;

        public JournalWearTests()
        {
            _journal = new Journal(new FlashStorage(_device), new JournalLimits { BytesMax = 131072, StageBytesMax = 4096 });
            Assert.AreEqual(MountResult.Ok, _journal.Mount(this));
            _journal.Stamp = 1000000;
            for (int i = 0; i < 64; i++)
            {
                Put(i % 8, 40);
            }

            Commit();
            for (int i = 0; i < _retained.Length; i++)
            {
                _retained[i] = Put(9, 110);
            }

            Commit();
        }

        [TestMethod]
        public void MessagesThatAreAcknowledgedSoon()
        {
            Measure(i =>
            {
                if (_queue.Count == 8)
                {
                    _journal.Delete(_queue.Dequeue(), Owner);
                }
            });
        }

        [TestMethod]
        public void MessagesForASensorThatSleeps()
        {
            Measure(i =>
            {
                while (i % 100 == 0 && _queue.Count > 0)
                {
                    for (int count = 0; count < 10 && _queue.Count > 0; count++)
                    {
                        _journal.Delete(_queue.Dequeue(), Owner);
                    }

                    Commit();
                }
            });
        }

        [TestMethod]
        public void RetainedMessagesThatAreReplaced()
        {
            Measure(i =>
            {
                if (_queue.Count > 0)
                {
                    _journal.Delete(_queue.Dequeue(), Owner);
                }

                // Every tenth commit has one of them besides.
                if (i % 10 == 0)
                {
                    int topic = (i + 1000) / 10 % _retained.Length;
                    _journal.Delete(_retained[topic], 9);
                    _retained[topic] = Put(9, 110);
                }
            });
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            Assert.Fail("the flash was not empty");
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            Assert.Fail("the flash was not empty");
        }

        private void Measure(System.Action<int> prepare)
        {
            for (int i = -1000; i < Messages; i++)
            {
                if (i == 0)
                {
                    _device.ResetCounts();
                }

                prepare(i);
                _queue.Enqueue(Put(Owner, BodySize));
                Commit();
            }

            long erases = _device.EraseCount * 10000 / Messages;
            Assert.IsTrue(erases <= ErasesMax, $"{erases} erases for 10,000 messages");
            Assert.IsTrue(erases > ErasesMax / 2, $"only {erases} erases for 10,000 messages: is everything counted?");
        }

        private void Commit()
        {
            _journal.Stamp++;
            Assert.AreEqual(StorageResult.Ok, _journal.Commit());
            while (_journal.Compact(4096))
            {
            }
        }

        private int Put(int owner, int size)
        {
            int item = _journal.BeginPut(RecordType.ItemMin, owner, size, out _, out _);
            _journal.EndPut();
            return item;
        }
    }
}
