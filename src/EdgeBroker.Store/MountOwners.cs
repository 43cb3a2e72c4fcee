namespace EdgeBroker.Store
{
    /// <summary>
    /// What the log says about each owner besides its items, to tell for whom something is missing. Only the mount needs it;
    /// then it is let go. By the indexes of the <see cref="OwnerTable"/>, which don't change while a mount goes on.
    /// </summary>
    internal sealed class MountOwners
    {
        private const int StartCount = 8;

        private readonly OwnerTable _owners;
        private int[] _stated = new int[StartCount];
        private long[] _statedAt = new long[StartCount];
        private long[] _endedAt = new long[StartCount];
        private byte[] _lost = new byte[StartCount];

        /// <summary>Makes it for a table of owners.</summary>
        public MountOwners(OwnerTable owners)
        {
            _owners = owners;
        }

        /// <summary>The index of an owner, which is made if it is not known.</summary>
        public int IndexOf(int owner)
        {
            int index = _owners.FindOrAdd(owner);
            if (index >= _lost.Length)
            {
                int length = Growth.Next(index);
                _stated = Growth.Resize(_stated, length);
                _statedAt = Growth.Resize(_statedAt, length);
                _endedAt = Growth.Resize(_endedAt, length);
                _lost = Growth.Resize(_lost, length);
            }

            return index;
        }

        /// <summary>Notes what a frame states of the digest.</summary>
        public void State(int index, int digest, long sequence)
        {
            _stated[index] = digest;
            _statedAt[index] = sequence;
        }

        /// <summary>Notes that all items of an owner up to an id have ended.</summary>
        /// <returns>False if that is known: the record again, in the retry of a commit.</returns>
        public bool End(int index, long id)
        {
            bool isNew = _endedAt[index] != id;
            _endedAt[index] = id;
            return isNew;
        }

        /// <summary>Whether an item of an owner has ended with all others.</summary>
        public bool IsEnded(int index, long id)
        {
            return id <= _endedAt[index];
        }

        /// <summary>Whether something of the owner's is missing.</summary>
        public bool IsLost(int index)
        {
            return _lost[index] != 0;
        }

        /// <summary>Notes that something of the owner's is missing.</summary>
        public void SetLost(int index)
        {
            _lost[index] = 1;
        }

        /// <summary>
        /// Whether nothing of the owner's is missing: its items have the digest that was stated last. Where frames are missing,
        /// that has to be a later statement than they are.
        /// </summary>
        /// <param name="index">The owner's index.</param>
        /// <param name="damageSequence">The last missing frame; 0 if none is known to be missing.</param>
        public bool IsProven(int index, long damageSequence)
        {
            if (_statedAt[index] == 0)
            {
                // Who has items has a statement, since a copy states the digest as well.
                return _owners.ItemCount(index) == 0;
            }

            return _statedAt[index] > damageSequence && _stated[index] == _owners.Digest(index);
        }
    }
}
