using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Memory;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Topics;

namespace EdgeBroker.Sessions
{
    /// <summary>The life of Sessions: with a Network Connection, without one, and their end; and what becomes of Wills.</summary>
    internal sealed class SessionKeeper
    {
        private readonly Context _context;
        private readonly SessionQueue _queue;
        private readonly SharedHandover _handover;
        private readonly PendingWills _wills = new PendingWills();
        private long _nextDueMs;

        /// <summary>Makes the one for all Sessions.</summary>
        public SessionKeeper(Context context, SessionQueue queue, SharedHandover handover)
        {
            _context = context;
            _queue = queue;
            _handover = handover;
        }

        /// <summary>Whether the broker is to stop: the Wills of Sessions that are stored wait for its next start.</summary>
        public bool IsStopping;

        /// <summary>The Will Messages that are due.</summary>
        public PendingWills Wills
        {
            get { return _wills; }
        }

        /// <summary>When the next Session or Will is due, in the clock's milliseconds; 0 if none is.</summary>
        public long NextDueMs
        {
            get { return _nextDueMs; }
        }

        /// <summary>Joins a Session and a Network Connection.</summary>
        public void Attach(Session session, Connection connection)
        {
            session.Connection = connection;
            session.ExpiresAtMs = 0;
            session.LastProgressMs = _context.NowMs;
            if (session.Trouble != null)
            {
                session.Trouble.ToldCount = 0;
            }

            connection.Session = session;
            if (session.Will != null && session.Will.DueMs != 0)
            {
                // Back before the Will Delay was over: it is not published [MQTT5-3.1.3-9].
                DiscardWill(session);
            }

            ConnectionTable connections = _context.Connections;
            connections.ConnectedCount++;
            if (connections.ConnectedCount > _context.Counters.ClientsConnectedMax)
            {
                _context.Counters.ClientsConnectedMax = connections.ConnectedCount;
            }

            _context.Activate(session);
        }

        /// <summary>Parts a Session from its Network Connection. One that is not durable ends.</summary>
        /// <param name="session">The Session, connected.</param>
        /// <param name="publishWill">False after DISCONNECT with code 0x00 [MQTT-3.14.4-3] [MQTT5-3.14.4-3].</param>
        public void Detach(Session session, bool publishWill)
        {
            session.Connection.Session = null;
            session.Connection = null;
            _context.Connections.ConnectedCount--;
            if (!publishWill)
            {
                DiscardWill(session);
            }

            if (IsStopping)
            {
                LeaveWill(session);
            }

            if (session.HasWill)
            {
                // [MQTT-3.1.2-8] [MQTT5-3.1.2-8]; without a Will there is nothing to publish [MQTT-3.1.2-12].
                session.Will.DueMs = _context.NowMs + session.Will.DelayMs;
                if (session.Will.DelayMs == 0)
                {
                    ReleaseWill(session);
                }
                else
                {
                    SetDue(session.Will.DueMs);
                }
            }

            if (!session.IsDurable)
            {
                // [MQTT-3.1.2-6]
                EndForGood(session);
                return;
            }

            if (session.UnstoredCount > 0)
            {
                _context.Store.Deliveries.OnDetached(session);
            }

            // The state stays [MQTT-4.1.0-1] [MQTT5-3.1.2-23]; that of a connected Client always does [MQTT-4.1.0-2] [MQTT5-4.1.0-1].

            _queue.Rewind(session);
            if (session.ExpiryS != Session.NeverExpires)
            {
                session.ExpiresAtMs = _context.NowMs + session.ExpiryS * 1000;
                SetDue(session.StoreNumber != 0 ? AwayDueMs(session) : session.ExpiresAtMs);
            }
        }

        /// <summary>Goes on with a Session that was in the store: its Client counts as disconnected now.</summary>
        /// <param name="session">The Session.</param>
        /// <param name="expiryLeftS">What is left of its expiry, in seconds.</param>
        public void Resume(Session session, long expiryLeftS)
        {
            if (session.ExpiryS != Session.NeverExpires)
            {
                session.ExpiresAtMs = _context.NowMs + (expiryLeftS > 0 ? expiryLeftS * 1000 : 1);
                SetDue(session.ExpiresAtMs);
            }

            if (session.HasWill)
            {
                SessionWill will = session.Will;
                long graceMs = _context.Limits.WillBootGraceS * 1000L;
                will.DueMs = _context.NowMs + (will.DelayMs > graceMs ? will.DelayMs : graceMs);
                SetDue(will.DueMs);
            }
        }

        // A Client that is soon back costs no commit for having been away.
        private static long AwayDueMs(Session session)
        {
            return session.ExpiresAtMs - session.ExpiryS * 1000 / 16 * 15;
        }

        /// <summary>
        /// Ends a Session that has no Network Connection. Its Will, if one waits, is due [MQTT5-3.1.2-8]. What it had retained
        /// is not its own, and stays [MQTT-3.1.2-7].
        /// </summary>
        public void End(Session session)
        {
            ReleaseWill(session);
            _handover.HandOver(session);
            bool isStored = session.StoreNumber != 0;
            if (isStored)
            {
                _context.Store.Sessions.BeginEnd(session);
            }

            _context.Subscriptions.RemoveAll(session);
            _queue.Clear(session);
            if (isStored)
            {
                _context.Store.Sessions.EndEnd(session);
            }

            _context.Sessions.Remove(session);
        }

        /// <summary>Ends a Session that was in the store and is not whole, or that was to end with its connection.</summary>
        public void Discard(Session session)
        {
            DiscardWill(session);
            End(session);
        }

        /// <summary>Keeps the Will of a CONNECT with the Session [MQTT-3.1.2-8] [MQTT5-3.1.2-7].</summary>
        /// <returns>False if there is no memory for it.</returns>
        public bool SetWill(Session session, Publication will, bool retain, long delayS, long expiryS)
        {
            will.StoredMessage = MessagePool.None;
            int message = _queue.Keep(will);
            will.StoredMessage = MessagePool.None;
            if (message == MessagePool.None)
            {
                return false;
            }

            session.Will = SessionWill.Of(message, retain, delayS * 1000, expiryS);
            if (session.StoreNumber != 0)
            {
                _context.Store.Sessions.PutWill(session);
            }

            return true;
        }

        /// <summary>Removes a Will without publishing it [MQTT-3.1.2-10] [MQTT5-3.1.2-10].</summary>
        public void DiscardWill(Session session)
        {
            ForgetWill(session);
            if (session.StoreNumber != 0 && session.Items.Will != SessionItems.None)
            {
                _context.Store.Sessions.EndWill(session);
            }
        }

        /// <summary>
        /// The Will Message of a Session that is stored waits for the restart: its Client counts as disconnected then.
        /// </summary>
        private void LeaveWill(Session session)
        {
            if (session.StoreNumber != 0 && session.IsDurable)
            {
                ForgetWill(session);
            }
        }

        private void ForgetWill(Session session)
        {
            if (session.HasWill)
            {
                _context.Messages.Release(session.Will.Message);
                session.Will.Message = MessagePool.None;
                session.Will.DueMs = 0;
            }
        }

        /// <summary>Publishes the Wills and ends the Sessions whose time has come.</summary>
        public void RunDue()
        {
            if (_nextDueMs == 0 || _context.NowMs < _nextDueMs)
            {
                return;
            }

            _nextDueMs = 0;
            Session session = _context.Sessions.First;
            while (session != null)
            {
                Session next = _context.Sessions.Next(session);
                if (session.HasWill && session.Will.DueMs != 0)
                {
                    if (_context.NowMs >= session.Will.DueMs)
                    {
                        ReleaseWill(session);
                    }
                    else
                    {
                        SetDue(session.Will.DueMs);
                    }
                }

                if (session.ExpiresAtMs != 0)
                {
                    RunExpiry(session);
                }

                session = next;
            }
        }

        private void RunExpiry(Session session)
        {
            if (_context.NowMs < session.ExpiresAtMs)
            {
                long dueMs = session.ExpiresAtMs;
                if (session.StoreNumber != 0 && session.Items.Away == SessionItems.None)
                {
                    if (_context.NowMs < AwayDueMs(session))
                    {
                        dueMs = AwayDueMs(session);
                    }
                    else
                    {
                        _context.Store.Sessions.PutAway(session);
                    }
                }

                SetDue(dueMs);
                return;
            }

            // [MQTT5-4.1.0-2]
            _context.Counters.SessionsExpired++;
            _context.Tell(BrokerEvent.SessionExpired, -1, 0);
            EndForGood(session);
        }

        /// <summary>
        /// Ends a Session that could have gone on. Messages are acknowledged from now on that it has no part in: after a power cut it
        /// must not be there again without them.
        /// </summary>
        public void EndForGood(Session session)
        {
            bool isStored = session.StoreNumber != 0;
            End(session);
            if (isStored)
            {
                _context.Store.Commits.WantEnd();
            }
        }

        // Hands the Will over to be published; the Session has it no longer.
        private void ReleaseWill(Session session)
        {
            if (session.HasWill)
            {
                _wills.Add(session);
                session.Will.DueMs = 0;
                _context.WakeAt(_context.NowMs);
            }
        }

        private void SetDue(long dueMs)
        {
            if (_nextDueMs == 0 || dueMs < _nextDueMs)
            {
                _nextDueMs = dueMs;
                _context.WakeAt(dueMs);
            }
        }
    }
}
