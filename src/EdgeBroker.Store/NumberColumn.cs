using System;

namespace EdgeBroker.Store
{
    /// <summary>
    /// A table's column of whole numbers: two bytes each as long as all of them are small, as they are on a device, where every byte
    /// counts; four from the first large one on.
    /// </summary>
    public sealed class NumberColumn
    {
        private short[] _small;
        private int[] _large;

        /// <summary>Makes a column of zeros.</summary>
        public NumberColumn(int length)
        {
            _small = MemoryReserve.Shorts(length);
        }

        /// <summary>Makes a column of zeros, after the start.</summary>
        public static NumberColumn Create(int length)
        {
            try
            {
                return new NumberColumn(length);
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new NumberColumn(length);
            }
        }

        /// <summary>How many numbers there are.</summary>
        public int Length
        {
            get { return _small != null ? _small.Length : _large.Length; }
        }

        /// <summary>A number.</summary>
        public int Get(int index)
        {
            return _small != null ? _small[index] : _large[index];
        }

        /// <summary>Sets a number.</summary>
        public void Set(int index, int value)
        {
            if (_small != null && value != (short)value)
            {
                Widen();
            }

            if (_small != null)
            {
                _small[index] = (short)value;
            }
            else
            {
                _large[index] = value;
            }
        }

        /// <summary>Makes the column longer, by zeros.</summary>
        public void Resize(int length)
        {
            if (_small != null)
            {
                short[] longer = MemoryReserve.Shorts(length);
                Array.Copy(_small, 0, longer, 0, _small.Length);
                _small = longer;
            }
            else
            {
                _large = Growth.Resize(_large, length);
            }
        }

        private void Widen()
        {
            int[] large = MemoryReserve.Ints(_small.Length);
            for (int i = 0; i < large.Length; i++)
            {
                large[i] = _small[i];
            }

            _large = large;
            _small = null;
        }
    }
}
