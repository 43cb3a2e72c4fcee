using System;
using EdgeBroker.Memory;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;

namespace EdgeBroker.Persistence
{
    /// <summary>The handles of a Session's own items in the journal. Those of its subscriptions and deliveries are with these.</summary>
    internal sealed class SessionItems
    {
        /// <summary>No item.</summary>
        public const int None = -1;

        /// <summary>The item of type <see cref="ItemType.Session"/>.</summary>
        public int Session = None;

        /// <summary>The items of type <see cref="ItemType.Inbound"/>, in the order of the Session's Packet Identifiers.</summary>
        public int[] Inbound;

        /// <summary>Makes one, after the start.</summary>
        public static SessionItems Create()
        {
            try
            {
                return new SessionItems();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new SessionItems();
            }
        }

        /// <summary>The terms that the store has, as <see cref="Sessions.Session.Terms"/> has them.</summary>
        public long Terms;

        /// <summary>Whether the Session is in the list of those with unstored deliveries.</summary>
        public bool IsListed;

        /// <summary>When a delivery was sent whose acknowledgement is to show whether the Client is quick again; 0 for none.</summary>
        public long ProbeSentMs;

        private SeldomItems _seldom;

        /// <summary>The expiry in seconds that the store has.</summary>
        public long ExpiryS
        {
            get { return Terms >> 1; }
        }

        /// <summary>Items that most Sessions don't have, to be changed.</summary>
        public SeldomItems Seldom
        {
            get
            {
                if (_seldom == null)
                {
                    _seldom = SeldomItems.Create();
                }

                return _seldom;
            }
        }

        /// <summary>The item of type <see cref="ItemType.Will"/>.</summary>
        public int Will
        {
            get { return _seldom == null ? None : _seldom.Will; }
        }

        /// <summary>How many items of type <see cref="ItemType.Walked"/> there are.</summary>
        public int WalkedCount
        {
            get { return _seldom == null ? 0 : _seldom.WalkedCount; }
        }

        /// <summary>The item of type <see cref="ItemType.Away"/>.</summary>
        public int Away
        {
            get { return _seldom == null ? None : _seldom.Away; }
        }

        /// <summary>Whether the mount found the Session not to be whole.</summary>
        public bool IsBroken
        {
            get { return _seldom != null && _seldom.IsBroken; }
        }

        /// <summary>Forgets all but the place in the list.</summary>
        public void Reset()
        {
            Session = None;
            _seldom = null;
            ProbeSentMs = 0;
        }

        /// <summary>Makes room for the item of one more Packet Identifier.</summary>
        public void SetInbound(int index, int item)
        {
            if (Inbound == null)
            {
                Inbound = MemoryReserve.Ints(8);
            }
            else if (index >= Inbound.Length)
            {
                Inbound = Growth.Resize(Inbound, index * 2);
            }

            Inbound[index] = item;
        }
    }
}
