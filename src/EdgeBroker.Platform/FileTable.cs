using System;
using EdgeBroker.Store;

namespace EdgeBroker.Platform
{
    /// <summary>The files of a folder and their sizes, known without asking the file system.</summary>
    internal sealed class FileTable
    {
        private int[] _files = new int[16];
        private int[] _sizes = new int[16];

        /// <summary>How many files there are.</summary>
        public int Count { get; private set; }

        /// <summary>The number of the file at an index.</summary>
        public int FileAt(int index)
        {
            return _files[index];
        }

        /// <summary>The size of a file, or <see cref="StorageResult.NotFound"/>.</summary>
        public int SizeOf(int file)
        {
            int index = Find(file);
            return index < 0 ? StorageResult.NotFound : _sizes[index];
        }

        /// <summary>Sets the size of a file, which may be new.</summary>
        public void Set(int file, int size)
        {
            int index = Find(file);
            if (index < 0)
            {
                index = Count;
                Grow();
                _files[index] = file;
                Count++;
            }

            _sizes[index] = size;
        }

        /// <summary>Takes out a file, if it is there.</summary>
        public void Remove(int file)
        {
            int index = Find(file);
            if (index >= 0)
            {
                Count--;
                _files[index] = _files[Count];
                _sizes[index] = _sizes[Count];
            }
        }

        /// <summary>Takes out all.</summary>
        public void Clear()
        {
            Count = 0;
        }

        /// <summary>The bytes of flash that all files take, see <see cref="Taken"/>.</summary>
        public int TotalTaken()
        {
            int total = 0;
            for (int i = 0; i < Count; i++)
            {
                total += Taken(_sizes[i]);
            }

            return total;
        }

        /// <summary>The bytes of flash that content takes: whole blocks, unless it is small.</summary>
        public static int Taken(int size)
        {
            return size <= LittleFsWear.InlineMax
                ? size
                : (size + LittleFsWear.BlockSize - 1) / LittleFsWear.BlockSize * LittleFsWear.BlockSize;
        }

        // The latest files are asked for most.
        private int Find(int file)
        {
            int index = Count - 1;
            while (index >= 0 && _files[index] != file)
            {
                index--;
            }

            return index;
        }

        private void Grow()
        {
            if (Count < _files.Length)
            {
                return;
            }

            int[] files = new int[Count * 2];
            int[] sizes = new int[Count * 2];
            Array.Copy(_files, 0, files, 0, Count);
            Array.Copy(_sizes, 0, sizes, 0, Count);
            _files = files;
            _sizes = sizes;
        }
    }
}
