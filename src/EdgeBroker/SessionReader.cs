using System;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker
{
    /// <summary>
    /// Reads the Sessions one after another, for displays: <see cref="Start"/>, then <see cref="Next"/> until it returns false.
    /// On the broker's thread, between two ticks: a walk does not outlive the tick after it.
    /// </summary>
    public sealed class SessionReader
    {
        private readonly Context _context;
        private Session _session;
        private Session _next;

        internal SessionReader(Context context)
        {
            _context = context;
        }

        /// <summary>The handle of the Network Connection; -1 while the Client is away.</summary>
        public int Handle
        {
            get { return _session.Connection == null ? -1 : _session.Connection.Handle; }
        }

        /// <summary>Whether it belongs to a client inside the process.</summary>
        public bool IsLocal
        {
            get { return _session.Local != null; }
        }

        /// <summary>Whether the Client speaks 5.0.</summary>
        public bool IsV5
        {
            get { return _session.IsV5; }
        }

        /// <summary>Whether the Session outlives its Network Connection.</summary>
        public bool IsDurable
        {
            get { return _session.IsDurable; }
        }

        /// <summary>Its subscriptions.</summary>
        public int SubscriptionCount
        {
            get
            {
                int count = 0;
                int subscription = _session.FirstSubscription;
                while (subscription != SubscriptionTable.None)
                {
                    count++;
                    subscription = _context.Subscriptions.NextInSession(subscription);
                }

                return count;
            }
        }

        /// <summary>Messages of its queue that are kept, in flight ones included.</summary>
        public int QueueCount
        {
            get { return _context.Runs.CountMessages(_session); }
        }

        /// <summary>What these count for, in bytes.</summary>
        public int QueueBytes
        {
            get { return _session.QueueBytes; }
        }

        /// <summary>Messages sent that the Client has not acknowledged.</summary>
        public int InFlightCount
        {
            get { return _session.InFlightCount; }
        }

        /// <summary>Begins at the first Session.</summary>
        public void Start()
        {
            _session = null;
            _next = _context.Sessions.First;
        }

        /// <summary>Goes to the next Session.</summary>
        /// <returns>Whether there is one.</returns>
        public bool Next()
        {
            _session = _next;
            if (_session == null)
            {
                return false;
            }

            _next = _context.Sessions.Next(_session);
            return true;
        }

        /// <summary>Copies the Client Identifier, UTF-8.</summary>
        /// <param name="target">Where to; what does not fit is left out.</param>
        /// <returns>The bytes copied.</returns>
        public int CopyClientIdentifier(byte[] target)
        {
            byte[] identifier = _session.ClientIdentifier;
            int count = identifier.Length < target.Length ? identifier.Length : target.Length;
            Array.Copy(identifier, 0, target, 0, count);
            return count;
        }
    }
}
