using System;
using EdgeBroker.Store;

namespace EdgeBroker.Store.Tests
{
    /// <summary>
    /// Files in memory that can lose power at any operation: before it, in the middle of it (an append leaves a part), or right
    /// after it, when the caller does not learn of it any more. Replacing and deleting are atomic, as the port promises.
    /// </summary>
    public sealed class FakeStorage : IStorage
    {
        private readonly byte[][] _files;
        private readonly byte[][] _aside;
        private readonly bool _append;
        private int _cutAt = -1;
        private int _cutKind;
        private byte[] _written;
        private int _writtenSize;
        private int _writtenFile;

        /// <summary>Makes an empty storage.</summary>
        public FakeStorage(bool prefersAppend)
            : this(prefersAppend, 20000)
        {
        }

        /// <summary>Makes an empty storage for files of a number below a bound.</summary>
        public FakeStorage(bool prefersAppend, int filesMax)
        {
            _files = new byte[filesMax][];
            _aside = new byte[filesMax][];
            _append = prefersAppend;
        }

        /// <summary>Operations that change something, since the start.</summary>
        public int OperationCount { get; private set; }

        /// <summary>Files written, appended to or deleted, since the start.</summary>
        public int ChangeCount { get; private set; }

        /// <summary>Whether the power is gone.</summary>
        public bool IsOff { get; private set; }

        /// <summary>What failing operations answer instead of working; 0 for none.</summary>
        public int Failing { get; set; }

        /// <summary>Whether a failing operation has worked all the same: only its answer is bad.</summary>
        public bool FailsAfterwards { get; set; }

        /// <summary>After how many reads more one fails; below 0 none.</summary>
        public int ReadFailsAfter { get; set; } = -1;

        /// <inheritdoc/>
        public bool PrefersAppend
        {
            get { return _append; }
        }

        /// <summary>Takes the power away at an operation from now on.</summary>
        /// <param name="operation">How many operations still work.</param>
        /// <param name="kind">0: before, 1: in the middle, 2: after.</param>
        public void CutAfter(int operation, int kind)
        {
            _cutAt = OperationCount + operation;
            _cutKind = kind;
        }

        /// <summary>Gives the power back.</summary>
        public void PowerOn()
        {
            _cutAt = -1;
            IsOff = false;
        }

        /// <summary>A file's bytes, or null.</summary>
        public byte[] GetFile(int file)
        {
            return _files[file];
        }

        /// <summary>Sets a file's bytes, or removes it with null.</summary>
        public void SetFile(int file, byte[] bytes)
        {
            _files[file] = bytes;
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            int count = 0;
            for (int i = 0; i < _files.Length; i++)
            {
                if (_files[i] != null)
                {
                    if (count < files.Length)
                    {
                        files[count] = i;
                    }

                    count++;
                }
            }

            return count;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            return _files[file] == null ? StorageResult.NotFound : _files[file].Length;
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            byte[] bytes = _files[file];
            if (bytes == null)
            {
                return StorageResult.NotFound;
            }

            if (ReadFailsAfter >= 0 && ReadFailsAfter-- == 0)
            {
                return StorageResult.Failed;
            }

            int there = bytes.Length - position;
            if (there < count)
            {
                count = there;
            }

            if (count <= 0)
            {
                return 0;
            }

            Array.Copy(bytes, position, buffer, offset, count);
            return count;
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            if (Refuses())
            {
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            if (!IsCut() || _cutKind == 2)
            {
                byte[] bytes = new byte[count];
                Array.Copy(buffer, offset, bytes, 0, count);
                _files[file] = bytes;
            }

            return Done();
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            AbandonWrite();
            if (Refuses())
            {
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            if (_files[file] == null && (!IsCut() || _cutKind > 0))
            {
                _files[file] = new byte[0];
            }

            int result = Passed();
            _written = result == StorageResult.Ok ? new byte[size] : null;
            _writtenSize = 0;
            _writtenFile = file;
            return result;
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            if (Refuses())
            {
                _written = null;
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            Array.Copy(buffer, offset, _written, _writtenSize, count);
            _writtenSize += count;
            int result = Passed();
            _written = result == StorageResult.Ok ? _written : null;
            return result;
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            byte[] written = _written;
            _written = null;
            if (Refuses() || _writtenSize != written.Length)
            {
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            if (!IsCut() || _cutKind == 2)
            {
                _files[_writtenFile] = written;
            }

            return Done();
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            if (_written != null && !IsOff)
            {
                byte[] part = new byte[_writtenSize];
                Array.Copy(_written, 0, part, 0, _writtenSize);
                _files[_writtenFile] = part;
            }

            _written = null;
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            if (Refuses())
            {
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            bool isDone = !IsCut() || _cutKind == 2;
            int part = isDone ? count : _cutKind == 1 ? count / 2 : 0;
            if (part > 0 || isDone)
            {
                byte[] old = _files[file] == null ? new byte[0] : _files[file];
                byte[] bytes = new byte[old.Length + part];
                Array.Copy(old, 0, bytes, 0, old.Length);
                Array.Copy(buffer, offset, bytes, old.Length, part);
                _files[file] = bytes;
            }

            return Done();
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            if (Refuses())
            {
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            if (_files[file] == null)
            {
                return StorageResult.NotFound;
            }

            if (!IsCut() || _cutKind == 2)
            {
                _files[file] = null;
            }

            return Done();
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            if (Refuses())
            {
                return Failing != 0 ? Failing : StorageResult.Failed;
            }

            if (!IsCut() || _cutKind == 2)
            {
                Array.Copy(_files, 0, _aside, 0, _files.Length);
                Array.Clear(_files, 0, _files.Length);
            }

            return Done();
        }

        /// <summary>A file that was set aside, or null.</summary>
        public byte[] GetAside(int file)
        {
            return _aside[file];
        }

        private bool Refuses()
        {
            return IsOff || (Failing != 0 && !FailsAfterwards);
        }

        private bool IsCut()
        {
            return OperationCount == _cutAt;
        }

        private int Done()
        {
            ChangeCount++;
            return Passed();
        }

        private int Passed()
        {
            bool cut = IsCut();
            OperationCount++;
            IsOff = cut;
            return cut || Failing != 0 ? StorageResult.Failed : StorageResult.Ok;
        }
    }
}
