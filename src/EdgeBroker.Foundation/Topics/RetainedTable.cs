using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Store;

namespace EdgeBroker.Topics
{
    /// <summary>
    /// The retained messages, one per Topic Name at the most. Places are stable, so that a walk can stop and go on later.
    /// </summary>
    internal sealed class RetainedTable
    {
        /// <summary>No place.</summary>
        public const int None = -1;

        /// <summary>In the place of a number: that of the message set last when the store was mounted.</summary>
        public const int Mounted = -1;

        /// <summary>Where stored messages are; null without a store.</summary>
        public IRetainedItems Store;

        private readonly MessagePool _messages;
        private readonly int _countMax;
        private readonly int _blocksMax;
        private NumberColumn _buckets;

        // In the pool, or, once they are stored and memory is scarce, items of the journal.
        private int[] _message;
        private readonly NumberColumn _next;
        private long[] _number;
        private readonly ItemColumn _item = new ItemColumn();
        private bool[] _isUnstored;
        private readonly LevelNames _topics = new LevelNames();
        private int _free = None;
        private int _created;
        private int _count;
        private long _lastNumber;

        /// <summary>Makes an empty table.</summary>
        /// <param name="messages">Where the messages are kept.</param>
        /// <param name="countMax">How many there may be.</param>
        public RetainedTable(MessagePool messages, int countMax)
        {
            _messages = messages;
            _countMax = countMax;
            _blocksMax = messages.Blocks.Room / 4 * 3;
            int start = Growth.Start(countMax);
            _message = new int[start];
            _next = new NumberColumn(start);
            _number = new long[start];
            _isUnstored = new bool[start];
            MakeBuckets(start);
        }

        /// <summary>Retained messages there are.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>The end of the places to walk.</summary>
        public int End
        {
            get { return _created; }
        }

        /// <summary>The number of the message set last; numbers go up by one with each.</summary>
        public long LastNumber
        {
            get { return _lastNumber; }
        }

        /// <summary>The number of the message set last when the store was mounted; 0 without one.</summary>
        public long MountedNumber { get; private set; }

        /// <summary>The message at a place, or <see cref="MessagePool.None"/>.</summary>
        public int MessageAt(int place)
        {
            return _message[place];
        }

        /// <summary>Replaces the message at a place by itself, as it is kept elsewhere.</summary>
        public void SetMessage(int place, int message)
        {
            Release(place);
            _message[place] = message;
        }

        /// <summary>Whether the Topic Name of a place matches a Topic Filter. There is a message.</summary>
        public bool Matches(int place, byte[] filter, int length)
        {
            return TopicFilter.Matches(filter, 0, length, _topics.Bytes, _topics.OffsetOf(place), _topics.Length(place));
        }

        /// <summary>The number of the message at a place.</summary>
        public long NumberAt(int place)
        {
            return _number[place];
        }

        /// <summary>The item in the journal of the message at a place, or of the one before it; <see cref="None"/> without one.</summary>
        public int Item(int place)
        {
            return _item.Get(place);
        }

        /// <summary>Sets the item in the journal.</summary>
        public void SetItem(int place, int item)
        {
            _item.Set(place, item);
        }

        /// <summary>Whether the message at a place is still to be stored.</summary>
        public bool IsUnstored(int place)
        {
            return _isUnstored[place];
        }

        /// <summary>Sets whether it is.</summary>
        public void SetUnstored(int place, bool isUnstored)
        {
            _isUnstored[place] = isUnstored;
        }

        /// <summary>Finds the place of a Topic Name.</summary>
        /// <returns>The place, or <see cref="None"/>.</returns>
        public int Find(byte[] topic, int offset, int length)
        {
            int place = _buckets.Get(ByteHash.Compute(topic, offset, length) & (_buckets.Length - 1));
            while (place != None && !_topics.AreEqual(place, topic, offset, length))
            {
                place = _next.Get(place);
            }

            return place;
        }

        /// <summary>
        /// Whether a message for any Topic Name can be set: not if there is only the last quarter of the memory left, or who sets values
        /// of ever more topics would leave no room for anybody's messages.
        /// </summary>
        public bool HasPlenty
        {
            get { return _count < _countMax && _messages.Blocks.InUse <= _blocksMax; }
        }

        /// <summary>Whether there are as many as there may be.</summary>
        public bool IsFull
        {
            get { return _count >= _countMax; }
        }

        /// <summary>Whether a message for the Topic Name can be set.</summary>
        public bool HasRoom(byte[] topic, int offset, int length)
        {
            return HasPlenty || Find(topic, offset, length) != None;
        }

        /// <summary>
        /// Sets the retained message of its Topic Name [MQTT-3.3.1-5], [MQTT5-3.3.1-5], taking over a reference to it. The
        /// caller has checked <see cref="HasRoom"/>.
        /// </summary>
        /// <returns>Its place.</returns>
        public int Set(byte[] topic, int offset, int length, int message)
        {
            _lastNumber++;
            int place = Find(topic, offset, length);
            if (place != None)
            {
                Release(place);
            }
            else
            {
                place = Take();
                _topics.Set(place, topic, offset, length);
                int bucket = ByteHash.Compute(topic, offset, length) & (_buckets.Length - 1);
                _next.Set(place, _buckets.Get(bucket));
                _buckets.Set(bucket, place);
            }

            if (!ItemMessage.Is(message))
            {
                _messages.SetPinned(message, true);
            }

            _message[place] = message;
            _number[place] = _lastNumber;
            return place;
        }

        /// <summary>The store is mounted: what is set from now on is newer than what it held.</summary>
        public void EndMount()
        {
            MountedNumber = _lastNumber;
        }

        /// <summary>Removes the retained message of a Topic Name, if there is one [MQTT-3.3.1-10], [MQTT5-3.3.1-6].</summary>
        /// <returns>Whether the store had it.</returns>
        public bool Remove(byte[] topic, int offset, int length)
        {
            int place = Find(topic, offset, length);
            bool isStored = place != None && _item.Get(place) != None;
            if (place != None)
            {
                RemoveAt(place);
            }

            return isStored;
        }

        /// <summary>Removes the message at a place.</summary>
        public void RemoveAt(int place)
        {
            int bucket = BucketOf(place);
            if (_buckets.Get(bucket) == place)
            {
                _buckets.Set(bucket, _next.Get(place));
            }
            else
            {
                int other = _buckets.Get(bucket);
                while (_next.Get(other) != place)
                {
                    other = _next.Get(other);
                }

                _next.Set(other, _next.Get(place));
            }

            Release(place);
            _message[place] = MessagePool.None;
            if (_item.Get(place) != None)
            {
                Store.OnRemoved(_item.Get(place), _isUnstored[place]);
                _item.Set(place, None);
            }

            _isUnstored[place] = false;
            _topics.Remove(place);
            _next.Set(place, _free);
            _free = place;
            _count--;
        }

        private void Release(int place)
        {
            int message = _message[place];
            if (!ItemMessage.Is(message))
            {
                _messages.SetPinned(message, false);
                _messages.Release(message);
            }
        }

        private int BucketOf(int place)
        {
            return _topics.HashOf(place) & (_buckets.Length - 1);
        }

        private int Take()
        {
            _count++;
            if (_free != None)
            {
                int free = _free;
                _free = _next.Get(free);
                return free;
            }

            int place = _created++;
            if (place == _message.Length)
            {
                int length = Growth.Next(place, _countMax);
                _message = Growth.Resize(_message, length);
                _next.Resize(length);
                _number = Growth.Resize(_number, length);
                _isUnstored = Growth.Resize(_isUnstored, length);
                MakeBuckets(length);
                for (int i = 0; i < place; i++)
                {
                    int bucket = BucketOf(i);
                    _next.Set(i, _buckets.Get(bucket));
                    _buckets.Set(bucket, i);
                }
            }

            return place;
        }

        private void MakeBuckets(int count)
        {
            int length = 16;
            while (length < count)
            {
                length *= 2;
            }

            _buckets = NumberColumn.Create(length);
            for (int i = 0; i < length; i++)
            {
                _buckets.Set(i, None);
            }
        }
    }
}
