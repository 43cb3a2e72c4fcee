using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;

namespace EdgeBroker.Persistence
{
    /// <summary>The handles of items that few Sessions have.</summary>
    internal sealed class SeldomItems
    {
        /// <summary>The item of type <see cref="ItemType.Will"/>.</summary>
        public int Will = SessionItems.None;

        /// <summary>The items of type <see cref="ItemType.Walked"/>.</summary>
        public int[] Walked;

        /// <summary>How many there are.</summary>
        public int WalkedCount;

        /// <summary>The item of type <see cref="ItemType.Terms"/>.</summary>
        public int Terms = SessionItems.None;

        /// <summary>The item of type <see cref="ItemType.Away"/>.</summary>
        public int Away = SessionItems.None;

        /// <summary>Since when the Client has been away, in the store's time, as that item says.</summary>
        public int AwaySince;

        /// <summary>The item of type <see cref="ItemType.Dropped"/>.</summary>
        public int Dropped = SessionItems.None;

        /// <summary>Whether the mount found the Session not to be whole.</summary>
        public bool IsBroken;

        /// <summary>Makes one without any.</summary>
        public static SeldomItems Create()
        {
            try
            {
                return new SeldomItems();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new SeldomItems();
            }
        }

        /// <summary>Appends an item of type <see cref="ItemType.Walked"/>.</summary>
        public void AddWalked(int item)
        {
            if (Walked == null)
            {
                Walked = MemoryReserve.Ints(8);
            }
            else if (WalkedCount == Walked.Length)
            {
                Walked = Growth.Resize(Walked, WalkedCount * 2);
            }

            Walked[WalkedCount++] = item;
        }
    }
}
