using EdgeBroker.Connections;
using EdgeBroker.Delivery;
using EdgeBroker.Handlers;
using EdgeBroker.Limits;
using EdgeBroker.Overload;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker
{
    /// <summary>
    /// An MQTT 3.1.1 and 5.0 broker on one thread: the host calls <see cref="Tick"/> again and again. It knows no socket, no
    /// clock and no file; they come in by the constructor.
    /// </summary>
    /// <remarks>
    /// Ids that begin with MQTT- cite MQTT 3.1.1, those with MQTT5- cite MQTT 5.0. A Client needs nothing that these
    /// don't define [MQTT-7.0.0-2].
    /// The order of a tick: accept; receive and handle packets, which only decides and stages; timers; queues into outboxes;
    /// send. So nothing leaves before everything that it depends on is done.
    /// </remarks>
    public sealed class Broker
    {
        private readonly Context _context;
        private readonly IClock _clock;
        private readonly INetwork _network;
        private readonly ConnectionTable _connections;
        private readonly ConnectionCloser _closer;
        private readonly PacketReceiver _receiver;
        private readonly OutboxFlusher _flusher;
        private readonly ConnectionTimers _timers;
        private readonly SessionKeeper _keeper;
        private readonly SessionFeeder _feeder;
        private readonly SessionQueue _queue;
        private readonly Router _router;
        private readonly WillPublisher _wills;
        private readonly SysPublisher _sys;
        private readonly ConnectionGate _gate;
        private readonly OverloadWatch _watch;
        private readonly SessionStore _store;

        /// <summary>Makes a broker.</summary>
        /// <param name="limits">The bounds, checked: <see cref="BrokerLimits.Check"/> returned null. Not to be changed later.</param>
        /// <param name="clock">The time.</param>
        /// <param name="network">The byte streams.</param>
        /// <param name="observer">Hears what happens, or null.</param>
        /// <param name="authenticator">Decides who may connect, or null: everybody.</param>
        /// <param name="authorizer">Decides who may publish and subscribe to what, or null: everybody to all.</param>
        /// <param name="status">Figures of the machine for $SYS, or null.</param>
        /// <param name="storage">
        /// Where Sessions and messages are kept through a restart, and what is there is read back; null, or mode memory, for
        /// nowhere. It may count what commits cost the flash, as <see cref="IWearSource"/>.
        /// </param>
        public Broker(
            BrokerLimits limits,
            IClock clock,
            INetwork network,
            IObserver observer,
            IAuthenticator authenticator,
            IAuthorizer authorizer,
            IStatusSource status,
            IStorage storage)
        {
            _context = new Context(limits, clock, network, observer, storage);
            _store = _context.Store;
            _clock = clock;
            _network = network;
            _connections = _context.Connections;
            byte[] receive = new byte[limits.ReceiveBufferBytes];
            PropertyReader properties = new PropertyReader();
            PublishSender sender = new PublishSender(_context);
            ReplySender replies = new ReplySender(_context);
            _queue = new SessionQueue(_context);
            SharedPicker picker = new SharedPicker(_context, _queue);
            _keeper = new SessionKeeper(_context, _queue, new SharedHandover(_context, _queue, picker));
            _closer = new ConnectionCloser(_context, replies, _keeper, receive);
            RetryTable retries = new RetryTable(limits.ConnectionsMax);
            Shedder shedder = new Shedder(_context, _closer, replies, retries);
            QueueShortage shortage = new QueueShortage(_context, _queue, shedder);
            _router = new Router(_context, sender, _queue, new Admission(_context, _queue, picker, shedder, shortage), picker);
            _wills = new WillPublisher(_context, _router, _keeper.Wills);
            SysTopics topics = new SysTopics(_context, status);
            RetainedWalker walker = new RetainedWalker(_context, sender, _queue, topics);
            _feeder = new SessionFeeder(_context, sender, replies, _queue, walker);
            _flusher = new OutboxFlusher(_context, _closer);
            _timers = new ConnectionTimers(_context, _closer);
            _sys = new SysPublisher(_context, topics, _router);
            _gate = new ConnectionGate(_context, _closer);
            ConnectAdmission connects = new ConnectAdmission(_context, retries);
            _watch = new OverloadWatch(_context, shedder, shortage, _closer, connects, status);
            ConnectHandler connect = new ConnectHandler(
                _context, replies, _closer, _keeper, connects, authenticator, authorizer, properties);
            PacketHandler handler = new PacketHandler(
                _context.Counters,
                connect,
                new AckHandler(_context, _queue, replies, _closer, properties),
                new SubscribeHandler(_context, replies, _closer, walker, authorizer, properties),
                new DisconnectHandler(_context, _queue, _closer, properties),
                new AuthHandler(_closer, replies, connect, authenticator, properties),
                replies,
                _closer);
            PublishHandler publish = new PublishHandler(_context, _router, replies, _closer, authorizer, properties);
            _receiver = limits.MessageRateMax > 0
                ? new MeteredReceiver(_context, handler, publish, _closer, receive)
                : new PacketReceiver(_context, handler, publish, _closer, receive);
            if (_store != null)
            {
                _store.Mount(_keeper, replies, _closer);
            }
        }

        /// <summary>The bytes of the store's files; 0 in mode memory.</summary>
        public long StoreBytes
        {
            get { return _store == null ? 0 : _store.Journal.Bytes; }
        }

        /// <summary>What was found on the storage, or null in mode memory.</summary>
        public MountReport Mounted
        {
            get { return _store == null ? null : _store.Report; }
        }

        /// <summary>The <see cref="Persistence.StoreState"/>.</summary>
        public int StoreState
        {
            get { return _store == null ? Persistence.StoreState.Good : _store.Commits.State; }
        }

        /// <summary>What the parts share, for tests that look inside.</summary>
        internal Context Context
        {
            get { return _context; }
        }

        /// <summary>Totals since the start.</summary>
        public Counters Counters
        {
            get { return _context.Counters; }
        }

        /// <summary>Network Connections of Clients that are connected.</summary>
        public int ConnectedCount
        {
            get { return _context.Connections.ConnectedCount; }
        }

        /// <summary>Sessions, connected or not.</summary>
        public int SessionCount
        {
            get { return _context.Sessions.Count; }
        }

        /// <summary>Subscriptions.</summary>
        public int SubscriptionCount
        {
            get { return _context.Subscriptions.Count; }
        }

        /// <summary>Retained messages.</summary>
        public int RetainedCount
        {
            get { return _context.Retained.Count; }
        }

        /// <summary>Messages in the queues of all Sessions, each counted once per Session.</summary>
        public int QueuedCount
        {
            get { return _context.Deliveries.Count; }
        }

        /// <summary>Bytes of kept messages: queued, retained and Wills.</summary>
        public long QueuedBytes
        {
            get { return _context.Messages.BytesInUse; }
        }

        /// <summary>Whether the shutdown that was begun is complete: every connection is closed, everything is stored.</summary>
        public bool IsStopped
        {
            get { return _gate.IsEmpty && _keeper.Wills.Count == 0 && (_store == null || _store.IsStopped); }
        }

        /// <summary>One round: waits for something to do, does it, and sends what it led to.</summary>
        /// <param name="waitMsMax">The longest time to wait when there is nothing to do, in milliseconds.</param>
        /// <returns>The number of network events that were handled.</returns>
        /// <exception cref="System.OutOfMemoryException">
        /// Memory ran out, and what was put aside for that was not enough. As after any other exception, of a port or of a storage that
        /// fails while it is read: close all Network Connections and make another broker on it; what was acknowledged is there.
        /// </exception>
        public int Tick(int waitMsMax)
        {
            Context context = _context;
            int count = _network.Wait(context.WaitMs(waitMsMax));
            context.NowMs = _clock.NowMs + 1;
            int accepted = _network.Accept();
            if (accepted >= 0)
            {
                _gate.Admit(accepted);
            }

            if (MemoryReserve.IsUsed)
            {
                _watch.NoteReserveUsed();
            }

            if (count > 0)
            {
                ServeAll(count);
            }

            if (context.NowMs >= context.NextWorkMs)
            {
                Work();
            }

            if (_store != null)
            {
                _store.EndTick(count == 0);
            }

            if (_connections.FirstDirty != null)
            {
                _flusher.FlushAll();
            }
            else if (count == 0)
            {
                _flusher.ReleaseKept();
            }

            return count;
        }

        /// <summary>
        /// Begins to stop, for an update as well: every Client is told and its connection closed, and who comes is told to come
        /// later. Go on calling <see cref="Tick"/> until <see cref="IsStopped"/>; it takes 8 seconds at the most, and 5 more if the
        /// storage fails meanwhile.
        /// </summary>
        /// <param name="reasonCode">What 5.0 Clients are told: <see cref="ReasonCode.ServerShuttingDown"/>.</param>
        public void BeginShutdown(int reasonCode)
        {
            _gate.BeginStop();
            _keeper.IsStopping = true;
            if (_store != null)
            {
                _store.BeginStop();
            }

            _closer.DisconnectAll(reasonCode);
            _context.NoteWork();
        }

        /// <summary>Makes a client inside this process.</summary>
        /// <param name="name">Its Client Identifier: not empty, and not in use.</param>
        /// <param name="handler">Gets its messages, or null if it only publishes.</param>
        /// <returns>The client, or null if the name is in use or there is no room for a Session.</returns>
        public LocalClient CreateLocalClient(string name, IMessageHandler handler)
        {
            return LocalClient.Open(_context, _router, _queue, _keeper, handler, name);
        }

        /// <summary>Makes a reader of all Sessions, for displays.</summary>
        public SessionReader CreateSessionReader()
        {
            return new SessionReader(_context);
        }

        /// <summary>The Client Identifier of a Network Connection, for logs.</summary>
        /// <param name="handle">The Network Connection.</param>
        /// <param name="target">Where to copy it; what does not fit is left out.</param>
        /// <returns>The bytes copied; 0 if the Client is not connected.</returns>
        public int CopyClientIdentifier(int handle, byte[] target)
        {
            return _connections.CopyClientIdentifier(handle, target);
        }

        private void ServeAll(int count)
        {
            for (int i = 0; i < count; i++)
            {
                int handle;
                int events = _network.GetEvent(i, out handle);
                Connection connection = _connections.ByHandle[handle];
                if (connection == null)
                {
                    continue;
                }

                if (events == NetworkEvents.Readable && connection.State == ConnectionState.Connected)
                {
                    _receiver.Receive(connection);
                }
                else
                {
                    Serve(connection, events);
                }
            }
        }

        // What is to be done besides what the network has: packets that wait, timers, and queues.
        private void Work()
        {
            Context context = _context;
            if (_connections.WaitingCount > 0)
            {
                ResumeWaiting();
            }

            if (context.NowMs >= context.NextTimerMs)
            {
                RunTimers();
            }

            if (context.Active.Count > 0)
            {
                context.HasMore = _feeder.FeedAll();
            }

            context.NextWorkMs = context.Active.Count > 0 || _connections.WaitingCount > 0 ? 0 : context.NextTimerMs;
        }

        private void RunTimers()
        {
            _timers.RunDue();
            if (_store != null)
            {
                _store.RunDue();
            }

            _keeper.RunDue();
            _watch.RunDue();
            _sys.RunDue();
            _wills.PublishDue();
            if (_connections.IsFull)
            {
                _gate.Admit(NetworkResult.NoConnection);
            }

            _context.NextTimerMs = long.MaxValue;
            _context.WakeAt(_gate.NextMs);
            _context.WakeAt(_context.ConnectionDueMs);
            _context.WakeAt(_keeper.NextDueMs);
            _context.WakeAt(_sys.NextMs);
            _context.WakeAt(_watch.NextMs);
            if (_store != null)
            {
                _context.WakeAt(_store.DueMs);
            }
        }

        // What is not simply a packet from a Client that is connected.
        private void Serve(Connection connection, int events)
        {
            if ((events & NetworkEvents.Writable) != 0 && !connection.IsDirty)
            {
                _connections.MarkDirty(connection);
            }

            // An event before may have ended the interest in this one.
            if ((events & connection.Interest & NetworkEvents.Readable) == 0)
            {
                return;
            }

            if (connection.State == ConnectionState.Lingering)
            {
                _closer.Discard(connection);
            }
            else
            {
                _receiver.Receive(connection);
            }
        }

        private void ResumeWaiting()
        {
            ConnectionTable connections = _context.Connections;
            int count = connections.WaitingCount;
            for (int i = 0; i < count; i++)
            {
                Connection connection = connections.TakeWaiting();
                if (connections.IsOpen(connection) && connection.State < ConnectionState.Closing)
                {
                    _receiver.Resume(connection);
                }
            }
        }
    }
}
