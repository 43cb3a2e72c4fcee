using System;
using System.Threading;
using EdgeBroker.Store;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>A storage that throws what no port should throw, or does not answer, when a test says so.</summary>
    internal sealed class FaultyStorage(IStorage storage) : IStorage
    {
        private volatile int _throwsLeft;

        /// <summary>How many of the next writes throw.</summary>
        internal int ThrowsLeft
        {
            get => _throwsLeft;
            set => _throwsLeft = value;
        }

        /// <summary>While it is reset, writes don't come back.</summary>
        internal ManualResetEventSlim Answers { get; } = new(true);

        /// <inheritdoc/>
        public bool PrefersAppend => storage.PrefersAppend;

        /// <inheritdoc/>
        public int List(int[] files) => storage.List(files);

        /// <inheritdoc/>
        public int Size(int file) => storage.Size(file);

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            return storage.Read(file, position, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            Begin();
            return storage.Write(file, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            Begin();
            return storage.BeginWrite(file, size);
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count) => storage.WritePart(buffer, offset, count);

        /// <inheritdoc/>
        public int EndWrite() => storage.EndWrite();

        /// <inheritdoc/>
        public void AbandonWrite() => storage.AbandonWrite();

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            Begin();
            return storage.Append(file, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Delete(int file) => storage.Delete(file);

        /// <inheritdoc/>
        public int SetAside() => storage.SetAside();

        private void Begin()
        {
            Answers.Wait();
            if (_throwsLeft > 0)
            {
                _throwsLeft--;
                throw new InvalidOperationException("a fault\nin two lines");
            }
        }
    }
}
