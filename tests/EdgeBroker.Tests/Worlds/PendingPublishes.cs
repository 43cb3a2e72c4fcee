namespace EdgeBroker.Tests.Worlds
{
    /// <summary>What a Client has published and the broker has not completed: in order, part of the Client's Session.</summary>
    internal sealed class PendingPublishes
    {
        /// <summary>How many there may be.</summary>
        public const int Max = 3;

        private const int IdentifierMax = 9;

        /// <summary>The Packet Identifiers.</summary>
        public readonly int[] Identifiers = new int[Max];

        /// <summary>The messages.</summary>
        public readonly int[] Messages = new int[Max];

        /// <summary>Whether PUBREC has come, so that PUBREL is owed and PUBCOMP awaited.</summary>
        public readonly bool[] IsReleased = new bool[Max];

        private int _last;

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        /// <summary>Adds a message.</summary>
        /// <returns>Its Packet Identifier: used again soon, as a small device does.</returns>
        public int Add(int message)
        {
            do
            {
                _last = _last % IdentifierMax + 1;
            }
            while (IndexOf(_last) >= 0);

            Identifiers[Count] = _last;
            Messages[Count] = message;
            IsReleased[Count] = false;
            Count++;
            return _last;
        }

        /// <summary>The index of a Packet Identifier, or -1.</summary>
        public int IndexOf(int identifier)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Identifiers[i] == identifier)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Removes one that is complete.</summary>
        public void RemoveAt(int index)
        {
            Count--;
            for (int i = index; i < Count; i++)
            {
                Identifiers[i] = Identifiers[i + 1];
                Messages[i] = Messages[i + 1];
                IsReleased[i] = IsReleased[i + 1];
            }
        }

        /// <summary>Forgets all, with the Session.</summary>
        public void Clear()
        {
            Count = 0;
        }
    }
}
