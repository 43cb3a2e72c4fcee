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

            Sort(_numbers, count);
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

        private static void Sort(int[] values, int count)
        {
            for (int i = 1; i < count; i++)
            {
                int value = values[i];
                int j = i - 1;
                while (j >= 0 && values[j] > value)
                {
                    values[j + 1] = values[j];
                    j--;
                }

                values[j + 1] = value;
            }
        }
    }
}
