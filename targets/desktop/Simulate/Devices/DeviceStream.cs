using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>A device's end of its link: packets in and out. It knows nothing of what they mean.</summary>
    internal sealed class DeviceStream
    {
        private const int WindowBytes = 16_384;

        private readonly Radio _radio;
        private readonly PacketInbox _inbox = new();
        private readonly PacketWriter _writer = new();
        private byte[] _scratch = new byte[2048];
        private int _link = VirtualNetwork.Refused;

        /// <summary>Makes a closed stream.</summary>
        internal DeviceStream(Radio radio)
        {
            _radio = radio;
        }

        /// <summary>Whether it is open, as far as the device knows.</summary>
        internal bool IsOpen => _link != VirtualNetwork.Refused;

        /// <summary>Whether bytes have arrived that were not read.</summary>
        internal bool HasUnread => IsOpen && _radio.Network.ClientAvailable(_link) > 0;

        /// <summary>Opens the stream.</summary>
        /// <param name="windowBytes">How far the broker may send ahead; 0 for the usual.</param>
        /// <returns>Whether there was anything to connect to.</returns>
        internal bool Open(int windowBytes)
        {
            _link = _radio.Connect();
            _inbox.Clear();
            if (IsOpen)
            {
                _radio.Network.SetReceiveWindow(_link, windowBytes == 0 ? WindowBytes : windowBytes);
            }

            return IsOpen;
        }

        /// <summary>Begins a packet.</summary>
        /// <param name="room">The bytes it may have.</param>
        internal PacketWriter Begin(int room)
        {
            if (_scratch.Length < room)
            {
                _scratch = new byte[room];
            }

            _writer.Start(_scratch, 0, _scratch.Length);
            return _writer;
        }

        /// <summary>Sends the packet that was begun.</summary>
        internal void Send()
        {
            _radio.Network.ClientSend(_link, _scratch, 0, _writer.Position);
        }

        /// <summary>Sends PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
        internal void SendAck(int packetType, int identifier, int level)
        {
            int size = AckPacket.Write(_scratch, 0, packetType, identifier, ReasonCode.Success, level);
            _radio.Network.ClientSend(_link, _scratch, 0, size);
        }

        /// <summary>Sends PINGREQ.</summary>
        internal void SendPing()
        {
            _scratch[0] = PacketType.Pingreq << 4;
            _scratch[1] = 0;
            _radio.Network.ClientSend(_link, _scratch, 0, 2);
        }

        /// <summary>Reads what has arrived.</summary>
        /// <returns>Whether there was anything.</returns>
        internal bool Read(int level)
        {
            return IsOpen && _inbox.Receive(_radio.Network, _link, level);
        }

        /// <summary>The oldest packet that was read, or null.</summary>
        internal ReceivedPacket? Take()
        {
            return _inbox.Take();
        }

        /// <summary>Cuts the link without a word, or heals it.</summary>
        internal void SetHalfOpen(bool isHalfOpen)
        {
            if (IsOpen)
            {
                _radio.Network.SetHalfOpen(_link, isHalfOpen || _radio.IsDown);
            }
        }

        /// <summary>Sets how far the broker may send ahead.</summary>
        internal void SetWindow(int windowBytes)
        {
            if (IsOpen)
            {
                _radio.Network.SetReceiveWindow(_link, windowBytes == 0 ? WindowBytes : windowBytes);
            }
        }

        /// <summary>Ends the stream after what was sent.</summary>
        internal void Close()
        {
            Leave(false);
        }

        /// <summary>Breaks the stream.</summary>
        internal void Reset()
        {
            Leave(true);
        }

        private void Leave(bool reset)
        {
            if (!IsOpen)
            {
                return;
            }

            if (reset)
            {
                _radio.Network.ClientReset(_link);
            }
            else
            {
                _radio.Network.ClientClose(_link);
            }

            _radio.Leave(_link);
            _link = VirtualNetwork.Refused;
        }
    }
}
