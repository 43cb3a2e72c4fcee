namespace EdgeBroker.Store
{
    /// <summary>
    /// The small files in which frames gather where appending costs an erase each: a commit replaces the one that is being filled.
    /// All of them one after the other are what the newest segment will be. They are read back for that, so that their bytes need
    /// no memory.
    /// </summary>
    internal sealed class TailFiles
    {
        private readonly IStorage _storage;
        private readonly FrameWriter _frame;
        private readonly int _frameMax;
        private readonly int _countMax;
        private int[] _size;

        // The numbers of the files that a mount found, if they are not as they are left by filling one after the other: then none is
        // begun, and the next frame completes the segment.
        private int[] _found;

        // Begins with the content of the file that is being filled, if that is small enough for another frame.
        private readonly byte[] _content;
        private int _kept;
        private int _count;

        /// <summary>Makes it without any content.</summary>
        public TailFiles(IStorage storage, FrameWriter frame, JournalLimits limits)
        {
            _storage = storage;
            _frame = frame;
            _frameMax = limits.TailFrameMax;
            _content = new byte[limits.TailSize];
            _countMax = limits.TailCount;
            _size = new int[_countMax];
        }

        /// <summary>The bytes of all of them.</summary>
        public int Bytes { get; private set; }

        /// <summary>Whether all files are in use but one.</summary>
        public bool IsNearlyFull
        {
            get { return _found != null || _count >= _countMax - 1; }
        }

        /// <summary>Whether a frame can be added.</summary>
        public bool HasRoom(int size)
        {
            return _found == null && (Fits(size) || (size <= _frameMax && _count < _countMax));
        }

        /// <summary>Adds the closed frame, for which there is room.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int Add()
        {
            if (!Fits(_frame.Size))
            {
                return Begin();
            }

            int size = _frame.CopyTo(_content, _kept);
            int result = size < 0 ? size : _storage.Write(FileNumbers.FirstTail + _count - 1, _content, 0, size);
            if (result == StorageResult.Ok)
            {
                Note(size);
            }

            return result;
        }

        /// <summary>Forgets the files: what they hold is in a segment.</summary>
        public void Clear()
        {
            _count = 0;
            _kept = 0;
            _found = null;
            Bytes = 0;
        }

        /// <summary>Goes on where the files that a mount found end. Nothing is written.</summary>
        public void Resume(MountTails tails)
        {
            _count = tails.Count;
            Bytes = tails.Bytes;
            if (_count > _countMax)
            {
                _size = new int[_count];
            }

            int[] files = new int[_count];
            bool isOdd = _count > _countMax;
            for (int i = 0; i < _count; i++)
            {
                files[i] = tails.File(i);
                _size[i] = tails.Size(i);
                isOdd |= files[i] != FileNumbers.FirstTail + i || _size[i] > _frameMax;
            }

            if (isOdd)
            {
                _found = files;
                return;
            }

            // If it can't be read, the next frame begins a file.
            int last = _size[_count - 1];
            bool isKept = last <= _content.Length
                && _storage.Read(FileNumbers.FirstTail + _count - 1, 0, _content, 0, last) == last;
            _kept = isKept ? last : 0;
        }

        /// <summary>Adds the bytes of all files to the one that is being written in parts.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int CopyAll()
        {
            // If this comes to nothing, the next frame begins a file.
            _kept = 0;
            int result = StorageResult.Ok;
            for (int i = 0; i < _count && result == StorageResult.Ok; i++)
            {
                result = Copy(_storage, File(i), _size[i], _content);
            }

            return result;
        }

        /// <summary>Adds the bytes of a file to the one that is being written in parts.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public static int Copy(IStorage storage, int file, int size, byte[] buffer)
        {
            int result = StorageResult.Ok;
            for (int position = 0; position < size && result == StorageResult.Ok; position += buffer.Length)
            {
                int count = size - position < buffer.Length ? size - position : buffer.Length;
                result = storage.Read(file, position, buffer, 0, count) == count
                    ? storage.WritePart(buffer, 0, count)
                    : StorageResult.Failed;
            }

            return result;
        }

        /// <summary>Reads bytes, up to the end of the file that they begin in.</summary>
        /// <param name="position">Where they begin in the newest segment.</param>
        /// <param name="buffer">Gets them.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">At most so many.</param>
        /// <returns>The bytes read, or a <see cref="StorageResult"/> below 0.</returns>
        public int Read(int position, byte[] buffer, int offset, int count)
        {
            int index = 0;
            while (index < _count && position >= _size[index])
            {
                position -= _size[index];
                index++;
            }

            if (index == _count)
            {
                return 0;
            }

            int there = _size[index] - position;
            return _storage.Read(File(index), position, buffer, offset, count < there ? count : there);
        }

        private int File(int index)
        {
            return _found == null ? FileNumbers.FirstTail + index : _found[index];
        }

        // Whether a frame goes to the file that is being filled.
        private bool Fits(int size)
        {
            return _kept > 0 && _kept + size <= _content.Length;
        }

        // Begins the next file with the frame. What that file has of before is in a segment.
        private int Begin()
        {
            int size = _frame.Size;
            int kept = size <= _content.Length ? size : 0;
            int result;
            if (kept > 0)
            {
                // If this comes to nothing, the next frame begins a file as well.
                _kept = 0;
                result = _frame.CopyTo(_content, 0);
                result = result < 0 ? result : _storage.Write(FileNumbers.FirstTail + _count, _content, 0, size);
            }
            else
            {
                result = _storage.BeginWrite(FileNumbers.FirstTail + _count, size);
                result = LogWriter.EndWrite(_storage, result == StorageResult.Ok ? _frame.WriteTo(_storage) : result);
            }

            if (result == StorageResult.Ok)
            {
                _count++;
                _size[_count - 1] = 0;
                Note(kept);
            }

            return result;
        }

        private void Note(int kept)
        {
            _kept = kept;
            _size[_count - 1] += _frame.Size;
            Bytes += _frame.Size;
        }
    }
}
