using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>What a store holds of one owner.</summary>
    internal sealed class OwnerFindings
    {
        /// <summary>The owner.</summary>
        internal required int Owner { get; init; }

        /// <summary>Whether something of it is missing, so that a broker drops it.</summary>
        internal bool IsLost { get; set; }

        /// <summary>Its items by type: how many, and the bytes of their records.</summary>
        internal SortedDictionary<int, (int Count, long Bytes)> Types { get; } = [];

        /// <summary>All its items.</summary>
        internal int ItemCount { get; private set; }

        /// <summary>The bytes of their records.</summary>
        internal long Bytes { get; private set; }

        /// <summary>Counts an item.</summary>
        internal void Add(int type, int bytes)
        {
            Types.TryGetValue(type, out (int Count, long Bytes) sum);
            Types[type] = (sum.Count + 1, sum.Bytes + bytes);
            ItemCount++;
            Bytes += bytes;
        }
    }
}
