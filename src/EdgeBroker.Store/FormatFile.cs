namespace EdgeBroker.Store
{
    /// <summary>The file that says which format the others have (SPEC.md).</summary>
    internal sealed class FormatFile
    {
        private const int Size = 8;

        private readonly IStorage _storage;
        private readonly byte[] _format;

        /// <summary>Makes it for a storage.</summary>
        public FormatFile(IStorage storage)
        {
            _storage = storage;
            _format = new byte[Size];
            _format[0] = (byte)'E';
            _format[1] = (byte)'d';
            _format[2] = (byte)'g';
            _format[3] = (byte)'e';
            _format[4] = (byte)'J';
            _format[5] = 1;
        }

        /// <summary>Checks the format, or names it on an empty storage.</summary>
        /// <returns><see cref="MountResult.Ok"/>, UnknownFormat or Failed.</returns>
        public int Check()
        {
            byte[] found = new byte[Size];
            int count = _storage.Read(FileNumbers.Format, 0, found, 0, Size);
            if (count == StorageResult.Failed)
            {
                return MountResult.Failed;
            }

            if (count == StorageResult.NotFound || count == 0)
            {
                return Begin();
            }

            for (int i = 0; i < Size; i++)
            {
                if (count < Size || found[i] != _format[i])
                {
                    return MountResult.UnknownFormat;
                }
            }

            return MountResult.Ok;
        }

        // Without this file nothing else may be there: power that went while it was made has left it empty at the most.
        private int Begin()
        {
            int[] files = new int[2];
            int count = _storage.List(files);
            if (count > 1 || (count == 1 && files[0] != FileNumbers.Format))
            {
                return MountResult.UnknownFormat;
            }

            return count < 0 || _storage.Write(FileNumbers.Format, _format, 0, Size) != StorageResult.Ok
                ? MountResult.Failed
                : MountResult.Ok;
        }
    }
}
