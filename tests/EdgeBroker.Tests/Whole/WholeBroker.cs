#nullable disable
using System.Text;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// A broker with the limits of an ESP32 and the state that its heap is planned for: 8 Clients with 8 subscriptions each, 32
    /// retained messages of 64 bytes, and 64 messages of 128 bytes that wait for acknowledgements, in a virtual flash. Messages
    /// can be sent on top, and it can be restarted.
    /// </summary>
    internal sealed class WholeBroker
    {
        /// <summary>How many Clients.</summary>
        public const int Clients = 8;

        /// <summary>Subscriptions of each, and messages that it does not acknowledge.</summary>
        public const int Each = 8;

        /// <summary>How many retained messages.</summary>
        public const int Retained = 32;

        /// <summary>What they take of the memory for messages, in blocks of 32 bytes with their topics.</summary>
        public const int RetainedBytes = Retained * 96;

        private const int RetainedSize = 64;
        private const int QueuedSize = 128;
        private const int MessageSize = 64;
        private const int TicksMax = 64;
        private const int HoldEndMs = 400;

        // Too little for a store that has to hold much, so that the virtual flash stays small.
        private const int StoreBytes = 40960;
        private const int SmallFiles = 25;
        private const byte RetainFlag = 1;

        private readonly LeanClock _clock = new LeanClock();
        private readonly byte[] _identifier = Encoding.UTF8.GetBytes("sensor-00000000");
        private readonly byte[] _topic = Encoding.UTF8.GetBytes("site/room000/sensor00");
        private readonly byte[] _packet = new byte[192];
        private readonly int _storeBytes;
        private LeanNetwork _network;
        private int _size;
        private int _packetIdentifier;

        /// <summary>Makes the broker, still empty.</summary>
        public WholeBroker()
            : this(StoreBytes)
        {
        }

        /// <summary>Makes the broker, still empty.</summary>
        /// <param name="storeBytes">The setting store-bytes-max.</param>
        public WholeBroker(int storeBytes)
        {
            _storeBytes = storeBytes;
            Flash = new LeanStorage(storeBytes, SmallFiles);
            Restart();
        }

        /// <summary>The broker.</summary>
        public Broker Broker { get; private set; }

        /// <summary>Where it keeps what has to last.</summary>
        public LeanStorage Flash { get; private set; }

        /// <summary>Clients that were told that their Session is there.</summary>
        public int SessionsPresent
        {
            get { return _network.SessionsPresent; }
        }

        /// <summary>Begins anew with what is in the virtual flash, and no Client connected.</summary>
        public void Restart()
        {
            // The heap has no room for two.
            Broker = null;
            _network = new LeanNetwork(Clients);
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
            limits.SysIntervalS = 0;
            limits.StoreBytesMax = _storeBytes;
            Broker = new Broker(limits, _clock, _network, null, null, null, null, Flash);
        }

        /// <summary>Connects all Clients again, which acknowledge what they get.</summary>
        public void Reconnect()
        {
            _network.Acknowledges = true;
            for (int client = 0; client < Clients; client++)
            {
                _network.Open();
                SendConnect(client);
            }
        }

        /// <summary>The first Client gets what is retained.</summary>
        public void FetchRetained()
        {
            SendSubscribe(0, Encoding.UTF8.GetBytes("site/room900/+"));
        }

        /// <summary>Connects all Clients, each with a Session that lasts, and subscribes.</summary>
        public void Connect()
        {
            for (int client = 0; client < Clients; client++)
            {
                _network.Open();
                SendConnect(client);
                for (int i = 0; i < Each; i++)
                {
                    SetTopic(client, i);
                    SendSubscribe(client, _topic);
                }
            }
        }

        /// <summary>Publishes what is retained, and what Clients get and do not acknowledge, until all of it is in the flash.</summary>
        public void Keep()
        {
            for (int i = 0; i < Retained; i++)
            {
                SetTopic(900, i);
                SendPublish(0, 1, RetainFlag, RetainedSize);
            }

            Queue(Clients * Each);
        }

        /// <summary>Publishes messages that Clients do not acknowledge, for one after the other, until they are in the flash.</summary>
        public void Queue(int count)
        {
            for (int i = 0; i < count; i++)
            {
                SetTopic(i / Each % Clients, i % Each);
                SendPublish(0, 1, 0, QueuedSize);
            }

            _clock.Ms += HoldEndMs;
            TickUntilIdle();
        }

        /// <summary>Publishes messages for the last Client, one after the other, and acknowledges them.</summary>
        /// <returns>How many have come, and were completed for the publisher.</returns>
        public int Forward(int qos, int count)
        {
            int last = Clients - 1;
            int received = _network.Received[last];
            int completed = _network.CompletedCount;
            _network.Acknowledges = true;
            for (int i = 0; i < count; i++)
            {
                SetTopic(last, 0);
                SendPublish(0, qos, 0, MessageSize);
            }

            _network.Acknowledges = false;
            received = _network.Received[last] - received;
            completed = _network.CompletedCount - completed;
            return qos == 0 || completed == count ? received : completed;
        }

        /// <summary>PUBLISH packets that all Clients have got.</summary>
        public int ReceivedCount()
        {
            int count = 0;
            for (int i = 0; i < Clients; i++)
            {
                count += _network.Received[i];
            }

            return count;
        }

        private static void SetDigits(byte[] text, int offset, int count, int value)
        {
            for (int i = offset + count - 1; i >= offset; i--)
            {
                text[i] = (byte)('0' + value % 10);
                value /= 10;
            }
        }

        private void SetTopic(int room, int sensor)
        {
            SetDigits(_topic, 9, 3, room);
            SetDigits(_topic, 19, 2, sensor);
        }

        private void SendConnect(int client)
        {
            SetDigits(_identifier, 7, 8, client);
            Begin(PacketType.Connect << 4);
            Add(ProtocolName());
            AddByte(ProtocolLevel.V311);

            // Neither Clean Session nor anything else; a Keep Alive of a minute.
            AddByte(0);
            AddUInt16(60);
            Add(_identifier);
            Send(client);
        }

        private static byte[] ProtocolName()
        {
            return new byte[] { (byte)'M', (byte)'Q', (byte)'T', (byte)'T' };
        }

        private void SendSubscribe(int client, byte[] filter)
        {
            Begin((PacketType.Subscribe << 4) | 2);
            AddUInt16(1);
            Add(filter);
            AddByte(2);
            Send(client);
        }

        private void SendPublish(int client, int qos, int retain, int payloadSize)
        {
            Begin((PacketType.Publish << 4) | (qos << 1) | retain);
            Add(_topic);
            if (qos > 0)
            {
                _packetIdentifier = (_packetIdentifier % 65535) + 1;
                AddUInt16(_packetIdentifier);
            }

            for (int i = 0; i < payloadSize; i++)
            {
                AddByte('*');
            }

            Send(client);
        }

        // Leaves room for a Fixed Header of three bytes.
        private void Begin(int firstByte)
        {
            _packet[0] = (byte)firstByte;
            _size = 3;
        }

        private void AddByte(int value)
        {
            _packet[_size++] = (byte)value;
        }

        private void AddUInt16(int value)
        {
            AddByte(value >> 8);
            AddByte(value);
        }

        private void Add(byte[] text)
        {
            AddUInt16(text.Length);
            System.Array.Copy(text, 0, _packet, _size, text.Length);
            _size += text.Length;
        }

        // Sends the packet, and lets the broker go on until nothing is on its way any more.
        private void Send(int client)
        {
            int remaining = _size - 3;
            if (remaining < 128)
            {
                System.Array.Copy(_packet, 3, _packet, 2, remaining);
                _packet[1] = (byte)remaining;
                _size = remaining + 2;
            }
            else
            {
                _packet[1] = (byte)(remaining | 128);
                _packet[2] = (byte)(remaining >> 7);
            }

            _network.SendPacket(client, _packet, _size);
            TickUntilIdle();
        }

        private void TickUntilIdle()
        {
            int ticks = 0;
            do
            {
                _clock.Ms++;
                Broker.Tick(0);
                ticks++;
            }
            while (ticks < TicksMax && _network.IsBusy);
        }
    }
}
