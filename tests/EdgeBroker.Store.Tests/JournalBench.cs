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
        /// <summary>The bounds of journals that are opened.</summary>
        public JournalLimits Bounds { get; } = Limits();

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

        /// <summary>Stages an item of the first owner whose bytes tell which it is.</summary>
        /// <returns>The item.</returns>
        public static int PutFilled(Journal journal, int size, int value)
        {
            byte[] buffer;
            int offset;
            int item = journal.BeginPut(RecordType.ItemMin, 1, size, out buffer, out offset);
            for (int i = 0; i < size; i++)
            {
                buffer[offset + i] = (byte)(value + i);
            }

            journal.EndPut();
            return item;
        }

        /// <summary>Checks the bytes of such an item.</summary>
        public static void CheckFilled(Journal journal, int item, int size, int value)
        {
            byte[] record = new byte[journal.SizeOf(item) + 3];
            int offset;
            Assert.AreEqual(size, journal.Read(item, record, 3, out offset));
            for (int i = 0; i < size; i++)
            {
                Assert.AreEqual((byte)(value + i), record[offset + i]);
            }
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
            Journal journal = new Journal(storage, Bounds);
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
