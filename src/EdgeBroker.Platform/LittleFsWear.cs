namespace EdgeBroker.Platform
{
    /// <summary>
    /// Estimates what littlefs wears its flash by, which a device can't read: from the sizes of files before and after each
    /// change. It is meant for the internal flash of an ESP32: blocks of 4 KB, programs of 128 bytes, a cache of 512.
    /// </summary>
    /// <remarks>
    /// How: content of up to 512 bytes lives in the directory's log, so a change of it is an entry there, rounded up to programs.
    /// A log that is full is rewritten in another block: one erase for as many bytes as a block has beside what is live. So that
    /// this is at most half of it, the log is kept in parts. Larger content is in blocks of its own, which are erased before they
    /// are written, each and every time; the last block is copied when a file grows. Moves of the directory, one in 513
    /// rewritings, are left out. Within a fifth of what a model says that agrees with littlefs.
    /// </remarks>
    public sealed class LittleFsWear
    {
        /// <summary>Bytes of the largest content that lives in the directory's log.</summary>
        public const int InlineMax = 512;

        /// <summary>Bytes of a block.</summary>
        public const int BlockSize = 4096;

        private const int ProgramUnit = 128;

        // An entry's header; and what guards a change against being half there.
        private const int EntrySize = 4;
        private const int CommitSize = 20;

        // What a file takes besides inline content: its name, and a reference to blocks.
        private const int NameSize = 16;
        private const int ReferenceSize = 8;

        // Superblock, revision, the reference to the next part of the log, and the guard.
        private const int LogSize = 76;

        // A part is split in two halves when this much of it is live, not counting what every log has besides its superblock; on
        // average, then, there is less in one.
        private const int LiveMax = (BlockSize / 2) + 36;
        private const int LiveMean = BlockSize * 3 / 8;
        private const int LiveMin = BlockSize / 4;

        // Parts of an erase are counted in units of 1/65,536.
        private const int Scale = 65536;

        private long _blockErases;
        private long _logErases;
        private long _bytes;
        private int _live = LogSize;
        private int _parts = 1;

        /// <summary>Erases so far.</summary>
        public long Erases
        {
            get { return _blockErases + (_logErases / Scale); }
        }

        /// <summary>Bytes programmed so far.</summary>
        public long BytesProgrammed
        {
            get { return _bytes; }
        }

        /// <summary>A file is there: it makes the directory larger.</summary>
        public void Found(int size)
        {
            _live += LiveSize(size);
        }

        /// <summary>A file gets new content.</summary>
        /// <param name="oldSize">Its bytes before, or -1 if it is made.</param>
        /// <param name="size">Its bytes from now on.</param>
        public void Written(int oldSize, int size)
        {
            Begin(oldSize);
            if (size > InlineMax)
            {
                WriteBlocks(0, size);
            }

            End(oldSize, size);
        }

        /// <summary>A file grows.</summary>
        /// <param name="oldSize">Its bytes before, or -1 if it is made.</param>
        /// <param name="size">Its bytes from now on.</param>
        public void Appended(int oldSize, int size)
        {
            Begin(oldSize);
            if (size > InlineMax)
            {
                WriteBlocks(oldSize > InlineMax ? oldSize / BlockSize * BlockSize : 0, size);
            }

            End(oldSize, size);
        }

        /// <summary>A file is deleted.</summary>
        public void Deleted(int size)
        {
            Commit(EntrySize);
            Resize(-LiveSize(size));
        }

        /// <summary>All files go elsewhere, and the directory begins anew.</summary>
        public void Emptied()
        {
            Commit(NameSize);
            _live = LogSize;
            _parts = 1;
        }

        private static int LiveSize(int size)
        {
            return NameSize + (size > InlineMax ? ReferenceSize : size);
        }

        // A new name is an entry of its own when it is opened.
        private void Begin(int oldSize)
        {
            if (oldSize < 0)
            {
                Commit(NameSize);
                Resize(LiveSize(0));
            }
        }

        private void End(int oldSize, int size)
        {
            Commit(EntrySize + (size > InlineMax ? ReferenceSize : size));
            Resize(LiveSize(size) - LiveSize(oldSize < 0 ? 0 : oldSize));
        }

        private void WriteBlocks(int start, int end)
        {
            int count = end - start;
            _blockErases += (count + BlockSize - 1) / BlockSize;
            _bytes += RoundUp(count);
        }

        private void Commit(int count)
        {
            int programmed = RoundUp(count + CommitSize);
            int live = RoundUp(_live / _parts);
            int room = BlockSize - live;
            _logErases += (long)programmed * Scale / room;
            _bytes += programmed + ((long)programmed * live / room);
        }

        // Parts come when one is too large, which costs an erase more than rewriting it, and go with the last file in them.
        private void Resize(int change)
        {
            // What was set aside is deleted without ever having been counted here.
            _live = _live + change > LogSize ? _live + change : LogSize;
            if (_live > LiveMax + ((_parts - 1) * LiveMean))
            {
                _parts++;
                _logErases += Scale;
                _bytes += _live / _parts;
            }
            else if (_live < (_parts - 1) * LiveMin)
            {
                _parts--;
            }
        }

        private static int RoundUp(int count)
        {
            return (count + ProgramUnit - 1) / ProgramUnit * ProgramUnit;
        }
    }
}
