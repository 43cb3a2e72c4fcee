namespace EdgeBroker.Delivery
{
    /// <summary>A list of one Subscription Identifier that is used again for each message: who keeps it copies the number.</summary>
    internal sealed class OneIdentifier
    {
        private readonly int[] _list;

        /// <summary>Makes the list.</summary>
        public OneIdentifier()
        {
            _list = new int[1];
        }

        /// <summary>The list of an identifier.</summary>
        /// <returns>The list, which holds until the next call, or null for 0.</returns>
        public int[] Of(int identifier)
        {
            if (identifier == 0)
            {
                return null;
            }

            _list[0] = identifier;
            return _list;
        }
    }
}
