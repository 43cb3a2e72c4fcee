namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// A file as a chain of blocks that is read from its last block: block n begins with pointers to the blocks n - 1, n - 2,
    /// n - 4…, as many as n can be halved, and one. So a chain grows without touching what is written, and any place in it is
    /// found in few steps.
    /// </summary>
    internal sealed class BlockChain
    {
        private const int PointerSize = 4;

        private readonly FlashDevice _device;
        private readonly byte[] _pointer = new byte[PointerSize];

        public BlockChain(FlashDevice device)
        {
            _device = device;
        }

        /// <summary>Finds where a byte of a file is.</summary>
        /// <param name="position">The byte: 0 or more.</param>
        /// <param name="offset">Where in its block.</param>
        /// <returns>The block, counted from the start of the file.</returns>
        public static int Locate(int position, out int offset)
        {
            int index = 0;
            int header = 0;
            while (position >= FlashDevice.BlockSize - header)
            {
                position -= FlashDevice.BlockSize - header;
                index++;
                header = PointerSize * PointersOf(index);
            }

            offset = header + position;
            return index;
        }

        /// <summary>Writes what a block begins with.</summary>
        /// <param name="programmer">Stands at the start of the block.</param>
        /// <param name="index">The block, counted from the start of the file: 1 or more.</param>
        /// <param name="previous">The block before it, complete on the device.</param>
        public int PutPointers(BlockProgrammer programmer, int index, int previous)
        {
            int count = PointersOf(index);
            int block = previous;
            int result = FlashResult.Ok;
            for (int i = 0; i < count && result == FlashResult.Ok; i++)
            {
                FlashBytes.WriteInt(_pointer, 0, block);
                result = programmer.Put(_pointer, 0, PointerSize);
                if (result == FlashResult.Ok && i < count - 1)
                {
                    result = Follow(block, i, out block);
                }
            }

            return result;
        }

        /// <summary>Reads a part of a file that lies in one block or more.</summary>
        /// <param name="head">The last block.</param>
        /// <param name="size">The size of the file: 1 or more.</param>
        /// <param name="position">Where to start.</param>
        /// <param name="buffer">Gets the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many bytes, all of them in the file.</param>
        public int Read(int head, int size, int position, byte[] buffer, int offset, int count)
        {
            int last = Locate(size - 1, out int _);
            while (count > 0)
            {
                int index = Locate(position, out int start);
                int result = Find(head, last, index, out int block);
                int part = FlashDevice.BlockSize - start;
                part = part < count ? part : count;
                if (result == FlashResult.Ok)
                {
                    result = _device.Read(block, start, buffer, offset, part);
                }

                if (result != FlashResult.Ok)
                {
                    return result;
                }

                position += part;
                offset += part;
                count -= part;
            }

            return FlashResult.Ok;
        }

        /// <summary>Marks the blocks of a file.</summary>
        /// <param name="head">The last block.</param>
        /// <param name="size">The size of the file.</param>
        /// <param name="used">One byte per block; set to 1.</param>
        /// <remarks>A chain that leads nowhere, after damage, is marked as far as it goes.</remarks>
        public int Mark(int head, int size, byte[] used)
        {
            int block = head;
            for (int index = Locate(size - 1, out int _); IsBlock(block); index--)
            {
                used[block] = 1;
                if (index <= 0)
                {
                    break;
                }

                int result = Follow(block, 0, out block);
                if (result != FlashResult.Ok)
                {
                    return result == FlashResult.Damaged ? FlashResult.Ok : result;
                }
            }

            return FlashResult.Ok;
        }

        private int Find(int head, int last, int index, out int block)
        {
            block = head;
            int result = IsBlock(head) ? FlashResult.Ok : FlashResult.Damaged;
            while (last > index && result == FlashResult.Ok)
            {
                // The farthest jump that does not pass the block.
                int jump = PointersOf(last) - 1;
                while ((1 << jump) > last - index)
                {
                    jump--;
                }

                result = Follow(block, jump, out block);
                last -= 1 << jump;
            }

            return result;
        }

        private int Follow(int block, int pointer, out int target)
        {
            int result = _device.Read(block, pointer * PointerSize, _pointer, 0, PointerSize);
            target = FlashBytes.ReadInt(_pointer, 0);
            return result == FlashResult.Ok && !IsBlock(target) ? FlashResult.Damaged : result;
        }

        private bool IsBlock(int block)
        {
            return block >= 0 && block < _device.BlockCount;
        }

        private static int PointersOf(int index)
        {
            int count = 1;
            while ((index & 1) == 0 && index > 0)
            {
                index >>= 1;
                count++;
            }

            return index == 0 ? 0 : count;
        }
    }
}
