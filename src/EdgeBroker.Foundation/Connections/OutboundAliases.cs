using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Connections
{
    /// <summary>
    /// The Topic Aliases that the broker has set on one Network Connection: the first topics sent get one each
    /// (5.0, section 3.3.2.3.4).
    /// </summary>
    internal sealed class OutboundAliases
    {
        // Longer topics are sent whole: their copies would make the memory a Client can cause too large.
        private const int TopicLengthMax = 128;

        private readonly byte[][] _topics;
        private readonly int[] _hashes;
        private int _count;

        private OutboundAliases(int countMax)
        {
            _topics = new byte[countMax][];
            _hashes = new int[countMax];
        }

        /// <summary>Makes a table.</summary>
        /// <param name="countMax">The highest alias the Client accepts.</param>
        public static OutboundAliases Create(int countMax)
        {
            try
            {
                return new OutboundAliases(countMax);
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new OutboundAliases(countMax);
            }
        }

        /// <summary>Finds the alias of a topic.</summary>
        /// <returns>The alias from 1, or 0 if the topic has none.</returns>
        public int Find(byte[] buffer, int offset, int length)
        {
            int hash = ByteHash.Compute(buffer, offset, length);
            for (int i = 0; i < _count; i++)
            {
                if (_hashes[i] == hash
                    && _topics[i].Length == length
                    && ByteHash.AreEqual(_topics[i], buffer, offset, length))
                {
                    return i + 1;
                }
            }

            return 0;
        }

        /// <summary>The alias that a topic of this length would get, never above the Client's maximum [MQTT5-3.3.2-11].</summary>
        /// <returns>The alias from 1, or 0 if there is none left.</returns>
        public int Next(int length)
        {
            return _count < _topics.Length && length <= TopicLengthMax ? _count + 1 : 0;
        }

        /// <summary>Gives the topic the alias that <see cref="Next"/> said.</summary>
        public void Add(byte[] buffer, int offset, int length)
        {
            byte[] topic = Growth.Copy(buffer, offset, length);
            _hashes[_count] = ByteHash.Compute(buffer, offset, length);
            _topics[_count++] = topic;
        }
    }
}
