namespace EdgeBroker.Store
{
    /// <summary>The files that a mount finds, in the order of their numbers, and the one that is being read.</summary>
    internal sealed class MountFiles
    {
        private const int StartCount = 128;

        private readonly IStorage _storage;
        private int[] _numbers = new int[StartCount];

        /// <summary>Makes it for a storage.</summary>
        public MountFiles(IStorage storage)
        {
            _storage = storage;
            Buffer = new byte[512];
        }

        /// <summary>The content of the file loaded last; the array may be longer.</summary>
        public byte[] Buffer { get; private set; }

        /// <summary>Lists the files.</summary>
        /// <returns>How many there are, or a <see cref="StorageResult"/> below 0.</returns>
        public int List()
        {
            int count = _storage.List(_numbers);
            if (count > _numbers.Length)
            {
                _numbers = new int[count];
                count = _storage.List(_numbers);
            }

            for (int root = count / 2 - 1; root >= 0; root--)
            {
                Sift(root, count);
            }

            for (int end = count - 1; end > 0; end--)
            {
                int highest = _numbers[0];
                _numbers[0] = _numbers[end];
                _numbers[end] = highest;
                Sift(0, end);
            }

            return count;
        }

        /// <summary>The number of a file.</summary>
        public int Number(int index)
        {
            return _numbers[index];
        }

        /// <summary>Reads a whole file into <see cref="Buffer"/>.</summary>
        /// <returns>Its size in bytes, or a <see cref="StorageResult"/> below 0.</returns>
        public int Load(int file)
        {
            int size = _storage.Size(file);
            if (size <= 0)
            {
                return size;
            }

            if (Buffer.Length < size)
            {
                Buffer = new byte[size];
            }

            return _storage.Read(file, 0, Buffer, 0, size);
        }

        // A heap sort: a desktop may have thousands of segments.
        private void Sift(int root, int count)
        {
            int child = root * 2 + 1;
            while (child < count)
            {
                if (child + 1 < count && _numbers[child] < _numbers[child + 1])
                {
                    child++;
                }

                if (_numbers[root] >= _numbers[child])
                {
                    return;
                }

                int swap = _numbers[root];
                _numbers[root] = _numbers[child];
                _numbers[child] = swap;
                root = child;
                child = root * 2 + 1;
            }
        }
    }
}
