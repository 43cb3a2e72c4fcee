using System;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>What every implementation of the port promises of files that are written in parts, besides all else.</summary>
    public abstract class PartsContract : StorageContract
    {
        [TestMethod]
        [DataRow(1, 700)]
        [DataRow(128, 128)]
        [DataRow(232, 4700)]
        [DataRow(512, 512)]
        [DataRow(5000, 10007)]
        public void WhatIsWrittenInPartsIsThereAtTheEnd(int partSize, int size)
        {
            Write(100, Pattern(50, 1));
            foreach (int file in s_files)
            {
                byte[] content = Pattern(size, file);
                Assert.AreEqual(StorageResult.Ok, Storage.BeginWrite(file, size), "file " + file);
                for (int position = 0; position < size; position += partSize)
                {
                    int count = Math.Min(partSize, size - position);
                    Assert.AreEqual(StorageResult.Ok, Storage.WritePart(content, position, count), "file " + file);
                    if (file == 0)
                    {
                        AssertFile(100, Pattern(50, 1));
                    }
                }

                Assert.AreEqual(StorageResult.Ok, Storage.EndWrite(), "file " + file);
                AssertFile(file, content);
            }

            Reopen();
            foreach (int file in s_files)
            {
                AssertFile(file, Pattern(size, file));
            }
        }

        [TestMethod]
        public void PartsMayBeEmptyAndSoMayAFile()
        {
            byte[] content = Pattern(20, 1);
            Assert.AreEqual(StorageResult.Ok, Storage.BeginWrite(100, 3));
            Assert.AreEqual(StorageResult.Ok, Storage.WritePart(content, 7, 0));
            Assert.AreEqual(StorageResult.Ok, Storage.WritePart(content, 7, 3));
            Assert.AreEqual(StorageResult.Ok, Storage.WritePart(content, 7, 0));
            Assert.AreEqual(StorageResult.Ok, Storage.EndWrite());
            Assert.AreEqual(StorageResult.Ok, Storage.BeginWrite(101, 0));
            Assert.AreEqual(StorageResult.Ok, Storage.EndWrite());
            AssertFile(100, new[] { content[7], content[8], content[9] });
            AssertFile(101, Array.Empty<byte>());
        }

        [TestMethod]
        [DataRow(40, false)]
        [DataRow(3000, false)]
        [DataRow(3000, true)]
        public void WhatIsGivenUpHasNoMoreThanItsFirstParts(int size, bool beginsAnother)
        {
            byte[] old = Pattern(60, 1);
            byte[] content = Pattern(size, 2);
            Write(100, old);
            Write(101, old);
            Assert.AreEqual(StorageResult.Ok, Storage.BeginWrite(100, size + 1));
            Assert.AreEqual(StorageResult.Ok, Storage.WritePart(content, 0, size));
            if (beginsAnother)
            {
                Assert.AreEqual(StorageResult.Ok, Storage.BeginWrite(102, 60));
                Assert.AreEqual(StorageResult.Ok, Storage.WritePart(old, 0, 60));
                Assert.AreEqual(StorageResult.Ok, Storage.EndWrite());
                AssertFile(102, old);
            }

            Storage.AbandonWrite();
            Storage.AbandonWrite();
            byte[] left = new byte[size + 60];
            int count = Storage.Read(100, 0, left, 0, left.Length);
            AssertBytes(count == old.Length && left[0] == old[0] ? old : content, left, Math.Max(count, 0));
            AssertFile(101, old);
            Write(100, content);
            Reopen();
            AssertFile(100, content);
            AssertFile(101, old);
        }
    }
}
