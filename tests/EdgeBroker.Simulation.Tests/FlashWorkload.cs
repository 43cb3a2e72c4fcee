using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>Ways to commit on flash, as they were measured on littlefs, and what they cost on the model.</summary>
    public class FlashWorkload
    {
        // Of a file that carries its own order: a sequence number and a checksum.
        private const int TailHeaderSize = 12;

        // The names of one kind of files sort behind those of the other.
        private const int TailName = 1000000;

        private readonly byte[] _data = new byte[FlashDevice.BlockSize * 8];

        /// <summary>Starts with an empty file system, and counts of 0.</summary>
        public FlashWorkload()
        {
            Device = new FlashDevice(FlashDevice.BlockCountDefault, 1, null);
            Files = new LittleFs(Device);
            Check(Files.Format());
            Device.ResetCounts();
        }

        /// <summary>Lets the blocks be given from another one on: where that starts follows from what is mounted.</summary>
        public void MoveStart(int seed)
        {
            Check(Files.Replace(seed, _data, 0, 1));
            Check(Files.Delete(seed));
            Check(Files.Mount());
            Device.ResetCounts();
        }

        /// <summary>The flash.</summary>
        public FlashDevice Device { get; }

        /// <summary>The file system.</summary>
        public LittleFs Files { get; }

        /// <summary>Erases per commit, times 10,000.</summary>
        public long Erases(int commits)
        {
            return Device.EraseCount * 10000 / commits;
        }

        /// <summary>Bytes programmed per commit.</summary>
        public long Bytes(int commits)
        {
            return Device.ProgrammedBytes / commits;
        }

        /// <summary>The erases of the most worn block, as a multiple of the average, times 100.</summary>
        public long Unevenness()
        {
            return 100L * Device.EraseCountMax() * Device.BlockCount / Device.EraseCount;
        }

        /// <summary>Adds to the end of a file; a full one is followed by a new one, and the fourth before it goes.</summary>
        public void AppendToSegments(int commits, int size, int segmentSize)
        {
            int segment = 0;
            int filled = 0;
            for (int i = 0; i < commits; i++)
            {
                if (filled + size > segmentSize)
                {
                    filled = 0;
                    segment++;
                    if (segment >= 4)
                    {
                        Check(Files.Delete(segment - 4));
                    }
                }

                Check(Files.Append(segment, _data, 0, size));
                filled += size;
            }
        }

        /// <summary>A new file each time; sixteen are merged into one and deleted, and the fourth merged one before it too.</summary>
        public void CreateAndMerge(int commits, int size)
        {
            for (int i = 0; i < commits; i++)
            {
                Check(Files.Replace(i, _data, 0, size));
                if (i % 16 == 15)
                {
                    int merged = i / 16;
                    Check(Files.Replace(TailName + merged, _data, 0, 16 * size));
                    for (int name = i - 15; name <= i; name++)
                    {
                        Check(Files.Delete(name));
                    }

                    if (merged >= 4)
                    {
                        Check(Files.Delete(TailName + merged - 4));
                    }
                }
            }
        }

        /// <summary>The same file each time.</summary>
        public void Overwrite(int commits, int size)
        {
            for (int i = 0; i < commits; i++)
            {
                Check(Files.Replace(0, _data, 0, size));
            }
        }

        /// <summary>
        /// A log whose newest records are in small files, each replaced with every record until it is full; full ones become one
        /// segment. The fifth segment back goes.
        /// </summary>
        /// <param name="commits">How many records.</param>
        /// <param name="fileCount">How many small files.</param>
        /// <param name="fileSize">How many bytes of records they hold.</param>
        /// <param name="recordSize">Bytes of a record.</param>
        /// <param name="isInTurn">Whether two names are used in turn for each small file.</param>
        public void FoldTail(int commits, int fileCount, int fileSize, int recordSize, bool isInTurn)
        {
            int recordsPerFile = fileSize / recordSize;
            int file = 0;
            int records = 0;
            int segment = 0;
            for (int i = 0; i < commits; i++)
            {
                if (records == recordsPerFile)
                {
                    records = 0;
                    file++;
                }

                if (file == fileCount)
                {
                    file = 0;
                    Check(Files.Replace(segment, _data, 0, fileCount * recordsPerFile * recordSize));
                    segment++;
                    if (segment > 4)
                    {
                        Check(Files.Delete(segment - 5));
                    }
                }

                records++;
                int name = TailName + (isInTurn ? (file * 2) + (i & 1) : file);
                Check(Files.Replace(name, _data, 0, (records * recordSize) + (isInTurn ? TailHeaderSize : 0)));
            }
        }

        /// <summary>Files that come, change, grow and go by chance.</summary>
        public void Mix(int seed, int commits)
        {
            int[] sizes = new int[24];
            FlashRandom random = new FlashRandom(seed);
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] = -1;
            }

            for (int i = 0; i < commits; i++)
            {
                int name = random.Next(sizes.Length);
                int kind = random.Next(8);
                int size = random.Next(3) != 0 ? random.Next(400) : random.Next(3000);
                if (kind < 4)
                {
                    Check(Files.Replace(name, _data, 0, size));
                    sizes[name] = size;
                }
                else if (kind < 6)
                {
                    Check(Files.Append(name, _data, 0, size));
                    sizes[name] = (sizes[name] < 0 ? 0 : sizes[name]) + size;
                    if (sizes[name] > 12000)
                    {
                        Check(Files.Delete(name));
                        sizes[name] = -1;
                    }
                }
                else if (sizes[name] >= 0)
                {
                    Check(Files.Delete(name));
                    sizes[name] = -1;
                }
            }
        }

        private static void Check(int result)
        {
            Assert.AreEqual(FlashResult.Ok, result);
        }
    }
}
