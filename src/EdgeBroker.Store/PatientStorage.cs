namespace EdgeBroker.Store
{
    /// <summary>
    /// Storage that reads again what could not be read in a moment. For the mount: what that can't read is not there until the next
    /// start, and all Sessions with it.
    /// </summary>
    internal sealed class PatientStorage : IStorage
    {
        /// <summary>How often something is read at the most.</summary>
        public const int TriesMax = 5;

        private readonly IStorage _storage;

        /// <summary>Makes it.</summary>
        /// <param name="storage">What it is otherwise.</param>
        public PatientStorage(IStorage storage)
        {
            _storage = storage;

            // One that was thrown out of a commit may have left a file half written.
            storage.AbandonWrite();
        }

        /// <inheritdoc/>
        public bool PrefersAppend
        {
            get { return _storage.PrefersAppend; }
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            int count = StorageResult.Failed;
            for (int i = 0; i < TriesMax && count == StorageResult.Failed; i++)
            {
                count = _storage.List(files);
            }

            return count;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            int size = StorageResult.Failed;
            for (int i = 0; i < TriesMax && size == StorageResult.Failed; i++)
            {
                size = _storage.Size(file);
            }

            return size;
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            int read = StorageResult.Failed;
            for (int i = 0; i < TriesMax && read == StorageResult.Failed; i++)
            {
                read = _storage.Read(file, position, buffer, offset, count);
            }

            return read;
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            return _storage.Write(file, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            return _storage.BeginWrite(file, size);
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            return _storage.WritePart(buffer, offset, count);
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            return _storage.EndWrite();
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            _storage.AbandonWrite();
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            return _storage.Append(file, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            return _storage.Delete(file);
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            return _storage.SetAside();
        }
    }
}
