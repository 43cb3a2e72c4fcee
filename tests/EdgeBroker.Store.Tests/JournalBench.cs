using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>Mounts journals, and notes what they show.</summary>
    internal sealed class JournalBench : IJournalOwner
    {
        /// <summary>Items that the last mount has shown.</summary>
        public int Shown { get; private set; }

        /// <summary>The id of the last of them.</summary>
        public long IdShown { get; private set; }

        /// <summary>Owners that all mounts have told of as lost.</summary>
        public int Lost { get; private set; }

        /// <summary>Bounds that a test comes to.</summary>
        public static JournalLimits Limits()
        {
            JournalLimits limits = new JournalLimits();
            limits.BytesMax = 60000;
            limits.StageBytesMax = 1000;
            limits.SegmentSize = 1500;
            limits.TailSize = 200;
            limits.TailCount = 6;
            return limits;
        }

        /// <summary>Stages an item of zeros.</summary>
        /// <returns>The item.</returns>
        public static int Put(Journal journal, int owner, int size)
        {
            byte[] buffer;
            int offset;
            int item = journal.BeginPut(RecordType.ItemMin, owner, size, out buffer, out offset);
            journal.EndPut();
            return item;
        }

        /// <summary>Mounts a journal, of which nothing is lost.</summary>
        public Journal Open(FakeStorage storage)
        {
            return Open(storage, 0);
        }

        /// <summary>Mounts a journal, of which nothing is lost.</summary>
        /// <param name="storage">Where it is.</param>
        /// <param name="salt">Its salt, should it be new.</param>
        public Journal Open(FakeStorage storage, int salt)
        {
            Journal journal = new Journal(storage, Limits());
            journal.Salt = salt;
            Shown = 0;
            int lost = Lost;
            Assert.AreEqual(MountResult.Ok, journal.Mount(this));
            Assert.AreEqual(lost, Lost);
            return journal;
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            Shown++;
            IdShown = id;
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            Lost++;
        }
    }
}
