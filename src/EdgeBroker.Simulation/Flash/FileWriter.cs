using System;

namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// The content of the file that is being written: up to a cache of it in memory, to become inline, else in blocks of its own.
    /// Blocks of a committed file are never changed: going on with one begins by copying its last block.
    /// </summary>
    internal sealed class FileWriter
    {
        private readonly FlashDevice _device;
        private readonly BlockAllocator _allocator;
        private readonly BlockChain _chain;
        private readonly BlockProgrammer _programmer;
        private readonly byte[] _copy = new byte[FlashDevice.ProgramUnit];
        private bool _isProgramming;

        public FileWriter(FlashDevice device, BlockAllocator allocator, BlockChain chain)
        {
            _device = device;
            _allocator = allocator;
            _chain = chain;
            _programmer = new BlockProgrammer(device);
            Data = new byte[FlashDevice.CacheSize];
        }

        /// <summary>The content, while <see cref="IsInline"/>.</summary>
        public byte[] Data { get; }

        /// <summary>Bytes of the file.</summary>
        public int Size { get; private set; }

        /// <summary>Whether the content is to become inline.</summary>
        public bool IsInline { get; private set; }

        /// <summary>The last block, if it is not.</summary>
        public int Head { get; private set; }

        /// <summary>Starts with an inline file whose content is in <see cref="Data"/>.</summary>
        public void BeginInline(int size)
        {
            Size = size;
            IsInline = true;
            _isProgramming = false;
        }

        /// <summary>Starts with a file in blocks.</summary>
        public void BeginChain(int size, int head)
        {
            Size = size;
            Head = head;
            IsInline = false;
            _isProgramming = false;
        }

        /// <summary>Adds bytes.</summary>
        public int Write(byte[] buffer, int offset, int count)
        {
            if (IsInline)
            {
                if (Size + count <= Data.Length)
                {
                    Array.Copy(buffer, offset, Data, Size, count);
                    Size += count;
                    _allocator.Checkpoint();
                    return FlashResult.Ok;
                }

                int result = MoveOut();
                if (result != FlashResult.Ok)
                {
                    return result;
                }
            }

            int added = Add(buffer, offset, count);
            _allocator.Checkpoint();
            return added;
        }

        /// <summary>Programs what is not yet.</summary>
        public int Flush()
        {
            return _isProgramming ? _programmer.Flush() : FlashResult.Ok;
        }

        private int MoveOut()
        {
            int size = Size;
            IsInline = false;
            Size = 0;
            int result = NextBlock();
            return result == FlashResult.Ok ? Add(Data, 0, size) : result;
        }

        private int Add(byte[] buffer, int offset, int count)
        {
            while (count > 0)
            {
                if (!_isProgramming || _programmer.Position == FlashDevice.BlockSize)
                {
                    int next = NextBlock();
                    if (next != FlashResult.Ok)
                    {
                        return next;
                    }
                }

                int room = FlashDevice.BlockSize - _programmer.Position;
                int size = count < room ? count : room;
                int result = _programmer.Put(buffer, offset, size);
                if (result != FlashResult.Ok)
                {
                    return result;
                }

                Size += size;
                offset += size;
                count -= size;
            }

            return FlashResult.Ok;
        }

        private int NextBlock()
        {
            _allocator.Checkpoint();
            int result = _allocator.Allocate(out int block);
            if (result == FlashResult.Ok)
            {
                _allocator.Hold(block);
                result = _device.Erase(block);
            }

            if (result != FlashResult.Ok)
            {
                return result;
            }

            _programmer.Begin(block, 0);
            if (Size > 0)
            {
                int index = BlockChain.Locate(Size - 1, out int last);
                result = last + 1 < FlashDevice.BlockSize
                    ? _programmer.PutCopy(Head, 0, last + 1, _copy)
                    : _chain.PutPointers(_programmer, index + 1, Head);
            }

            Head = block;
            _isProgramming = true;
            return result;
        }
    }
}
