using System.Collections;
using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;

namespace EdgeBroker.Simulation
{
    /// <summary>
    /// A broker in virtual time on a network in memory, with its Clients: set up what differs from the defaults, then
    /// <see cref="Connect(int, string)"/>. The broker is made at first need. See <see cref="SimClient"/> for an example.
    /// </summary>
    public sealed class BrokerBench
    {
        private const int HandlesDefault = 128;
        private const int RoundsMax = 100000;
        private const int QuietRounds = 2;

        /// <summary>The bounds: the profile's, without $SYS messages. To be changed before the broker is made.</summary>
        public readonly BrokerLimits Limits;

        /// <summary>The time.</summary>
        public readonly VirtualClock Clock = new VirtualClock();

        /// <summary>The network.</summary>
        public readonly VirtualNetwork Network;

        /// <summary>What the broker told.</summary>
        public readonly EventLog Events = new EventLog();

        /// <summary>Decides who may connect, or null. To be set before the broker is made.</summary>
        public IAuthenticator Authenticator;

        /// <summary>Decides who may do what, or null. To be set before the broker is made.</summary>
        public IAuthorizer Authorizer;

        /// <summary>Figures of the machine, or null. To be set before the broker is made.</summary>
        public IStatusSource Status;

        /// <summary>The flash that the broker keeps its Sessions on; null for none. To be set before the broker is made.</summary>
        public FlashDevice Flash;

        /// <summary>What the broker has for a network, around <see cref="Network"/>; null for that itself. As the others.</summary>
        public INetwork NetworkPort;

        /// <summary>What the broker has for storage; null for the flash, if there is one. As the others.</summary>
        public IStorage StoragePort;

        /// <summary>
        /// Whether a tick that throws, or in which the power goes, is followed by a new broker on the same storage, as on a device.
        /// </summary>
        public bool RestartsAfterFault;

        private readonly ArrayList _clients = new ArrayList();
        private Broker _broker;

        /// <summary>Makes a bench with the bounds of a desktop.</summary>
        public BrokerBench() : this(Profile.Desktop, HandlesDefault)
        {
        }

        /// <summary>Makes a bench.</summary>
        /// <param name="profile">Whose bounds it has: a <see cref="Profile"/>.</param>
        /// <param name="handlesMax">The Network Connections that can be open at once.</param>
        public BrokerBench(int profile, int handlesMax)
        {
            Network = new VirtualNetwork(handlesMax);
            Limits = BrokerLimits.ForProfile(profile);
            Limits.SysIntervalS = 0;
        }

        /// <summary>The broker.</summary>
        public Broker Broker
        {
            get
            {
                if (_broker == null)
                {
                    string problem = Limits.Check();
                    if (problem != null)
                    {
                        throw new System.InvalidOperationException(problem);
                    }

                    IStorage storage = StoragePort;
                    if (storage == null && Flash != null)
                    {
                        Storage = new FlashStorage(Flash);
                        storage = Storage;
                    }

                    INetwork network = NetworkPort == null ? Network : NetworkPort;
                    _broker = new Broker(Limits, Clock, network, Events, Authenticator, Authorizer, Status, storage);
                }

                return _broker;
            }
        }

        /// <summary>
        /// The power goes and comes back: the streams of all Clients break, and the broker starts anew with what is on the flash.
        /// </summary>
        public void CutPower()
        {
            if (Flash != null)
            {
                Flash.PowerOff();
                Flash.PowerOn();
            }

            CutCount++;
            Restart();
        }

        /// <summary>The storage that was made on the flash last, or null.</summary>
        public FlashStorage Storage { get; private set; }

        /// <summary>How often the power went.</summary>
        public int CutCount { get; private set; }

        /// <summary>The last exception of a tick, or null.</summary>
        public System.Exception LastFault { get; private set; }

        /// <summary>How often the broker was made anew after a tick that threw.</summary>
        public int RestartCount { get; private set; }

        /// <summary>The streams of all Clients are closed, and the broker starts anew on the same storage.</summary>
        public void Restart()
        {
            _broker = null;
            Network.CutServer();
            for (int i = 0; i < _clients.Count; i++)
            {
                ((SimClient)_clients[i]).Pump();
            }
        }

        /// <summary>Makes a Client that is not connected yet.</summary>
        public SimClient Client(int protocolLevel, string clientIdentifier)
        {
            SimClient client = new SimClient(this, protocolLevel, clientIdentifier);
            _clients.Add(client);
            return client;
        }

        /// <summary>Makes a Client and connects it, with a clean start and no more options.</summary>
        public SimClient Connect(int protocolLevel, string clientIdentifier)
        {
            SimClient client = Client(protocolLevel, clientIdentifier);
            string answer = client.Connect();
            if (answer != "CONNACK 00")
            {
                throw new System.InvalidOperationException(clientIdentifier + " was answered '" + answer + "'");
            }

            return client;
        }

        /// <summary>Makes a Client with a durable Session and connects it: CleanSession 0, or a Session that never expires.</summary>
        public SimClient ConnectDurable(int protocolLevel, string clientIdentifier)
        {
            SimClient client = Client(protocolLevel, clientIdentifier);
            client.Options.CleanStart = false;
            client.Options.SessionExpiryIntervalS = uint.MaxValue;
            string answer = client.Connect();
            if (answer != "CONNACK 00")
            {
                throw new System.InvalidOperationException(clientIdentifier + " was answered '" + answer + "'");
            }

            return client;
        }

        /// <summary>One tick, and every Client that reads takes what came.</summary>
        /// <returns>Whether anything happened, or is to happen without time passing.</returns>
        public bool Round()
        {
            int waiting = Network.BacklogCount;
            bool busy = Tick();
            busy |= Network.BacklogCount < waiting;
            for (int i = 0; i < _clients.Count; i++)
            {
                busy |= ((SimClient)_clients[i]).Pump();
            }

            return busy;
        }

        private bool Tick()
        {
            try
            {
                int count = Broker.Tick(int.MaxValue);
                if (RestartsAfterFault && Flash != null && !Flash.IsPowered)
                {
                    // What was handed to the network in this tick has not left.
                    CutPower();
                    return true;
                }

                return count > 0 || Network.LastTimeoutMs == 0;
            }
            catch (System.Exception fault)
            {
                if (!RestartsAfterFault)
                {
                    throw;
                }

                LastFault = fault;
                RestartCount++;
                Restart();
                return true;
            }
        }

        /// <summary>Runs until nothing more happens without time passing.</summary>
        public void Run()
        {
            int quiet = 0;
            for (int round = 0; quiet < QuietRounds; round++)
            {
                if (round == RoundsMax)
                {
                    throw new System.InvalidOperationException("the broker does not come to rest");
                }

                quiet = Round() ? 0 : quiet + 1;
            }
        }

        /// <summary>Lets time pass, as the broker would see it: it wakes up when it asked to.</summary>
        /// <param name="milliseconds">How much: 0 or more.</param>
        public void Advance(long milliseconds)
        {
            Run();
            while (milliseconds > 0)
            {
                long step = Network.LastTimeoutMs < milliseconds ? Network.LastTimeoutMs : milliseconds;
                Clock.Advance(step);
                milliseconds -= step;
                Run();
            }
        }
    }
}
