using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Store.Tests
{
    /// <summary>The journal against an independent model, with the power cut at every operation.</summary>
    [TestClass]
    public class JournalTests
    {
        private const int Owners = 5;

        private int _random;
        private int _putsOf20 = 10;
        private bool _endsOwners = true;

        [TestMethod]
        public void EveryCutLeavesTheStateBeforeOrAfterTheCommitWhenAppending()
        {
            CutEverywhere(true, 1);
        }

        [TestMethod]
        public void EveryCutLeavesTheStateBeforeOrAfterTheCommitWithTailFiles()
        {
            CutEverywhere(false, 2);
        }

        [TestMethod]
        public void LongRunsOfCutsLoseNothingWhenAppending()
        {
            for (int seed = 1; seed <= 20; seed++)
            {
                RunWithCuts(true, seed);
            }
        }

        [TestMethod]
        public void LongRunsOfCutsLoseNothingWithTailFiles()
        {
            for (int seed = 1; seed <= 20; seed++)
            {
                RunWithCuts(false, seed);
            }
        }

        [TestMethod]
        public void FailedCommitsAreMadeUpForByTheNext()
        {
            for (int seed = 1; seed <= 20; seed++)
            {
                _random = seed;
                FakeStorage storage = new FakeStorage(seed % 2 == 0);
                JournalModel model = new JournalModel();
                Journal journal = Open(storage, model, false, "seed " + seed);
                for (int i = 0; i < 150; i++)
                {
                    Change(journal, model);
                    storage.Failing = Next(4) == 0 ? (Next(2) == 0 ? StorageResult.Failed : StorageResult.Full) : 0;
                    storage.FailsAfterwards = Next(2) == 0;
                    if (journal.Commit() == StorageResult.Ok)
                    {
                        model.Commit();
                    }

                    storage.Failing = 0;
                    ReadOne(journal, model);
                }

                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                model.Commit();
                Open(storage, model, false, "seed " + seed);
            }
        }

        [TestMethod]
        public void CompactionKeepsTheBytesWithinTheBoundAndTheItems()
        {
            _random = 7;
            _putsOf20 = 12;
            _endsOwners = false;
            FakeStorage storage = new FakeStorage(false);
            JournalModel model = new JournalModel();
            Journal journal = Open(storage, model, false, "start");
            int copied = 0;
            for (int i = 0; i < 3000 && model.End < 3900; i++)
            {
                Change(journal, model);
                Assert.AreEqual(StorageResult.Ok, journal.Commit());
                model.Commit();
                while (journal.Compact(300))
                {
                    copied++;
                    ReadOne(journal, model);
                }

                Assert.IsTrue(journal.Bytes <= JournalBench.Limits().BytesMax, "it grows: " + journal.Bytes);
            }

            Assert.IsTrue(copied > 20, "nothing was copied in more than one step: " + copied);
            Assert.IsTrue(journal.LiveBytes > 15000, "there is little to keep: " + journal.LiveBytes);
            Open(storage, model, false, "end");
        }

        private static Journal Open(FakeStorage storage, JournalModel model, bool mayBeStaged, string where)
        {
            Journal journal = new Journal(storage, JournalBench.Limits());
            model.BeginMount();
            int result = journal.Mount(model);
            if (storage.IsOff)
            {
                return null;
            }

            Assert.AreEqual(MountResult.Ok, result, where);
            Assert.AreEqual(null, model.Check(mayBeStaged), where);
            return journal;
        }

        private int Next(int bound)
        {
            _random = (_random * 1103515245) + 12345;
            return ((_random >> 16) & 0x7FFF) % bound;
        }

        private void Change(Journal journal, JournalModel model)
        {
            int count = 1 + Next(3);
            for (int i = 0; i < count; i++)
            {
                int kind = Next(20);
                if (kind < _putsOf20)
                {
                    Put(journal, model);
                }
                else if (kind < 19 || !_endsOwners)
                {
                    DeleteOne(journal, model);
                }
                else
                {
                    EndOwner(journal, model);
                }
            }
        }

        private void Put(Journal journal, JournalModel model)
        {
            int owner = Next(Owners);
            byte[] body = JournalModel.Body(model.End);
            int room = journal.Room - Journal.ItemMax;
            Assert.IsTrue(room < 0 || (journal.HasRoom(1, room, 1) && !journal.IsOverQuota(room)), "no room for " + room);
            if (!journal.HasRoom(1, body.Length, 1) || journal.IsOverQuota(body.Length))
            {
                return;
            }

            byte[] buffer;
            int offset;
            int item = journal.BeginPut(RecordType.ItemMin + owner, owner, body.Length, out buffer, out offset);
            System.Array.Copy(body, 0, buffer, offset, body.Length);
            journal.EndPut();
            model.Put(item, owner);
        }

        private void ReadOne(Journal journal, JournalModel model)
        {
            int number = Next(model.End);
            if (number == 0 || !model.IsLive(number))
            {
                return;
            }

            byte[] body = JournalModel.Body(number);
            byte[] record = new byte[journal.SizeOf(model.Item[number])];
            int offset;
            Assert.AreEqual(body.Length, journal.Read(model.Item[number], record, 0, out offset), "item " + number);
            for (int i = 0; i < body.Length; i++)
            {
                Assert.AreEqual(body[i], record[offset + i], "item " + number);
            }
        }

        private void DeleteOne(Journal journal, JournalModel model)
        {
            int start = Next(model.End);
            for (int i = 0; i < model.End; i++)
            {
                int number = (start + i) % model.End;
                if (model.IsLive(number))
                {
                    journal.Delete(model.Item[number], model.Owner(number));
                    model.Delete(number);
                    return;
                }
            }
        }

        private void EndOwner(Journal journal, JournalModel model)
        {
            int owner = Next(Owners);
            journal.EndOwner(owner);
            for (int number = 1; number < model.End; number++)
            {
                if (model.IsLive(number) && model.Owner(number) == owner)
                {
                    journal.Release(model.Item[number]);
                    model.Delete(number);
                }
            }
        }

        // The same short run again and again, cut one operation later each time, in each of the three ways.
        private void CutEverywhere(bool append, int seed)
        {
            bool reached = true;
            for (int operation = 0; reached; operation++)
            {
                for (int kind = 0; kind < 3; kind++)
                {
                    _random = seed;
                    FakeStorage storage = new FakeStorage(append);
                    JournalModel model = new JournalModel();
                    storage.CutAfter(operation, kind);
                    Run(storage, model, 60, "operation " + operation + " kind " + kind);
                    reached = storage.IsOff;
                    storage.PowerOn();
                    Open(storage, model, true, "operation " + operation + " kind " + kind);
                }
            }
        }

        private void RunWithCuts(bool append, int seed)
        {
            _random = seed;
            FakeStorage storage = new FakeStorage(append);
            JournalModel model = new JournalModel();
            for (int round = 0; round < 25; round++)
            {
                storage.CutAfter(Next(40), Next(3));
                Run(storage, model, 40, "seed " + seed + " round " + round);
                storage.PowerOn();
            }
        }

        private void Run(FakeStorage storage, JournalModel model, int steps, string where)
        {
            Journal journal = Open(storage, model, true, where);
            for (int i = 0; i < steps && !storage.IsOff && journal != null; i++)
            {
                Change(journal, model);
                if (journal.Commit() == StorageResult.Ok)
                {
                    model.Commit();
                }

                if (!storage.IsOff)
                {
                    journal.Compact(200);
                }
            }
        }
    }
}
