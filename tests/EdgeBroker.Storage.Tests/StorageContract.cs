using System;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>What every implementation of the port promises to the journal.</summary>
    public abstract class StorageContract
    {
        // The format, the first and the last tail file, the first segment, and others.
        private protected static readonly int[] s_files = { 0, 1, 12, 99, 100, 101, 1234, 1234567 };

        private IStorage? _storage;

        private protected IStorage Storage => _storage!;

        [TestInitialize]
        public void Initialize()
        {
            Prepare();
            _storage = Open();
        }

        [TestCleanup]
        public void Cleanup()
        {
            (_storage as IDisposable)?.Dispose();
            Clean();
        }

        [TestMethod]
        public void AnEmptyStorageHasNoFiles()
        {
            Assert.AreEqual(0, Storage.List(new int[4]));
            foreach (int file in s_files)
            {
                AssertMissing(file);
            }
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(511)]
        [DataRow(512)]
        [DataRow(513)]
        [DataRow(4096)]
        [DataRow(10007)]
        public void WhatIsWrittenIsReadAndIsThereAfterwards(int size)
        {
            foreach (int file in s_files)
            {
                Write(file, Pattern(size, file));
            }

            for (int round = 0; round < 2; round++)
            {
                AssertFiles(s_files);
                foreach (int file in s_files)
                {
                    AssertFile(file, Pattern(size, file));
                }

                Reopen();
            }
        }

        [TestMethod]
        public void OnlyTheBytesAskedForAreWritten()
        {
            byte[] buffer = Pattern(20, 1);
            Assert.AreEqual(StorageResult.Ok, Storage.Write(100, buffer, 5, 3));
            Assert.AreEqual(StorageResult.Ok, Storage.Append(100, buffer, 11, 2));
            Assert.AreEqual(StorageResult.Ok, Storage.Append(101, buffer, 19, 1));
            AssertFile(100, new[] { buffer[5], buffer[6], buffer[7], buffer[11], buffer[12] });
            AssertFile(101, new[] { buffer[19] });
        }

        [TestMethod]
        public void OnlyTheBytesAskedForAreRead()
        {
            byte[] content = Pattern(700, 1);
            Write(100, content);
            byte[] buffer = new byte[10];
            Assert.AreEqual(4, Storage.Read(100, 600, buffer, 3, 4));
            AssertBytes(
                new byte[] { 0, 0, 0, content[600], content[601], content[602], content[603], 0, 0, 0 }, buffer, buffer.Length);
            Assert.AreEqual(0, Storage.Read(100, 0, buffer, 0, 0));
        }

        [TestMethod]
        [DataRow(30)]
        [DataRow(3000)]
        public void ReadingEndsAtTheEnd(int size)
        {
            byte[] content = Pattern(size, 1);
            Write(100, content);
            byte[] buffer = new byte[10];
            Assert.AreEqual(2, Storage.Read(100, size - 2, buffer, 0, 10));
            AssertBytes(new byte[] { content[size - 2], content[size - 1], 0, 0 }, buffer, 4);
            Assert.AreEqual(0, Storage.Read(100, size, buffer, 0, 10));
            Assert.AreEqual(0, Storage.Read(100, size + 1, buffer, 0, 10));
            Assert.AreEqual(0, Storage.Read(100, size + 5000, buffer, 0, 10));
        }

        [TestMethod]
        public void WritingReplacesAll()
        {
            int[] sizes = { 40, 400, 3, 5000, 100, 4999, 0, 12 };
            for (int i = 0; i < sizes.Length; i++)
            {
                byte[] content = Pattern(sizes[i], i);
                Write(7, content);
                AssertFile(7, content);
                Reopen();
                AssertFile(7, content);
            }

            AssertFiles(7);
        }

        [TestMethod]
        public void AppendingMakesAFileAndAddsToIt()
        {
            byte[] content = Pattern(9000, 1);
            int[] counts = { 1, 100, 411, 1, 600, 3000, 887, 4000 };
            int size = 0;
            foreach (int count in counts)
            {
                Assert.AreEqual(StorageResult.Ok, Storage.Append(100, content, size, count));
                size += count;
                AssertFile(100, content.AsSpan(0, size).ToArray());
            }

            Reopen();
            AssertFile(100, content);
            Assert.AreEqual(StorageResult.Ok, Storage.Append(100, content, 0, 10));
            Assert.AreEqual(9010, Storage.Size(100));
        }

        [TestMethod]
        public void AppendingNothingMakesAnEmptyFile()
        {
            Assert.AreEqual(StorageResult.Ok, Storage.Append(100, new byte[1], 0, 0));
            AssertFile(100, Array.Empty<byte>());
            Reopen();
            AssertFile(100, Array.Empty<byte>());
        }

        [TestMethod]
        public void AppendsGoToTheirFilesInTurn()
        {
            byte[] content = Pattern(600, 3);
            for (int i = 0; i < content.Length; i += 60)
            {
                Assert.AreEqual(StorageResult.Ok, Storage.Append(100, content, i, 60));
                Assert.AreEqual(StorageResult.Ok, Storage.Append(101, content, i + 30, 30));
            }

            AssertFile(100, content);
            Assert.AreEqual(300, Storage.Size(101));
        }

        [TestMethod]
        public void AppendingFollowsWhatWasWritten()
        {
            Write(100, Pattern(1000, 1));
            Append(100, Pattern(10, 2));
            Assert.AreEqual(1010, Storage.Size(100));
            Write(100, Pattern(20, 3));
            AssertFile(100, Pattern(20, 3));
            Append(100, Pattern(10, 4));
            Assert.AreEqual(30, Storage.Size(100));
            byte[] end = new byte[10];
            Assert.AreEqual(10, Storage.Read(100, 20, end, 0, 10));
            AssertBytes(Pattern(10, 4), end, 10);
        }

        [TestMethod]
        public void WhatIsDeletedIsGone()
        {
            foreach (int file in s_files)
            {
                Append(file, Pattern(100, file));
            }

            foreach (int file in s_files)
            {
                Assert.AreEqual(StorageResult.Ok, Storage.Delete(file));
                AssertMissing(file);
            }

            Assert.AreEqual(0, Storage.List(new int[4]));
            Reopen();
            Assert.AreEqual(0, Storage.List(new int[4]));
            Append(100, Pattern(5, 9));
            AssertFile(100, Pattern(5, 9));
        }

        [TestMethod]
        public void WhatIsDeletedBeginsAnew()
        {
            Append(100, Pattern(100, 1));
            Assert.AreEqual(StorageResult.Ok, Storage.Delete(100));
            Append(100, Pattern(50, 2));
            AssertFile(100, Pattern(50, 2));
            Write(101, Pattern(100, 1));
            AssertFile(101, Pattern(100, 1));
            Assert.AreEqual(StorageResult.Ok, Storage.Delete(101));
            Write(101, Pattern(50, 3));
            Reopen();
            AssertFile(100, Pattern(50, 2));
            AssertFile(101, Pattern(50, 3));
        }

        [TestMethod]
        public void ListingCountsMoreThanFit()
        {
            Write(5, Pattern(1, 0));
            Write(100, Pattern(1, 0));
            Write(105, Pattern(1, 0));
            int[] two = { -1, -1 };
            Assert.AreEqual(3, Storage.List(two));
            Assert.AreNotEqual(-1, two[1]);
            Assert.AreEqual(3, Storage.List(Array.Empty<int>()));
        }

        [TestMethod]
        public void ThereMayBeManyFiles()
        {
            int[] files = new int[150];
            for (int i = 0; i < files.Length; i++)
            {
                files[i] = i < 50 ? i : 50 + i;
                Write(files[i], Pattern(10 + (i % 20), i));
            }

            Reopen();
            AssertFiles(files);
            for (int i = 0; i < files.Length; i++)
            {
                AssertFile(files[i], Pattern(10 + (i % 20), i));
            }

            for (int i = 0; i < files.Length; i += 2)
            {
                Assert.AreEqual(StorageResult.Ok, Storage.Delete(files[i]));
            }

            Assert.AreEqual(75, Storage.List(files));
        }

        [TestMethod]
        public void SettingAsideLeavesAnEmptyStorage()
        {
            for (int round = 0; round < 4; round++)
            {
                Write(0, Pattern(8, round));
                Write(1, Pattern(300, round));
                Append(100 + round, Pattern(3000, round));
                Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
                Assert.AreEqual(0, Storage.List(new int[4]));
                AssertMissing(0);
                AssertMissing(100 + round);
                if (round != 1)
                {
                    Reopen();
                }

                Assert.AreEqual(0, Storage.List(new int[4]));
                AssertMissing(1);
            }

            Append(103, Pattern(5, 9));
            AssertFile(103, Pattern(5, 9));
            AssertFiles(103);
        }

        [TestMethod]
        public void SettingAsideNothingIsNoFault()
        {
            Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
            Assert.AreEqual(0, Storage.List(new int[4]));
        }

        [TestMethod]
        public void AJournalKeepsWhatItCommitted()
        {
            JournalRun run = new JournalRun(3);
            for (int round = 0; round < 6; round++)
            {
                run.Mount(Storage);
                run.Change(60);
                Reopen();
            }

            run.Mount(Storage);
            Assert.IsTrue(run.DeletedSegments, "compaction has removed nothing");
        }

        [TestMethod]
        public void AJournalOfAnotherFormatIsSetAside()
        {
            Write(0, Pattern(8, 1));
            Write(100, Pattern(800, 1));
            JournalRun run = new JournalRun(4);
            Assert.AreEqual(MountResult.UnknownFormat, run.TryMount(Storage));
            Assert.AreEqual(StorageResult.Ok, Storage.SetAside());
            run.Mount(Storage);
            run.Change(5);
            Reopen();
            run.Mount(Storage);
        }

        /// <summary>Makes what is opened.</summary>
        private protected abstract void Prepare();

        /// <summary>Opens the storage as a program does that starts.</summary>
        private protected abstract IStorage Open();

        /// <summary>Takes away what <see cref="Prepare"/> made.</summary>
        private protected virtual void Clean()
        {
        }

        private protected void Reopen()
        {
            (_storage as IDisposable)?.Dispose();
            _storage = Open();
        }

        private protected static byte[] Pattern(int size, int seed)
        {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++)
            {
                bytes[i] = (byte)((i * 7) + (i >> 8) + (seed * 31) + 1);
            }

            return bytes;
        }

        private protected void Write(int file, byte[] content)
        {
            Assert.AreEqual(StorageResult.Ok, Storage.Write(file, content, 0, content.Length), "file " + file);
        }

        private protected void Append(int file, byte[] content)
        {
            Assert.AreEqual(StorageResult.Ok, Storage.Append(file, content, 0, content.Length), "file " + file);
        }

        private protected void AssertFile(int file, byte[] expected)
        {
            Assert.AreEqual(expected.Length, Storage.Size(file), "size of file " + file);
            byte[] buffer = new byte[expected.Length + 5];
            Assert.AreEqual(expected.Length, Storage.Read(file, 0, buffer, 0, buffer.Length), "file " + file);
            AssertBytes(expected, buffer, expected.Length);
        }

        private protected void AssertFiles(params int[] expected)
        {
            int[] files = new int[expected.Length + 5];
            Assert.AreEqual(expected.Length, Storage.List(files));
            int[] sorted = files.AsSpan(0, expected.Length).ToArray();
            Array.Sort(sorted);
            int[] all = (int[])expected.Clone();
            Array.Sort(all);
            Assert.AreEqual(string.Join(" ", all), string.Join(" ", sorted));
        }

        private void AssertMissing(int file)
        {
            Assert.AreEqual(StorageResult.NotFound, Storage.Size(file));
            Assert.AreEqual(StorageResult.NotFound, Storage.Read(file, 0, new byte[4], 0, 4));
            Assert.AreEqual(StorageResult.NotFound, Storage.Delete(file));
        }

        private protected static void AssertBytes(byte[] expected, byte[] actual, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(expected[i], actual[i], "byte " + i);
            }
        }
    }
}
