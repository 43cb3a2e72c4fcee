using System;
using EdgeBroker.Store;
using EdgeBroker.Store.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>A journal on a storage under test, and the model of what it has to hold.</summary>
    public sealed class JournalRun
    {
        private const int Owners = 4;

        // More than these the model does not hold.
        private const int ItemsMax = 3900;

        private readonly JournalModel _model = new JournalModel();
        private Journal? _journal;
        private int _random;

        /// <summary>Makes one whose changes follow from a seed.</summary>
        public JournalRun(int seed)
        {
            _random = seed;
        }

        /// <summary>Whether compaction has removed segments.</summary>
        public bool DeletedSegments { get; private set; }

        /// <summary>Opens the journal.</summary>
        /// <returns>A <see cref="MountResult"/>.</returns>
        public int TryMount(IStorage storage)
        {
            JournalLimits limits = new JournalLimits
            {
                BytesMax = 60000, StageBytesMax = 1000, SegmentSize = 1500, TailSize = 480, TailCount = 3,
            };
            return TryMount(storage, limits);
        }

        /// <summary>Opens the journal with other bounds.</summary>
        /// <returns>A <see cref="MountResult"/>.</returns>
        public int TryMount(IStorage storage, JournalLimits limits)
        {
            _journal = new Journal(storage, limits);
            _model.BeginMount();
            return _journal.Mount(_model);
        }

        /// <summary>Compares what the mount has shown with what was committed, or was to be when the power went.</summary>
        /// <returns>What is wrong, or null.</returns>
        public string? Check()
        {
            return _model.Check(true);
        }

        /// <summary>Opens the journal and compares what it shows.</summary>
        public void Mount(IStorage storage)
        {
            Assert.AreEqual(MountResult.Ok, TryMount(storage));
            Assert.IsNull(_model.Check(false));
        }

        /// <summary>Puts items and ends others, in as many commits.</summary>
        public void Change(int commits)
        {
            for (int i = 0; i < commits; i++)
            {
                Assert.AreEqual(StorageResult.Ok, ChangeOnce());
            }
        }

        /// <summary>The same as long as there is power.</summary>
        public void ChangeWhile(Func<bool> isPowered, int commitsMax)
        {
            for (int i = 0; i < commitsMax && isPowered() && _model.End < ItemsMax; i++)
            {
                int result = ChangeOnce();
                Assert.IsTrue(result == StorageResult.Ok || !isPowered(), "a commit failed with the power on: " + result);
            }
        }

        private int ChangeOnce()
        {
            Put();
            Put();
            Delete();
            int result = _journal!.Commit();
            if (result == StorageResult.Ok)
            {
                _model.Commit();
                int before = _journal.SegmentCount;
                _journal.Compact(300);
                DeletedSegments |= _journal.SegmentCount < before;
            }

            return result;
        }

        private int Next(int bound)
        {
            _random = (_random * 1103515245) + 12345;
            return ((_random >> 16) & 0x7FFF) % bound;
        }

        private void Put()
        {
            byte[] body = JournalModel.Body(_model.End);
            Assert.IsTrue(_journal!.HasRoom(1, body.Length, 1));
            int owner = Next(Owners);
            int item = _journal.BeginPut(RecordType.ItemMin + owner, owner, body.Length, out byte[] buffer, out int offset);
            Array.Copy(body, 0, buffer, offset, body.Length);
            _journal.EndPut();
            _model.Put(item, owner);
        }

        // Most of what is put ends soon, as messages do.
        private void Delete()
        {
            for (int number = 1; number < _model.End; number++)
            {
                if (_model.IsLive(number) && Next(8) != 0)
                {
                    _journal!.Delete(_model.Item[number], _model.Owner(number));
                    _model.Delete(number);
                    if (Next(2) == 0)
                    {
                        return;
                    }
                }
            }
        }
    }
}
