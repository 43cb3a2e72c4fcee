using System;

namespace EdgeBroker.Simulation
{
    /// <summary>
    /// One direction of a <see cref="VirtualLink"/>: bytes that were sent and not yet received, in order.
    /// Invariants: <c>0 &lt;= _start</c>, <c>0 &lt;= _count</c>, <c>_start + _count &lt;= _bytes.Length</c>.
    /// </summary>
    internal sealed class VirtualPipe
    {
        // Small, since a simulation holds thousands of pipes and most carry a few bytes at a time.
        private const int InitialSize = 64;

        private byte[] _bytes = new byte[InitialSize];
        private int _start;
        private int _count;

        /// <summary>Bytes that wait in the pipe.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Adds bytes at the end; the pipe grows as it must.</summary>
        public void Write(byte[] source, int offset, int count)
        {
            if (_start + _count + count > _bytes.Length)
            {
                MakeRoom(count);
            }

            Array.Copy(source, offset, _bytes, _start + _count, count);
            _count += count;
        }

        /// <summary>Takes bytes from the front.</summary>
        /// <returns>How many: the smaller of <paramref name="count"/> and <see cref="Count"/>.</returns>
        public int Read(byte[] target, int offset, int count)
        {
            if (count > _count)
            {
                count = _count;
            }

            Array.Copy(_bytes, _start, target, offset, count);
            _count -= count;

            // Back to the front when empty, so that a pipe that drains never has to move its bytes.
            _start = _count == 0 ? 0 : _start + count;
            return count;
        }

        /// <summary>Loses all that waits.</summary>
        public void Clear()
        {
            _start = 0;
            _count = 0;
        }

        private void MakeRoom(int count)
        {
            byte[] target = _bytes;
            int size = _bytes.Length;
            while (size < _count + count)
            {
                size *= 2;
            }

            if (size != _bytes.Length)
            {
                target = new byte[size];
            }

            Array.Copy(_bytes, _start, target, 0, _count);
            _bytes = target;
            _start = 0;
        }
    }
}
