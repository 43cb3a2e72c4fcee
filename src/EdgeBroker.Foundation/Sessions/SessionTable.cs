using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;

namespace EdgeBroker.Sessions
{
    /// <summary>All Sessions, found by Client Identifier [MQTT-3.1.3-2], [MQTT5-3.1.3-2].</summary>
    internal sealed class SessionTable
    {
        private readonly int _countMax;
        private Session[] _buckets;
        private Session _free;
        private int _count;

        /// <summary>Makes an empty table.</summary>
        /// <param name="countMax">How many Sessions there may be.</param>
        public SessionTable(int countMax)
        {
            _countMax = countMax;
            _buckets = new Session[8];
        }

        /// <summary>Sessions there are.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>Whether there is room for another.</summary>
        public bool HasRoom
        {
            get { return _count < _countMax; }
        }

        /// <summary>The first of all Sessions, in no order, or null.</summary>
        public Session First
        {
            get { return FirstFrom(0); }
        }

        /// <summary>The one that follows a Session, or null. None may be added meanwhile.</summary>
        public Session Next(Session session)
        {
            if (session.ClientIdentifier == null)
            {
                // It has ended meanwhile.
                return null;
            }

            Session next = session.NextInTable;
            return next != null ? next : FirstFrom((session.Hash & (_buckets.Length - 1)) + 1);
        }

        /// <summary>Finds a Session.</summary>
        /// <returns>The Session, or null.</returns>
        public Session Find(byte[] buffer, int offset, int length)
        {
            int hash = ByteHash.Compute(buffer, offset, length);
            Session session = _buckets[hash & (_buckets.Length - 1)];
            while (session != null
                && (session.Hash != hash
                    || session.ClientIdentifier.Length != length
                    || !ByteHash.AreEqual(session.ClientIdentifier, buffer, offset, length)))
            {
                session = session.NextInTable;
            }

            return session;
        }

        /// <summary>Makes a Session; the caller has checked <see cref="HasRoom"/> and that there is none of this name.</summary>
        public Session Add(byte[] buffer, int offset, int length)
        {
            Session session = _free;
            if (session != null)
            {
                _free = session.NextInTable;
            }
            else
            {
                session = Create();
            }

            session.Reset();
            session.ClientIdentifier = MemoryReserve.Bytes(length);
            Array.Copy(buffer, offset, session.ClientIdentifier, 0, length);
            session.Hash = ByteHash.Compute(buffer, offset, length);
            if (_count >= _buckets.Length)
            {
                Grow();
            }

            int bucket = session.Hash & (_buckets.Length - 1);
            session.NextInTable = _buckets[bucket];
            _buckets[bucket] = session;
            _count++;
            return session;
        }

        /// <summary>Removes a Session, which owns nothing any more.</summary>
        public void Remove(Session session)
        {
            int bucket = session.Hash & (_buckets.Length - 1);
            if (_buckets[bucket] == session)
            {
                _buckets[bucket] = session.NextInTable;
            }
            else
            {
                Session other = _buckets[bucket];
                while (other.NextInTable != session)
                {
                    other = other.NextInTable;
                }

                other.NextInTable = session.NextInTable;
            }

            session.ClientIdentifier = null;
            session.NextInTable = _free;
            _free = session;
            _count--;
        }

        private Session FirstFrom(int bucket)
        {
            while (bucket < _buckets.Length)
            {
                if (_buckets[bucket] != null)
                {
                    return _buckets[bucket];
                }

                bucket++;
            }

            return null;
        }

        private void Grow()
        {
            Session[] old = _buckets;
            _buckets = Lists.Sessions(old.Length * 2);
            for (int i = 0; i < old.Length; i++)
            {
                Session session = old[i];
                while (session != null)
                {
                    Session next = session.NextInTable;
                    int bucket = session.Hash & (_buckets.Length - 1);
                    session.NextInTable = _buckets[bucket];
                    _buckets[bucket] = session;
                    session = next;
                }
            }
        }

        private static Session Create()
        {
            try
            {
                return new Session();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new Session();
            }
        }
    }
}
