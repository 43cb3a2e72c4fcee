using System;
using EdgeBroker.Platform;
using EdgeBroker.Store;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>A storage whose changes an estimate of wear hears of.</summary>
    internal sealed class EstimatedStorage : IStorage
    {
        private readonly IStorage _storage;
        private readonly LittleFsWear _wear;

        /// <summary>Puts it in front of an empty storage.</summary>
        public EstimatedStorage(IStorage storage, LittleFsWear wear)
        {
            _storage = storage;
            _wear = wear;
        }

        /// <inheritdoc/>
        public bool PrefersAppend => _storage.PrefersAppend;

        /// <inheritdoc/>
        public int List(int[] files) => _storage.List(files);

        /// <inheritdoc/>
        public int Size(int file) => _storage.Size(file);

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count) =>
            _storage.Read(file, position, buffer, offset, count);

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            _wear.Written(Math.Max(_storage.Size(file), -1), count);
            return _storage.Write(file, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            _wear.Written(Math.Max(_storage.Size(file), -1), size);
            return _storage.BeginWrite(file, size);
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count) => _storage.WritePart(buffer, offset, count);

        /// <inheritdoc/>
        public int EndWrite() => _storage.EndWrite();

        /// <inheritdoc/>
        public void AbandonWrite() => _storage.AbandonWrite();

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            int size = _storage.Size(file);
            _wear.Appended(Math.Max(size, -1), Math.Max(size, 0) + count);
            return _storage.Append(file, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            _wear.Deleted(_storage.Size(file));
            return _storage.Delete(file);
        }

        /// <inheritdoc/>
        public int SetAside() => _storage.SetAside();
    }
}
