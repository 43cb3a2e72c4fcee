namespace EdgeBroker.Memory
{
    /// <summary>Messages that are only items of the journal, with no place in the <see cref="MessagePool"/>.</summary>
    internal static class ItemMessage
    {
        private const int First = MessagePool.None - 1;

        /// <summary>How such a message is named among those of the pool.</summary>
        public static int Of(int item)
        {
            return First - item;
        }

        /// <summary>Whether a message is one.</summary>
        public static bool Is(int message)
        {
            return message <= First;
        }

        /// <summary>The item of such a message.</summary>
        public static int ToItem(int message)
        {
            return First - message;
        }
    }
}
