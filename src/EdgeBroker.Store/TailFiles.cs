using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// The small files in which frames gather where appending costs an erase each: a commit replaces the one that is being filled.
    /// All of them one after the other are what the newest segment will be. They are read back for that, so that their bytes need
    /// no memory.
    /// </summary>
    /// <remarks>
    /// Invariant: the content of the file that is being filled is at the begin of the frame writer's buffer.
    /// </remarks>
    internal sealed class TailFiles
    {
        private readonly IStorage _storage;
        private readonly FrameWriter _frame;
        private readonly int _sizeMax;
        private readonly int _frameMax;
        private readonly int[] _size;
        private int _count;

        /// <summary>Makes it without any content.</summary>
        public TailFiles(IStorage storage, FrameWriter frame, JournalLimits limits)
        {
            _storage = storage;
            _frame = frame;
            _sizeMax = limits.TailSize;
            _frameMax = limits.TailFrameMax;
            _size = new int[limits.TailCount];
        }

        /// <summary>The bytes of all of them.</summary>
        public int Bytes { get; private set; }

        /// <summary>Whether all files are in use but one.</summary>
        public bool IsNearlyFull
        {
            get { return _count >= _size.Length - 1; }
        }

        /// <summary>Whether a frame can be added.</summary>
        public bool HasRoom(int size)
        {
            return size <= _frameMax && (_count < _size.Length || _size[_count - 1] + size <= _sizeMax);
        }

        /// <summary>Adds the closed frame, for which there is room.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        public int Add()
        {
            bool isNew = _count == 0 || _size[_count - 1] + _frame.Size > _sizeMax;
            int last = isNew ? _count : _count - 1;
            int before = isNew ? 0 : _size[last];
            byte[] buffer = _frame.Buffer;
            int start = _frame.Offset - before;
            Array.Copy(buffer, 0, buffer, start, before);
            int result = _storage.Write(FileNumbers.FirstTail + last, buffer, start, before + _frame.Size);
            if (result != StorageResult.Ok)
            {
                Array.Copy(buffer, start, buffer, 0, before);
                return result;
            }

            Array.Copy(buffer, start, buffer, 0, before + _frame.Size);
            _count = last + 1;
            _size[last] = before + _frame.Size;
            Bytes += _frame.Size;
            return StorageResult.Ok;
        }

        /// <summary>Forgets the files: what they hold is in a segment.</summary>
        public void Clear()
        {
            _count = 0;
            Bytes = 0;
        }

        /// <summary>Goes on where the files that a mount found end.</summary>
        /// <returns>False if they are not as they are left by filling one after the other, or can't be read.</returns>
        public bool Resume(MountTails tails)
        {
            for (int i = 0; i < tails.Count; i++)
            {
                if (tails.File(i) != FileNumbers.FirstTail + i || tails.Size(i) > _frameMax || i >= _size.Length)
                {
                    return false;
                }

                _size[i] = tails.Size(i);
            }

            int last = tails.Count - 1;
            if (_storage.Read(FileNumbers.FirstTail + last, 0, _frame.Buffer, 0, _size[last]) != _size[last])
            {
                return false;
            }

            _count = tails.Count;
            Bytes = tails.Bytes;
            return true;
        }

        /// <summary>Reads the bytes of all files.</summary>
        /// <returns>Whether they could be read.</returns>
        public bool CopyTo(byte[] buffer, int offset)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_storage.Read(FileNumbers.FirstTail + i, 0, buffer, offset, _size[i]) != _size[i])
                {
                    return false;
                }

                offset += _size[i];
            }

            return true;
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
            return _storage.Read(FileNumbers.FirstTail + index, position, buffer, offset, count < there ? count : there);
        }
    }
}
