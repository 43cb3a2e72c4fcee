using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;
using EdgeBroker.Topics;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// The retained messages in the store. That there is one, or none any more, is stored before the acknowledgement of QoS 1 and 2;
    /// a new value of one that is there within the setting retained-commit-ms, so that a value that changes often costs little.
    /// </summary>
    internal sealed class RetainedStore : IRetainedItems
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        // More than the body of an item takes besides the message.
        private const int Overhead = 32;

        private readonly Context _context;
        private readonly Journal _journal;
        private readonly Committer _commits;
        private readonly DeliveryItems _items;
        private readonly bool _keepsInMemory;
        private long _dueMs;

        /// <summary>Makes the one of the store.</summary>
        /// <param name="context">What the parts share.</param>
        /// <param name="journal">The journal.</param>
        /// <param name="commits">Commits it.</param>
        /// <param name="items">The messages in it.</param>
        /// <param name="keepsInMemory">Whether messages that are stored stay in memory as well: where there is much of it.</param>
        public RetainedStore(Context context, Journal journal, Committer commits, DeliveryItems items, bool keepsInMemory)
        {
            _keepsInMemory = keepsInMemory;
            _context = context;
            _journal = journal;
            _commits = commits;
            _items = items;
        }

        /// <summary>When the next values are stored, in the clock's milliseconds; 0 if there are none.</summary>
        public long DueMs
        {
            get { return _dueMs; }
        }

        /// <summary>
        /// Whether a message can be stored before its acknowledgement. While nothing can be stored for good that is not promised.
        /// One that takes the place of another that is stored always can.
        /// </summary>
        public bool HasRoom(Publication publication)
        {
            RetainedTable retained = _context.Retained;
            int place = retained.Find(publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            return (place != RetainedTable.None && retained.Item(place) != None)
                || _commits.State == StoreState.Failed
                || _commits.Reserve(1, publication.Size + Overhead, 1);
        }

        /// <summary>A message was set.</summary>
        /// <param name="place">Its place in the table.</param>
        /// <param name="publication">The message.</param>
        public void OnSet(int place, Publication publication)
        {
            RetainedTable retained = _context.Retained;
            bool isNew = retained.Item(place) == None;

            // A Packet Identifier that is stored keeps the message from being taken again after a cut, so it is stored with it.
            bool isOnce = publication.QoS == QoS.QoS2 && publication.Publisher != null && publication.Publisher.StoreNumber != 0;
            bool isUrgent = isNew || isOnce || _context.Limits.RetainedCommitMs == 0;
            if (publication.QoS > QoS.QoS0 && isUrgent && Put(place))
            {
                publication.IsStaged = true;
                LeaveInFlash(place, publication);
                return;
            }

            retained.SetUnstored(place, true);
            if (_dueMs == 0)
            {
                _dueMs = _context.NowMs + _context.Limits.RetainedCommitMs;
                _context.WakeAt(_dueMs);
            }
        }

        /// <inheritdoc/>
        public void OnRemoved(int item, bool isUnstored)
        {
            _journal.Delete(item, ItemOwner.Retained);
            long leftMs = isUnstored ? _dueMs - _context.NowMs : _context.Limits.RetainedCommitMs;
            _commits.WantWithin(leftMs > 0 ? (int)leftMs : 0);
        }

        /// <summary>Stores the values that have waited long enough.</summary>
        public void RunDue()
        {
            if (_dueMs == 0 || _context.NowMs < _dueMs)
            {
                return;
            }

            _dueMs = 0;
            StoreAll();
        }

        /// <summary>Stores all values that are not stored yet.</summary>
        public void StoreAll()
        {
            // A full store has room for new values of what it holds all the same.
            RetainedTable retained = _context.Retained;
            bool isFull = false;
            for (int place = 0; place < retained.End; place++)
            {
                if (!retained.IsUnstored(place) || (isFull && retained.Item(place) == None))
                {
                    continue;
                }

                if (!Put(place))
                {
                    isFull = true;
                    continue;
                }

                LeaveInFlash(place, null);
                _commits.Want();
            }

            if (isFull)
            {
                _dueMs = _context.NowMs + _context.Limits.WaitMs + 1;
                _context.WakeAt(_dueMs);
            }
        }

        /// <summary>
        /// A message that is stored and was not entered yet, as it is to be entered: the item itself, or
        /// <see cref="MessagePool.None"/> if it is to be in memory as well.
        /// </summary>
        public int MessageOf(int item)
        {
            return _keepsInMemory ? MessagePool.None : ItemMessage.Of(item);
        }

        // Lets go of the bytes of a message that is stored. While it is being routed others may need them, and keep them then.
        private void LeaveInFlash(int place, Publication publication)
        {
            RetainedTable retained = _context.Retained;
            int message = retained.MessageAt(place);
            if (_keepsInMemory)
            {
                return;
            }

            if (publication != null && publication.StoredMessage == message && _context.Messages.References(message) == 1)
            {
                publication.StoredMessage = MessagePool.None;
            }

            retained.SetMessage(place, ItemMessage.Of(retained.Item(place)));
        }

        private bool Put(int place)
        {
            RetainedTable retained = _context.Retained;
            int message = retained.MessageAt(place);
            int size = _context.Messages.Size(message) + Overhead;
            bool hasRoom = retained.Item(place) == None ? _commits.Reserve(1, size, 1) : _commits.ReserveChange(1, size, 1);
            if (!hasRoom)
            {
                return false;
            }

            MessageBody body = _items.Measure(message);
            body.QoS = _context.Messages.QoS(message);
            byte[] buffer;
            int offset;
            int item = _journal.BeginPut(ItemType.Retained, ItemOwner.Retained, body.Size, out buffer, out offset);
            _items.Write(buffer, offset);
            _journal.EndPut();
            if (retained.Item(place) != None)
            {
                _journal.Delete(retained.Item(place), ItemOwner.Retained);
            }

            retained.SetItem(place, item);
            retained.SetUnstored(place, false);
            return true;
        }
    }
}
