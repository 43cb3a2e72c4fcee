#nullable disable
using System;
using EdgeBroker.Store;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// A virtual flash, so small that it fits into a device's heap beside the broker. Runs of a byte are kept as their length: the
    /// payloads of the messages here are one each.
    /// </summary>
    internal sealed class LeanStorage : IStorage
    {
        private const int RunMin = 4;
        private const int RunMax = 130;
        private const int LiteralMax = 128;

        // A control byte below 128 stands before so many bytes more, less one; another before the byte of a run of so many, less these.
        private const int RunBase = 128 - 3;

        private readonly int[] _number;
        private readonly int[] _size;
        private readonly byte[][] _content;

        /// <summary>Makes an empty one.</summary>
        /// <param name="filesMax">How many files there can be.</param>
        public LeanStorage(int filesMax)
        {
            _number = new int[filesMax];
            _size = new int[filesMax];
            _content = new byte[filesMax][];
        }

        /// <summary>Files written.</summary>
        public int WriteCount { get; private set; }

        /// <summary>Bytes of all files, as they were written.</summary>
        public int Bytes
        {
            get
            {
                int bytes = 0;
                for (int i = 0; i < _number.Length; i++)
                {
                    bytes += _content[i] == null ? 0 : _size[i];
                }

                return bytes;
            }
        }

        /// <inheritdoc/>
        public bool PrefersAppend
        {
            get { return false; }
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            int count = 0;
            for (int i = 0; i < _number.Length; i++)
            {
                if (_content[i] != null)
                {
                    if (count < files.Length)
                    {
                        files[count] = _number[i];
                    }

                    count++;
                }
            }

            return count;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            int index = Find(file);
            return index < 0 ? StorageResult.NotFound : _size[index];
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            int index = Find(file);
            if (index < 0)
            {
                return StorageResult.NotFound;
            }

            int there = _size[index] - position;
            count = count < there ? count : there;
            Unpack(_content[index], position, buffer, offset, count);
            return count;
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            int index = Find(file);
            for (int i = 0; i < _number.Length && index < 0; i++)
            {
                index = _content[i] == null ? i : -1;
            }

            if (index < 0)
            {
                return StorageResult.Full;
            }

            int size = Pack(buffer, offset, count, null);
            byte[] content = _content[index];
            if (content == null || content.Length < size || content.Length > size * 2)
            {
                // The old one is not needed: nothing here is cut short.
                _content[index] = null;
                content = new byte[size];
            }

            Pack(buffer, offset, count, content);
            _content[index] = content;
            _number[index] = file;
            _size[index] = count;
            WriteCount++;
            return StorageResult.Ok;
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            return StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            int index = Find(file);
            if (index < 0)
            {
                return StorageResult.NotFound;
            }

            _content[index] = null;
            return StorageResult.Ok;
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            return StorageResult.Failed;
        }

        private static int RunAt(byte[] buffer, int offset, int end)
        {
            int last = end - offset > RunMax ? offset + RunMax : end;
            int at = offset + 1;
            while (at < last && buffer[at] == buffer[offset])
            {
                at++;
            }

            return at - offset;
        }

        // Only counts where there is no target.
        private static int Pack(byte[] buffer, int offset, int count, byte[] target)
        {
            int end = offset + count;
            int size = 0;
            while (offset < end)
            {
                int run = RunAt(buffer, offset, end);
                int length = run;
                while (run < RunMin && length < LiteralMax && offset + length < end)
                {
                    int next = RunAt(buffer, offset + length, end);
                    if (next >= RunMin)
                    {
                        break;
                    }

                    length++;
                }

                int bytes = run < RunMin ? length : 1;
                if (target != null)
                {
                    target[size] = (byte)(run < RunMin ? length - 1 : run + RunBase);
                    Array.Copy(buffer, offset, target, size + 1, bytes);
                }

                size += 1 + bytes;
                offset += length;
            }

            return size;
        }

        private static void Unpack(byte[] content, int position, byte[] buffer, int offset, int count)
        {
            int at = 0;
            while (count > 0)
            {
                int control = content[at++];
                bool isRun = control >= LiteralMax;
                int length = isRun ? control - RunBase : control + 1;
                if (position < length)
                {
                    int part = length - position < count ? length - position : count;
                    for (int i = 0; i < part; i++)
                    {
                        buffer[offset + i] = content[isRun ? at : at + position + i];
                    }

                    offset += part;
                    count -= part;
                    position = length;
                }

                position -= length;
                at += isRun ? 1 : length;
            }
        }

        private int Find(int file)
        {
            for (int i = 0; i < _number.Length; i++)
            {
                if (_content[i] != null && _number[i] == file)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
