using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;

namespace EdgeBroker.Simulation
{
    /// <summary>
    /// The storage port on simulated flash, as a device has it: every operation ends with a close, so it is durable at return.
    /// Faults of the flash come out as <see cref="StorageResult.Failed"/>. A cut of the power fails everything from then on: when the
    /// power is back, a new one is made on the same flash, as a device does that boots.
    /// </summary>
    /// <remarks>
    /// Files have two sets of names, and one small file says which of them is in use: to set all files aside is to write that file,
    /// so a cut leaves all of them where they are or none. One more name is for what others keep on the flash: <see cref="Fill"/>.
    /// </remarks>
    public sealed class FlashStorage : IStorage, IWearSource
    {
        private const int SetSize = 0x20000000;
        private const int SetChoice = 2 * SetSize;
        private const int Ballast = SetChoice + 1;
        private const int LastBallast = SetChoice + 2;

        // What can't be read in a moment.
        private const int TriesMax = 4;

        private readonly FlashDevice _device;
        private readonly LittleFs _files;
        private readonly byte[] _choice = new byte[1];
        private bool _isOpen;

        /// <summary>
        /// Mounts what is on the flash. If that is no file system, or one beyond use, it is formatted, as the firmware of a device
        /// does. If it can't be read now, all operations fail.
        /// </summary>
        public FlashStorage(FlashDevice device)
        {
            _device = device;
            _files = new LittleFs(device);
            int result = _files.Mount();
            for (int i = 0; i < TriesMax && result == FlashResult.Failed; i++)
            {
                result = _files.Mount();
            }

            if (result == FlashResult.Damaged)
            {
                result = _files.Format();
                WasFormatted = result == FlashResult.Ok;
            }

            int read = result == FlashResult.Ok ? _files.Read(SetChoice, 0, _choice, 0, 1) : result;
            _isOpen = read >= 0 || read == FlashResult.NotFound;
        }

        /// <summary>Whether there was no file system to mount: all that was there before, if anything, is gone.</summary>
        public bool WasFormatted { get; private set; }

        /// <summary>Counts the blocks in use, for displays.</summary>
        /// <returns>How many, or a <see cref="StorageResult"/> below 0.</returns>
        public int CountUsedBlocks()
        {
            int count = 0;
            int result = _isOpen ? _files.CountUsedBlocks(out count) : FlashResult.Failed;
            return result == FlashResult.Ok ? count : Answer(result);
        }

        /// <summary>Something else on the device takes all blocks that are free, with files of its own.</summary>
        /// <returns><see cref="StorageResult.Ok"/> once there is no block left, or what went wrong.</returns>
        public int Fill()
        {
            byte[] block = new byte[FlashDevice.BlockSize];
            int result = _isOpen ? FlashResult.Ok : FlashResult.Failed;
            while (result == FlashResult.Ok)
            {
                result = _files.Append(Ballast, block, 0, block.Length);
            }

            // To append takes a block more than it keeps, so one is left.
            result = result == FlashResult.NoSpace ? _files.Replace(LastBallast, block, 0, FlashDevice.CacheSize + 1) : result;
            return result == FlashResult.NoSpace ? StorageResult.Ok : Answer(result);
        }

        /// <summary>Takes back <see cref="Fill"/>, also one of before a power cut.</summary>
        /// <returns><see cref="StorageResult.Ok"/>, if there is nothing to take back as well, or what went wrong.</returns>
        public int Empty()
        {
            int result = _isOpen ? _files.Delete(Ballast) : FlashResult.Failed;
            if (result == FlashResult.Ok || result == FlashResult.NotFound)
            {
                result = _files.Delete(LastBallast);
            }

            return result == FlashResult.NotFound ? StorageResult.Ok : Answer(result);
        }

        /// <inheritdoc/>
        public bool PrefersAppend
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public long Erases
        {
            get { return _device.EraseCount; }
        }

        /// <inheritdoc/>
        public long BytesProgrammed
        {
            get { return _device.ProgrammedBytes; }
        }

        /// <inheritdoc/>
        public int Blocks
        {
            get { return _device.BlockCount; }
        }

        /// <inheritdoc/>
        public int MostWornErases
        {
            get { return _device.EraseCountMax(); }
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            int[] names;
            int count = ListNames(out names);
            if (count < 0)
            {
                return Answer(count);
            }

            int found = 0;
            for (int i = 0; i < count; i++)
            {
                if (!IsInSet(names[i], _choice[0]))
                {
                    continue;
                }

                if (found < files.Length)
                {
                    files[found] = names[i] % SetSize;
                }

                found++;
            }

            return found;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            return _isOpen ? Answer(_files.Size(NameOf(file))) : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            return _isOpen ? Answer(_files.Read(NameOf(file), position, buffer, offset, count)) : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            if (!_isOpen)
            {
                return StorageResult.Failed;
            }

            int result = _files.Replace(NameOf(file), buffer, offset, count);
            if (result == FlashResult.NoSpace && DeleteSet(_choice[0] ^ 1) > 0)
            {
                result = _files.Replace(NameOf(file), buffer, offset, count);
            }

            return Answer(result);
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            AbandonWrite();
            if (!_isOpen)
            {
                return StorageResult.Failed;
            }

            // Once the file is open it is too late to delete what was set aside.
            int used;
            int result = _files.CountUsedBlocks(out used);
            if (result == FlashResult.Ok && used + (size / FlashDevice.BlockSize) + 2 > _device.BlockCount)
            {
                result = DeleteSet(_choice[0] ^ 1);
            }

            return Answer(result < FlashResult.Ok ? result : _files.OpenReplace(NameOf(file)));
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            return _isOpen ? Answer(_files.Write(buffer, offset, count)) : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            return _isOpen ? Answer(_files.Close()) : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            // What was begun is lost if anything went wrong with it, or with the power; else this is how littlefs ends it.
            EndWrite();
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            if (!_isOpen)
            {
                return StorageResult.Failed;
            }

            int result = _files.Append(NameOf(file), buffer, offset, count);
            if (result == FlashResult.NoSpace && DeleteSet(_choice[0] ^ 1) > 0)
            {
                result = _files.Append(NameOf(file), buffer, offset, count);
            }

            return Answer(result);
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            return _isOpen ? Answer(_files.Delete(NameOf(file))) : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            int result = DeleteSet(_choice[0] ^ 1);
            if (result >= FlashResult.Ok)
            {
                _choice[0] ^= 1;
                result = _files.Replace(SetChoice, _choice, 0, 1);
                if (result != FlashResult.Ok)
                {
                    // Which set the flash has now is open, so nothing is believed any more.
                    _isOpen = result == FlashResult.NoSpace;
                    _choice[0] ^= 1;
                }
            }

            return Answer(result);
        }

        private static bool IsInSet(int name, int set)
        {
            return name / SetSize == set;
        }

        // Returns how many files there were.
        private int DeleteSet(int set)
        {
            int[] names;
            int deleted = 0;
            int count = ListNames(out names);
            int result = count < 0 ? count : FlashResult.Ok;
            for (int i = 0; i < count && result == FlashResult.Ok; i++)
            {
                if (IsInSet(names[i], set))
                {
                    result = _files.Delete(names[i]);
                    deleted++;
                }
            }

            return result == FlashResult.Ok ? deleted : result;
        }

        private int NameOf(int file)
        {
            return file + (_choice[0] * SetSize);
        }

        private int ListNames(out int[] names)
        {
            names = new int[_isOpen ? _files.FileCount : 0];
            if (!_isOpen)
            {
                return FlashResult.Failed;
            }

            // What is mounted is read again after a fault, and may have changed.
            int count = _files.List(names);
            while (count > names.Length)
            {
                names = new int[count];
                count = _files.List(names);
            }

            return count;
        }

        private int Answer(int result)
        {
            if (result >= FlashResult.Ok)
            {
                return result;
            }

            if (result == FlashResult.PowerLost)
            {
                _isOpen = false;
            }

            return result == FlashResult.NotFound ? StorageResult.NotFound
                : result == FlashResult.NoSpace ? StorageResult.Full
                : StorageResult.Failed;
        }
    }
}
