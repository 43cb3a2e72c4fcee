namespace EdgeBroker.Store
{
    /// <summary>The order in which a mount shows the items: by id, which is the order in which they were made.</summary>
    internal static class MountOrder
    {
        /// <summary>The live items by id: a heap sort, which needs no memory besides the result.</summary>
        public static int[] ById(ItemTable items)
        {
            int[] order = new int[items.Count];
            int count = 0;
            for (int item = 0; item < items.End; item++)
            {
                if (items.IsLive(item))
                {
                    order[count++] = item;
                }
            }

            for (int i = count / 2 - 1; i >= 0; i--)
            {
                Sift(items, order, i, count);
            }

            for (int end = count - 1; end > 0; end--)
            {
                int first = order[0];
                order[0] = order[end];
                order[end] = first;
                Sift(items, order, 0, end);
            }

            return order;
        }

        private static void Sift(ItemTable items, int[] order, int root, int count)
        {
            int child = root * 2 + 1;
            while (child < count)
            {
                if (child + 1 < count && items.Id(order[child]) < items.Id(order[child + 1]))
                {
                    child++;
                }

                if (items.Id(order[root]) >= items.Id(order[child]))
                {
                    return;
                }

                int swap = order[root];
                order[root] = order[child];
                order[child] = swap;
                root = child;
                child = root * 2 + 1;
            }
        }
    }
}
