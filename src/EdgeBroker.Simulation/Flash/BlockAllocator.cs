using System;

namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// Gives blocks in turn, so that all wear alike: it notes which blocks are in use in a window, gives the free ones of it one
    /// after the other, then moves the window on. Blocks that become free in a window are given when it comes round again.
    /// </summary>
    internal sealed class BlockAllocator
    {
        // 16 bytes of bits, as on the device.
        private const int WindowMax = 128;

        private readonly FlashDevice _device;
        private readonly FlashDirectory _directory;
        private readonly byte[] _used;
        private readonly byte[] _held;
        private readonly byte[] _heldBriefly;
        private int _start;
        private int _next;
        private int _size;
        private int _left;

        public BlockAllocator(FlashDevice device, FlashDirectory directory)
        {
            _device = device;
            _directory = directory;
            _used = new byte[device.BlockCount];
            _held = new byte[device.BlockCount];
            _heldBriefly = new byte[device.BlockCount];
        }

        /// <summary>Forgets what it noted, and goes on from a block; what is held stays held.</summary>
        public void Reset(uint start)
        {
            _start = (int)(start % (uint)_device.BlockCount);
            _next = 0;
            _size = 0;
            Checkpoint();
        }

        /// <summary>
        /// All blocks given so far are in the directory, held, or not needed. From here every block is looked at once.
        /// </summary>
        public void Checkpoint()
        {
            _left = _device.BlockCount;
        }

        /// <summary>Keeps a block that no committed file has yet.</summary>
        public void Hold(int block)
        {
            _held[block] = 1;
        }

        /// <summary>
        /// Keeps a block that the directory no longer has in memory but still has on flash, until <see cref="ReleaseBriefly"/>.
        /// </summary>
        public void HoldBriefly(int block)
        {
            _heldBriefly[block] = 1;
        }

        /// <summary>The same for the blocks of a file.</summary>
        public int HoldBriefly(BlockChain chain, int head, int size)
        {
            return chain.Mark(head, size, _heldBriefly);
        }

        /// <summary>Takes back all <see cref="Hold"/>.</summary>
        public void ReleaseHeld()
        {
            Array.Clear(_held, 0, _held.Length);
        }

        /// <summary>Takes back all <see cref="HoldBriefly"/>.</summary>
        public void ReleaseBriefly()
        {
            Array.Clear(_heldBriefly, 0, _heldBriefly.Length);
        }

        /// <summary>Gives a block.</summary>
        public int Allocate(out int block)
        {
            block = MetadataPair.None;
            while (true)
            {
                SkipUsed();
                if (_next < _size)
                {
                    block = (_start + _next) % _device.BlockCount;
                    _next++;
                    _left--;

                    // At once, so that the next checkpoint finds them looked at.
                    SkipUsed();
                    return FlashResult.Ok;
                }

                if (_left <= 0)
                {
                    return FlashResult.NoSpace;
                }

                int result = MoveWindow();
                if (result != FlashResult.Ok)
                {
                    return result;
                }
            }
        }

        /// <summary>Counts the blocks in use.</summary>
        public int CountUsed(out int count)
        {
            byte[] used = new byte[_used.Length];
            int result = MarkUsed(used);
            count = 0;
            for (int i = 0; i < used.Length; i++)
            {
                count += used[i];
            }

            return result;
        }

        private void SkipUsed()
        {
            while (_next < _size && _used[(_start + _next) % _device.BlockCount] != 0)
            {
                _next++;
                _left--;
            }
        }

        private int MoveWindow()
        {
            _start = (_start + _next) % _device.BlockCount;
            _next = 0;
            _size = _left < WindowMax ? _left : WindowMax;
            Array.Clear(_used, 0, _used.Length);
            int result = MarkUsed(_used);
            if (result != FlashResult.Ok)
            {
                _size = 0;
            }

            return result;
        }

        private int MarkUsed(byte[] used)
        {
            for (int i = 0; i < used.Length; i++)
            {
                used[i] = (byte)(_held[i] | _heldBriefly[i]);
            }

            return _directory.MarkUsed(used);
        }
    }
}
