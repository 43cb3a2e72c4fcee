using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Store.Tests
{
    /// <summary>Payloads that look like frames, where the bytes around them are torn or damaged.</summary>
    [TestClass]
    public class SaltTests : IJournalOwner
    {
        private int _shown;

        [TestMethod]
        public void ChecksumsAreTheStandards()
        {
            byte[] text = new byte[9];
            for (int i = 0; i < 9; i++)
            {
                text[i] = (byte)('1' + i);
            }

            Assert.AreEqual(unchecked((int)0xCBF43926), new Crc32(4).Compute(text, 0, 9));
            Assert.AreEqual(unchecked((int)0xCBF43926), new Crc32(8).Compute(text, 0, 9));
            Crc32 salted = new Crc32(8);
            salted.Salt = 12345;
            Assert.AreNotEqual(unchecked((int)0xCBF43926), salted.Compute(text, 0, 9));
        }

        // The first journal has no salt, so what it writes is what everybody could.
        [TestMethod]
        [DataRow(0, 2)]
        [DataRow(12345, 0)]
        public void APayloadPassesForAFrameOnlyWithoutASalt(int salt, int shown)
        {
            FakeStorage forger = new FakeStorage(true);
            Journal journal = Mount(forger, 0);
            Put(journal, new byte[10]);
            Put(journal, new byte[10]);
            journal.Commit();

            FakeStorage storage = new FakeStorage(true);
            journal = Mount(storage, salt);
            Assert.AreEqual(salt, journal.Salt);
            Put(journal, forger.GetFile(FileNumbers.FirstSegment));
            journal.Commit();

            // Torn before its end.
            byte[] whole = storage.GetFile(FileNumbers.FirstSegment);
            byte[] torn = new byte[whole.Length - 1];
            System.Array.Copy(whole, 0, torn, 0, torn.Length);
            storage.SetFile(FileNumbers.FirstSegment, torn);
            journal = Mount(storage, 99);
            Assert.AreEqual(salt, journal.Salt);
            Assert.AreEqual(shown, _shown);
        }

        /// <inheritdoc/>
        public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
        {
            _shown++;
        }

        /// <inheritdoc/>
        public void OnOwnerLost(int owner)
        {
            Assert.Fail("lost");
        }

        private static void Put(Journal journal, byte[] body)
        {
            byte[] buffer;
            int offset;
            journal.BeginPut(RecordType.ItemMin, 1, body.Length, out buffer, out offset);
            System.Array.Copy(body, 0, buffer, offset, body.Length);
            journal.EndPut();
        }

        private Journal Mount(FakeStorage storage, int salt)
        {
            Journal journal = new Journal(storage, JournalTests.Limits());
            journal.Salt = salt;
            _shown = 0;
            Assert.AreEqual(MountResult.Ok, journal.Mount(this));
            return journal;
        }
    }
}
