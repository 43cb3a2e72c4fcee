namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// A model of littlefs on the internal flash of an ESP32, by whole files. Not its bytes, but its costs and what a power cut
    /// leaves: a file is what it was at its last close. Files of up to 512 bytes live in the directory's log; larger ones in
    /// chains of blocks that are copied, never changed. A new name is committed, empty, when it is opened; content and everything
    /// else when it is closed. Metadata is guarded by checksums: a flipped bit there takes back commits, or ends in
    /// <see cref="FlashResult.Damaged"/>. The content of larger files is not guarded: flipped bits are read as they are.
    /// Names are numbers, standing for texts of about eight characters in one folder, and files are listed by ascending number.
    /// One file is open for writing at a time; until it is closed nothing else is changed.
    /// </summary>
    public sealed class LittleFs
    {
        private readonly FlashDevice _device;
        private readonly BlockChain _chain;
        private readonly FlashDirectory _directory;
        private readonly FileWriter _writer;
        private readonly MetadataChange _change = new MetadataChange();
        private bool _isLoaded;
        private int _flipCount;
        private bool _isOpen;
        private bool _isChanged;
        private int _openName;
        private int _openResult;

        /// <summary>Creates a file system that is not yet mounted.</summary>
        /// <param name="device">What it is on.</param>
        public LittleFs(FlashDevice device)
        {
            _device = device;
            _chain = new BlockChain(device);
            _directory = new FlashDirectory(device, _chain);
            _writer = new FileWriter(device, _directory.Allocator, _chain);
        }

        /// <summary>How many files there are, when mounted.</summary>
        public int FileCount
        {
            get { return _directory.FileCount; }
        }

        /// <summary>How many pairs of blocks the directory takes, when mounted.</summary>
        public int PairCount
        {
            get { return _directory.PairCount; }
        }

        /// <summary>Writes an empty file system over whatever there is, and mounts it.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int Format()
        {
            int result = _directory.Format();
            return result == FlashResult.Ok ? Mount() : result;
        }

        /// <summary>Reads what the last commits left; a file that was open is forgotten.</summary>
        /// <returns>
        /// A <see cref="FlashResult"/>; <see cref="FlashResult.Damaged"/> if there is no file system, or none that can be read.
        /// </returns>
        public int Mount()
        {
            _isOpen = false;
            _directory.Allocator.ReleaseHeld();
            return Load();
        }

        /// <summary>Counts the blocks in use.</summary>
        /// <param name="count">The blocks: of the directory, of all files, and of the one that is being written.</param>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int CountUsedBlocks(out int count)
        {
            count = 0;
            int result = Refresh();
            return result == FlashResult.Ok ? _directory.Allocator.CountUsed(out count) : result;
        }

        /// <summary>The size of a file.</summary>
        /// <returns>Bytes, or a <see cref="FlashResult"/>.</returns>
        public int Size(int name)
        {
            int result = Refresh();
            if (result != FlashResult.Ok)
            {
                return result;
            }

            return _directory.Find(name, out int pair, out int index)
                ? _directory.PairAt(pair).SizeAt(index)
                : FlashResult.NotFound;
        }

        /// <summary>Lists the names of all files.</summary>
        /// <param name="names">Gets them; if it is too short, the lowest.</param>
        /// <returns>How many there are, or a <see cref="FlashResult"/>.</returns>
        public int List(int[] names)
        {
            int result = Refresh();
            if (result != FlashResult.Ok)
            {
                return result;
            }

            int count = 0;
            for (int i = 0; i < _directory.PairCount; i++)
            {
                MetadataPair pair = _directory.PairAt(i);
                for (int index = 0; index < pair.Count; index++)
                {
                    if (count < names.Length)
                    {
                        names[count] = pair.NameAt(index);
                    }

                    count++;
                }
            }

            return count;
        }

        /// <summary>Reads a part of a file, as it was when it was last closed.</summary>
        /// <param name="name">The file.</param>
        /// <param name="position">Where in it: 0 or more.</param>
        /// <param name="buffer">Gets the bytes.</param>
        /// <param name="offset">Where in the buffer.</param>
        /// <param name="count">How many at most.</param>
        /// <returns>How many bytes, 0 at the end of the file, or a <see cref="FlashResult"/>.</returns>
        public int Read(int name, int position, byte[] buffer, int offset, int count)
        {
            int result = Refresh();
            if (result != FlashResult.Ok)
            {
                return result;
            }

            if (!_directory.Find(name, out int pairIndex, out int index))
            {
                return FlashResult.NotFound;
            }

            MetadataPair pair = _directory.PairAt(pairIndex);
            int size = pair.SizeAt(index);
            count = count < size - position ? count : size - position;
            if (count <= 0)
            {
                return 0;
            }

            result = pair.IsInline(index)
                ? _device.Read(pair.First, pair.InlinePosition(index) + position, buffer, offset, count)
                : _chain.Read(pair.HeadAt(index), size, position, buffer, offset, count);
            return result == FlashResult.Ok ? count : result;
        }

        /// <summary>Opens a file to write it anew. An old one stays as it is until <see cref="Close"/>.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int OpenReplace(int name)
        {
            return Open(name, false);
        }

        /// <summary>Opens a file to write behind its end; there need not be one.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int OpenAppend(int name)
        {
            return Open(name, true);
        }

        /// <summary>Writes to the open file. Not durable before <see cref="Close"/>.</summary>
        /// <returns>A <see cref="FlashResult"/>; after a failure only <see cref="Close"/> is left.</returns>
        public int Write(byte[] buffer, int offset, int count)
        {
            if (!_isOpen)
            {
                return FlashResult.Refused;
            }

            if (_openResult == FlashResult.Ok && count > 0)
            {
                _isChanged = true;
                _openResult = _writer.Write(buffer, offset, count);
            }

            return _openResult;
        }

        /// <summary>Closes the open file: what was written is durable at return, all of it or nothing.</summary>
        /// <returns>A <see cref="FlashResult"/>; that of the write that failed, if one did: then the file is as it was.</returns>
        public int Close()
        {
            if (!_isOpen)
            {
                return FlashResult.Refused;
            }

            _isOpen = false;
            int result = _openResult;
            if (result == FlashResult.Ok && _isChanged)
            {
                result = CommitContent();
            }

            _directory.Allocator.ReleaseHeld();
            return result;
        }

        /// <summary>Replaces all of a file, or creates it: open, write and close in one.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int Replace(int name, byte[] buffer, int offset, int count)
        {
            int result = OpenReplace(name);
            return result == FlashResult.Ok ? WriteAndClose(buffer, offset, count) : result;
        }

        /// <summary>Adds to the end of a file, or creates it: open, write and close in one.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int Append(int name, byte[] buffer, int offset, int count)
        {
            int result = OpenAppend(name);
            return result == FlashResult.Ok ? WriteAndClose(buffer, offset, count) : result;
        }

        /// <summary>Deletes a file.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int Delete(int name)
        {
            int result = _isOpen ? FlashResult.Refused : Refresh();
            if (result != FlashResult.Ok)
            {
                return result;
            }

            if (!_directory.Find(name, out int pair, out int index))
            {
                return FlashResult.NotFound;
            }

            _change.Kind = MetadataKind.Delete;
            _change.Index = index;
            _directory.BeginOperation();
            return Commit(pair);
        }

        private int Open(int name, bool isAppend)
        {
            int result = _isOpen ? FlashResult.Refused : Refresh();
            if (result != FlashResult.Ok)
            {
                return result;
            }

            _isChanged = false;
            _writer.BeginInline(0);
            _directory.BeginOperation();
            if (!_directory.Find(name, out int pairIndex, out int index))
            {
                _change.Kind = MetadataKind.Create;
                _change.Index = index;
                _change.Name = name;
                result = Commit(pairIndex);
            }
            else if (isAppend)
            {
                result = LoadContent(_directory.PairAt(pairIndex), index);
            }
            else
            {
                _isChanged = true;
            }

            _openName = name;
            _openResult = FlashResult.Ok;
            _isOpen = result == FlashResult.Ok;
            return result;
        }

        private int LoadContent(MetadataPair pair, int index)
        {
            int size = pair.SizeAt(index);
            if (!pair.IsInline(index))
            {
                _writer.BeginChain(size, pair.HeadAt(index));
                return FlashResult.Ok;
            }

            _writer.BeginInline(size);
            return _device.Read(pair.First, pair.InlinePosition(index), _writer.Data, 0, size);
        }

        private int WriteAndClose(byte[] buffer, int offset, int count)
        {
            Write(buffer, offset, count);
            return Close();
        }

        private int CommitContent()
        {
            int result = _writer.Flush();
            if (result == FlashResult.Ok)
            {
                result = Refresh();
            }

            if (result != FlashResult.Ok)
            {
                return result;
            }

            if (!_directory.Find(_openName, out int pair, out int index))
            {
                // Its creation was taken back by a flipped bit.
                return FlashResult.NotFound;
            }

            _change.Kind = _writer.IsInline ? MetadataKind.Inline : MetadataKind.Chain;
            _change.Index = index;
            _change.Size = _writer.Size;
            _change.Head = _writer.Head;
            _change.Data = _writer.Data;
            return Commit(pair);
        }

        private int Commit(int pair)
        {
            int result = _directory.Commit(pair, _change);
            if (result != FlashResult.Ok)
            {
                // Memory may be ahead of the flash.
                _isLoaded = false;
            }

            return result;
        }

        // littlefs reads its metadata whenever a file is opened; here it is read again only when that could make a difference.
        private int Refresh()
        {
            if (_isLoaded && _flipCount == _device.FlipCount)
            {
                return FlashResult.Ok;
            }

            return Load();
        }

        private int Load()
        {
            _flipCount = _device.FlipCount;
            int result = _directory.Load();
            _isLoaded = result == FlashResult.Ok;
            return result;
        }
    }
}
