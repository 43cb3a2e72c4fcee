using System;

namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// Flash as an ESP32 has it inside: blocks that are erased as a whole to ones, and programs that only clear bits. It counts
    /// what wears it, and can lose its power, fail, forget bits and be slow: see <see cref="Faults"/>.
    /// Deterministic: the same calls with the same seed leave the same bytes.
    /// Memory: the bytes of every block ever programmed, so small tests stay small.
    /// </summary>
    public sealed class FlashDevice
    {
        /// <summary>Bytes of a block, the unit of erasing.</summary>
        public const int BlockSize = 4096;

        /// <summary>Bytes that are programmed together: programs begin at and are multiples of this.</summary>
        public const int ProgramUnit = 128;

        /// <summary>Bytes that the file system collects before it programs them.</summary>
        public const int CacheSize = 512;

        /// <summary>The blocks of the file partition on a device with 4 MB.</summary>
        public const int BlockCountDefault = 64;

        private const byte Erased = 0xff;

        private readonly byte[][] _blocks;
        private readonly int[] _eraseCounts;
        private readonly byte[] _erased = new byte[BlockSize];
        private readonly FlashRandom _random;
        private readonly VirtualClock _clock;

        /// <summary>Creates a device whose blocks are all erased.</summary>
        /// <param name="blockCount">4 or more.</param>
        /// <param name="seed">What chance in <see cref="Faults"/> follows from.</param>
        /// <param name="clock">What slow erases advance; may be null.</param>
        public FlashDevice(int blockCount, int seed, VirtualClock clock)
        {
            _blocks = new byte[blockCount][];
            _eraseCounts = new int[blockCount];
            _random = new FlashRandom(seed);
            _clock = clock;
            Faults = new FlashFaults(_random);
            IsPowered = true;
            for (int i = 0; i < BlockSize; i++)
            {
                _erased[i] = Erased;
            }
        }

        /// <summary>The bad behaviour that is asked for.</summary>
        public FlashFaults Faults { get; }

        /// <summary>Hears of every change of the content, so that it can be kept somewhere; may be null.</summary>
        public IFlashWatch Watch { get; set; }

        /// <summary>How many blocks there are.</summary>
        public int BlockCount
        {
            get { return _blocks.Length; }
        }

        /// <summary>Whether operations have power; see <see cref="PowerOn"/>.</summary>
        public bool IsPowered { get; private set; }

        /// <summary>Programs and erases begun so far.</summary>
        public long OperationCount { get; private set; }

        /// <summary>Erases begun so far.</summary>
        public long EraseCount { get; private set; }

        /// <summary>Bytes programmed so far, those of torn programs included.</summary>
        public long ProgrammedBytes { get; private set; }

        /// <summary>Programs over bytes that were not erased: a fault of whoever programs.</summary>
        public int OverwriteCount { get; private set; }

        /// <summary>Grows with every bit that flips, so that caches of the content know that they are stale.</summary>
        public int FlipCount { get; private set; }

        /// <summary>Erases of one block so far.</summary>
        public int EraseCountOf(int block)
        {
            return _eraseCounts[block];
        }

        /// <summary>Erases of the block that has most of them: what ends the life of the flash.</summary>
        public int EraseCountMax()
        {
            int most = 0;
            for (int i = 0; i < _eraseCounts.Length; i++)
            {
                if (_eraseCounts[i] > most)
                {
                    most = _eraseCounts[i];
                }
            }

            return most;
        }

        /// <summary>Starts all counts of wear at 0 again; the content stays.</summary>
        public void ResetCounts()
        {
            EraseCount = 0;
            ProgrammedBytes = 0;
            Array.Clear(_eraseCounts, 0, _eraseCounts.Length);
        }

        /// <summary>Lets chance follow from another seed from here.</summary>
        public void Reseed(int seed)
        {
            FlashRandom random = new FlashRandom(seed);
            _random.State = random.State;
        }

        /// <summary>Reads; all of it must lie in one block.</summary>
        /// <returns><see cref="FlashResult.Ok"/>, <see cref="FlashResult.Failed"/> or <see cref="FlashResult.PowerLost"/>.</returns>
        public int Read(int block, int position, byte[] buffer, int offset, int count)
        {
            if (!IsPowered)
            {
                return FlashResult.PowerLost;
            }

            if (Faults.FailsRead())
            {
                return FlashResult.Failed;
            }

            byte[] source = _blocks[block];
            Array.Copy(source == null ? _erased : source, position, buffer, offset, count);
            return FlashResult.Ok;
        }

        /// <summary>Programs: clears the bits that are 0 in the data. All of it must lie in one block.</summary>
        /// <param name="block">The block.</param>
        /// <param name="position">Where in it: a multiple of <see cref="ProgramUnit"/>.</param>
        /// <param name="buffer">Holds the data.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">A multiple of <see cref="ProgramUnit"/>.</param>
        /// <returns><see cref="FlashResult.Ok"/>, <see cref="FlashResult.Failed"/> or <see cref="FlashResult.PowerLost"/>.</returns>
        public int Program(int block, int position, byte[] buffer, int offset, int count)
        {
            if (!IsPowered)
            {
                return FlashResult.PowerLost;
            }

            if (position % ProgramUnit != 0 || count % ProgramUnit != 0 || position + count > BlockSize)
            {
                throw new ArgumentException();
            }

            FlashFate fate = Faults.Judge(OperationCount);
            OperationCount++;
            ProgrammedBytes += count;
            if (fate == FlashFate.Done || fate == FlashFate.CutAfter)
            {
                ClearBits(block, position, buffer, offset, count);
            }
            else if (fate != FlashFate.CutBefore)
            {
                Tear(block, position, buffer, offset, count);
            }

            Tell(block, position, count);
            return ResultOf(fate);
        }

        /// <summary>Erases a block: all its bits are 1.</summary>
        /// <returns><see cref="FlashResult.Ok"/>, <see cref="FlashResult.Failed"/> or <see cref="FlashResult.PowerLost"/>.</returns>
        public int Erase(int block)
        {
            if (!IsPowered)
            {
                return FlashResult.PowerLost;
            }

            FlashFate fate = Faults.Judge(OperationCount);
            OperationCount++;
            EraseCount++;
            _eraseCounts[block]++;
            int eraseMs = Faults.NextEraseMs();
            if (_clock != null && eraseMs > 0)
            {
                _clock.Advance(eraseMs);
            }

            if (fate == FlashFate.Done || fate == FlashFate.CutAfter)
            {
                if (_blocks[block] != null)
                {
                    Array.Copy(_erased, 0, _blocks[block], 0, BlockSize);
                }
            }
            else if (fate != FlashFate.CutBefore)
            {
                TearErase(ContentOf(block));
            }

            Tell(block, 0, BlockSize);
            return ResultOf(fate);
        }

        /// <summary>Takes the power away, between two operations.</summary>
        public void PowerOff()
        {
            IsPowered = false;
        }

        /// <summary>Gives the power back; what is stored is as the cut left it.</summary>
        public void PowerOn()
        {
            IsPowered = true;
        }

        /// <summary>Flips one bit at rest.</summary>
        /// <param name="block">The block.</param>
        /// <param name="bit">Which bit of it: 0 to 32,767.</param>
        public void FlipBit(int block, int bit)
        {
            ContentOf(block)[bit >> 3] ^= (byte)(1 << (bit & 7));
            FlipCount++;
            Tell(block, bit >> 3, 1);
        }

        /// <summary>Flips bits of blocks that have been programmed, anywhere in them; none if there are no such blocks.</summary>
        /// <param name="count">How many: 0 or more.</param>
        public void FlipBits(int count)
        {
            int left = count;
            for (int tries = 0; left > 0 && tries < count * BlockCount * 16; tries++)
            {
                int block = _random.Next(_blocks.Length);
                if (_blocks[block] != null)
                {
                    FlipBit(block, _random.Next(BlockSize * 8));
                    left--;
                }
            }
        }

        /// <summary>Copies what is stored, with or without power and whatever fails.</summary>
        public void CopyTo(int block, int position, byte[] buffer, int offset, int count)
        {
            byte[] source = _blocks[block];
            Array.Copy(source == null ? _erased : source, position, buffer, offset, count);
        }

        /// <summary>Becomes a block of before: its content and its wear. To be called before anything is mounted.</summary>
        /// <param name="block">The block.</param>
        /// <param name="buffer">Holds the content: <see cref="BlockSize"/> bytes.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="eraseCount">The erases it has behind it.</param>
        public void Restore(int block, byte[] buffer, int offset, int eraseCount)
        {
            Array.Copy(buffer, offset, ContentOf(block), 0, BlockSize);
            EraseCount += eraseCount - _eraseCounts[block];
            _eraseCounts[block] = eraseCount;
            FlipCount++;
        }

        /// <summary>Becomes as another device of as many blocks is: content, counts, power and chance; not its faults.</summary>
        public void CopyFrom(FlashDevice other)
        {
            for (int i = 0; i < _blocks.Length; i++)
            {
                if (other._blocks[i] != null)
                {
                    Array.Copy(other._blocks[i], 0, ContentOf(i), 0, BlockSize);
                }
                else
                {
                    _blocks[i] = null;
                }
            }

            Array.Copy(other._eraseCounts, 0, _eraseCounts, 0, _eraseCounts.Length);
            _random.State = other._random.State;
            IsPowered = other.IsPowered;
            OperationCount = other.OperationCount;
            EraseCount = other.EraseCount;
            ProgrammedBytes = other.ProgrammedBytes;
            OverwriteCount = other.OverwriteCount;

            // Not the other's count: a file system on this device must notice that all has changed.
            FlipCount++;
        }

        private byte[] ContentOf(int block)
        {
            if (_blocks[block] == null)
            {
                byte[] content = new byte[BlockSize];
                Array.Copy(_erased, 0, content, 0, BlockSize);
                _blocks[block] = content;
            }

            return _blocks[block];
        }

        private void Tell(int block, int position, int count)
        {
            if (Watch != null)
            {
                Watch.Changed(this, block, position, count);
            }
        }

        private int ResultOf(FlashFate fate)
        {
            if (fate == FlashFate.Done)
            {
                return FlashResult.Ok;
            }

            if (fate == FlashFate.Fails)
            {
                return FlashResult.Failed;
            }

            IsPowered = false;
            return FlashResult.PowerLost;
        }

        private void ClearBits(int block, int position, byte[] buffer, int offset, int count)
        {
            byte[] content = ContentOf(block);
            bool isOverwrite = false;
            for (int i = 0; i < count; i++)
            {
                isOverwrite |= content[position + i] != Erased;
                content[position + i] &= buffer[offset + i];
            }

            if (isOverwrite)
            {
                OverwriteCount++;
            }
        }

        private void Tear(int block, int position, byte[] buffer, int offset, int count)
        {
            int prefix = _random.Next(count);
            ClearBits(block, position, buffer, offset, prefix);
            ContentOf(block)[position + prefix] &= (byte)(buffer[offset + prefix] | _random.Next(256));
        }

        // The bits of a block do not turn at the same time: what is left may be old, new, or neither.
        private void TearErase(byte[] content)
        {
            int kind = _random.Next(3);
            int end = _random.Next(BlockSize);
            if (kind == 0)
            {
                Array.Copy(_erased, 0, content, 0, end);
            }
            else if (kind == 1)
            {
                Array.Copy(_erased, end, content, end, BlockSize - end);
            }
            else
            {
                for (int i = 0; i < BlockSize; i++)
                {
                    content[i] = (byte)_random.Next(256);
                }
            }
        }
    }
}
