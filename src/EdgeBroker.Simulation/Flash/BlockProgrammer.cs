using System;

namespace EdgeBroker.Simulation.Flash
{
    /// <summary>Programs a stream of bytes into one erased block, a cache at a time.</summary>
    internal sealed class BlockProgrammer
    {
        private const byte Filler = 0xff;

        private readonly FlashDevice _device;
        private readonly byte[] _cache = new byte[FlashDevice.CacheSize];
        private int _block;
        private int _programmed;
        private int _cached;

        public BlockProgrammer(FlashDevice device)
        {
            _device = device;
        }

        /// <summary>Where in the block the next byte goes.</summary>
        public int Position
        {
            get { return _programmed + _cached; }
        }

        /// <summary>Starts a stream.</summary>
        /// <param name="block">The block, erased from the position on.</param>
        /// <param name="position">A multiple of the program unit.</param>
        public void Begin(int block, int position)
        {
            _block = block;
            _programmed = position;
            _cached = 0;
        }

        /// <summary>Adds bytes; they must fit the block.</summary>
        public int Put(byte[] buffer, int offset, int count)
        {
            while (count > 0)
            {
                int size = FlashDevice.CacheSize - _cached;
                if (size > count)
                {
                    size = count;
                }

                Array.Copy(buffer, offset, _cache, _cached, size);
                _cached += size;
                offset += size;
                count -= size;

                // A block's end is a cache's end too: programs begin at multiples of the unit, not of the cache.
                if (_cached == FlashDevice.CacheSize || Position == FlashDevice.BlockSize)
                {
                    int result = Flush();
                    if (result != FlashResult.Ok)
                    {
                        return result;
                    }
                }
            }

            return FlashResult.Ok;
        }

        /// <summary>Adds bytes of another block.</summary>
        /// <param name="block">The other block.</param>
        /// <param name="position">Where they start in it.</param>
        /// <param name="count">How many.</param>
        /// <param name="scratch">Overwritten from its start.</param>
        public int PutCopy(int block, int position, int count, byte[] scratch)
        {
            while (count > 0)
            {
                int size = count > scratch.Length ? scratch.Length : count;
                int result = _device.Read(block, position, scratch, 0, size);
                if (result == FlashResult.Ok)
                {
                    result = Put(scratch, 0, size);
                }

                if (result != FlashResult.Ok)
                {
                    return result;
                }

                position += size;
                count -= size;
            }

            return FlashResult.Ok;
        }

        /// <summary>Programs what is still in the cache, filled up to a program unit.</summary>
        public int Flush()
        {
            if (_cached == 0)
            {
                return FlashResult.Ok;
            }

            int size = FlashBytes.AlignUp(_cached);
            for (int i = _cached; i < size; i++)
            {
                _cache[i] = Filler;
            }

            int result = _device.Program(_block, _programmed, _cache, 0, size);
            _programmed += size;
            _cached = 0;
            return result;
        }
    }
}
