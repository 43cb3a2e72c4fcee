using EdgeBroker.Store;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Store.Tests
{
    /// <summary>Payloads that look like frames, where the bytes around them are torn or damaged.</summary>
    [TestClass]
    public class SaltTests
    {
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
            JournalBench bench = new JournalBench();
            FakeStorage forger = new FakeStorage(true);
            Journal journal = bench.Open(forger, 0);
            Put(journal, new byte[10]);
            Put(journal, new byte[10]);
            journal.Commit();

            FakeStorage storage = new FakeStorage(true);
            journal = bench.Open(storage, salt);
            Assert.AreEqual(salt, journal.Salt);
            Put(journal, forger.GetFile(FileNumbers.FirstSegment));
            journal.Commit();

            // Torn before its end.
            byte[] whole = storage.GetFile(FileNumbers.FirstSegment);
            byte[] torn = new byte[whole.Length - 1];
            System.Array.Copy(whole, 0, torn, 0, torn.Length);
            storage.SetFile(FileNumbers.FirstSegment, torn);
            journal = bench.Open(storage, 99);
            Assert.AreEqual(salt, journal.Salt);
            Assert.AreEqual(shown, bench.Shown);
        }

        private static void Put(Journal journal, byte[] body)
        {
            byte[] buffer;
            int offset;
            journal.BeginPut(RecordType.ItemMin, 1, body.Length, out buffer, out offset);
            System.Array.Copy(body, 0, buffer, offset, body.Length);
            journal.EndPut();
        }
    }
}
