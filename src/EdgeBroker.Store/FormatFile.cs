namespace EdgeBroker.Store
{
    /// <summary>The file that says which format the others have (SPEC.md), and the salt of their CRCs.</summary>
    internal sealed class FormatFile
    {
        private const int Size = 16;
        private const int MagicSize = 8;
        private const int SaltSize = 4;

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

        /// <summary>Whether <see cref="Check"/> found no journal, and nothing else either.</summary>
        public bool IsEmpty { get; private set; }

        /// <summary>The salt that was found, or begun with.</summary>
        public int Salt { get; private set; }

        /// <summary>Checks the format.</summary>
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
                return CheckEmpty();
            }

            for (int i = 0; i < MagicSize; i++)
            {
                if (count < Size || found[i] != _format[i])
                {
                    return MountResult.UnknownFormat;
                }
            }

            for (int i = MagicSize + SaltSize - 1; i >= MagicSize; i--)
            {
                if ((found[i] ^ found[i + SaltSize]) != 0xFF)
                {
                    // With another salt nothing would check, and that would look like an empty journal.
                    return MountResult.UnknownFormat;
                }

                Salt = (Salt << 8) | found[i];
            }

            return MountResult.Ok;
        }

        /// <summary>Names the format on an empty storage.</summary>
        /// <returns><see cref="MountResult.Ok"/> or Failed.</returns>
        public int Begin(int salt)
        {
            Salt = salt;
            for (int i = MagicSize; i < MagicSize + SaltSize; i++)
            {
                _format[i] = (byte)salt;
                _format[i + SaltSize] = (byte)(salt ^ 0xFF);
                salt >>= 8;
            }

            return _storage.Write(FileNumbers.Format, _format, 0, Size) == StorageResult.Ok ? MountResult.Ok : MountResult.Failed;
        }

        // Without this file nothing else may be there: power that went while it was made has left it empty at the most.
        private int CheckEmpty()
        {
            int[] files = new int[2];
            int count = _storage.List(files);
            IsEmpty = count == 0 || (count == 1 && files[0] == FileNumbers.Format);
            return IsEmpty ? MountResult.Ok : count < 0 ? MountResult.Failed : MountResult.UnknownFormat;
        }
    }
}
