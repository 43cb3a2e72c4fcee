using EdgeBroker.Sessions;

namespace EdgeBroker.Persistence
{
    /// <summary>Finds a Session by its number, and a message by the id of its item, while the store is mounted.</summary>
    internal sealed class OwnerMap
    {
        private int[] _number = new int[16];
        private Session[] _session = new Session[16];
        private int _count;
        private long[] _id = new long[16];
        private int[] _message = new int[16];

        /// <summary>Messages entered.</summary>
        public int MessageCount { get; private set; }

        /// <summary>A message entered.</summary>
        public int MessageAt(int index)
        {
            return _message[index];
        }

        /// <summary>The Session of a number, or null.</summary>
        public Session Find(int number)
        {
            int index = IndexOf(_number, number);
            return _number[index] == number ? _session[index] : null;
        }

        /// <summary>Enters a Session.</summary>
        public void Add(int number, Session session)
        {
            if (_count * 2 >= _number.Length)
            {
                Grow();
            }

            int index = IndexOf(_number, number);
            if (_number[index] == 0)
            {
                _count++;
            }

            _number[index] = number;
            _session[index] = session;
        }

        /// <summary>Enters a message. Ids only go up.</summary>
        public void AddMessage(long id, int message)
        {
            if (MessageCount == _id.Length)
            {
                long[] ids = new long[MessageCount * 2];
                int[] messages = new int[MessageCount * 2];
                System.Array.Copy(_id, 0, ids, 0, MessageCount);
                System.Array.Copy(_message, 0, messages, 0, MessageCount);
                _id = ids;
                _message = messages;
            }

            _id[MessageCount] = id;
            _message[MessageCount] = message;
            MessageCount++;
        }

        /// <summary>The message of an id, or -1.</summary>
        public int FindMessage(long id)
        {
            int low = 0;
            int high = MessageCount - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                if (_id[middle] == id)
                {
                    return _message[middle];
                }

                if (_id[middle] < id)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return -1;
        }

        private static int IndexOf(int[] numbers, int number)
        {
            int mask = numbers.Length - 1;
            int index = (number * -1640531535) & mask;
            while (numbers[index] != 0 && numbers[index] != number)
            {
                index = (index + 1) & mask;
            }

            return index;
        }

        private void Grow()
        {
            int[] numbers = new int[_number.Length * 2];
            Session[] sessions = new Session[numbers.Length];
            for (int i = 0; i < _number.Length; i++)
            {
                if (_number[i] != 0)
                {
                    int index = IndexOf(numbers, _number[i]);
                    numbers[index] = _number[i];
                    sessions[index] = _session[i];
                }
            }

            _number = numbers;
            _session = sessions;
        }
    }
}
