using EdgeBroker.Protocol;

namespace EdgeBroker.Simulation.Clients
{
    /// <summary>
    /// A Client of a <see cref="BrokerBench"/>, for tests that read like a log of the wire. It does only what it is told, right
    /// or wrong: members named after packets send, <see cref="Next"/> runs the broker until it is idle and tells what came.
    /// </summary>
    /// <example>
    /// <code>
    /// BrokerBench bench = new BrokerBench();
    /// SimClient sensor = bench.Connect(ProtocolLevel.V311, "sensor");
    /// SimClient display = bench.Connect(ProtocolLevel.V5, "display");
    /// display.Subscribe("t/#", 1);
    /// Assert.AreEqual("SUBACK i1 01", display.Next());
    /// sensor.Publish("t/1", "20.5", 1);
    /// Assert.AreEqual("PUBACK i1", sensor.Next());
    /// Assert.AreEqual("PUBLISH t/1 '20.5' q1 i1", display.Next());
    /// display.Ack(PacketType.Puback, 1);
    /// Assert.AreEqual("", display.Next());
    /// </code>
    /// </example>
    public sealed class SimClient
    {
        /// <summary>What its CONNECT says. The Client Identifier is set.</summary>
        public readonly ConnectOptions Options = new ConnectOptions();

        /// <summary>The protocol level of all that it sends.</summary>
        public int Level;

        /// <summary>Whether it answers PUBLISH, PUBREC and PUBREL by itself, as a decent Client. False at first.</summary>
        public bool AutoAcknowledge;

        /// <summary>Whether it takes what arrives; see <see cref="SetReading"/>.</summary>
        public bool IsReading = true;

        /// <summary>Whether it closes its end when the broker has closed, as a decent Client. True at first.</summary>
        public bool ClosesWhenClosed = true;

        /// <summary>The packet that <see cref="Next"/> told last; null if there was none.</summary>
        public ReceivedPacket Last;

        private readonly BrokerBench _bench;
        private readonly PacketWriter _writer = new PacketWriter();
        private readonly PacketInbox _inbox = new PacketInbox();
        private byte[] _scratch = new byte[4096];
        private int _link = VirtualNetwork.Refused;
        private int _lastIdentifier;

        internal SimClient(BrokerBench bench, int level, string clientIdentifier)
        {
            _bench = bench;
            Level = level;
            Options.ClientIdentifier = Bytes.OfText(clientIdentifier);
        }

        /// <summary>Its link in the network, for faults.</summary>
        public int Link
        {
            get { return _link; }
        }

        /// <summary>The broker's handle of its Network Connection, or -1.</summary>
        public int Handle
        {
            get { return _link == VirtualNetwork.Refused ? -1 : _bench.Network.HandleOf(_link); }
        }

        /// <summary>Packets that came and were not told yet.</summary>
        public int InboxCount
        {
            get { return _inbox.Count; }
        }

        /// <summary>Opens a new stream; what came on the one before is forgotten, and that is not closed.</summary>
        public void Open()
        {
            _link = _bench.Network.Connect();
            _inbox.Clear();
            IsReading = true;
        }

        /// <summary>Opens a new stream, sends CONNECT, and tells the answer, as <see cref="Next"/>.</summary>
        public string Connect()
        {
            Open();
            SendConnect();
            return Next();
        }

        /// <summary>Sends CONNECT on the stream that is open.</summary>
        public void SendConnect()
        {
            Start(1024 + Length(Options.WillPayload) + Length(Options.Properties) + Length(Options.WillProperties));
            Options.Write(_writer, Level);
            Send();
        }

        /// <summary>Runs the broker until it is idle, and takes the next packet.</summary>
        /// <returns>Its <see cref="ReceivedPacket.Text"/>; "" if nothing came; "closed" or "reset" at the stream's end.</returns>
        public string Next()
        {
            if (_inbox.Count == 0)
            {
                _bench.Run();
            }

            Last = _inbox.Take();
            return Last == null ? "" : Last.Text;
        }

        /// <summary>Takes the next packet that has come, without running the broker; null for none.</summary>
        public ReceivedPacket Take()
        {
            return _inbox.Take();
        }

        /// <summary>All packets that came, told as by <see cref="Next"/>, with "; " between them.</summary>
        public string NextAll()
        {
            _bench.Run();
            string text = "";
            while (_inbox.Count > 0)
            {
                text += (text.Length == 0 ? "" : "; ") + Next();
            }

            return text;
        }

        /// <summary>Sends PUBLISH with the next Packet Identifier.</summary>
        /// <returns>The Packet Identifier; 0 at QoS 0.</returns>
        public int Publish(string topic, string payload, int qos)
        {
            return Publish(topic, payload, qos, false, null);
        }

        /// <summary>Sends PUBLISH with the next Packet Identifier.</summary>
        /// <returns>The Packet Identifier; 0 at QoS 0.</returns>
        public int Publish(string topic, string payload, int qos, bool retain, PropertyList properties)
        {
            int identifier = qos == 0 ? 0 : NextIdentifier();
            PublishAgain(topic, payload, qos, retain, false, identifier, properties);
            return identifier;
        }

        /// <summary>Sends PUBLISH with every field given.</summary>
        public void PublishAgain(
            string topic, string payload, int qos, bool retain, bool duplicate, int identifier, PropertyList properties)
        {
            byte[] bytes = Bytes.OfText(payload);
            Start(1200 + topic.Length + bytes.Length);
            ClientPackets.WritePublish(
                _writer, Level, Bytes.OfText(topic), bytes, qos, retain, duplicate, identifier, ToBytes(properties));
            Send();
        }

        /// <summary>Sends SUBSCRIBE for one Topic Filter.</summary>
        /// <param name="filter">The Topic Filter.</param>
        /// <param name="options">The QoS, with <see cref="SubscriptionOptions"/> in 5.0.</param>
        public void Subscribe(string filter, int options)
        {
            Subscribe(filter, options, 0);
        }

        /// <summary>Sends SUBSCRIBE for one Topic Filter with a Subscription Identifier, or 0 for none.</summary>
        public void Subscribe(string filter, int options, int subscriptionIdentifier)
        {
            Start(1024);
            ClientPackets.BeginSubscribe(_writer, Level, NextIdentifier(), subscriptionIdentifier, null);
            ClientPackets.AddSubscription(_writer, Bytes.OfText(filter), options);
            _writer.EndPacket();
            Send();
        }

        /// <summary>Sends SUBSCRIBE for several Topic Filters with the same options.</summary>
        public void SubscribeAll(string[] filters, int options)
        {
            Start(4096);
            ClientPackets.BeginSubscribe(_writer, Level, NextIdentifier(), 0, null);
            for (int i = 0; i < filters.Length; i++)
            {
                ClientPackets.AddSubscription(_writer, Bytes.OfText(filters[i]), options);
            }

            _writer.EndPacket();
            Send();
        }

        /// <summary>Sends UNSUBSCRIBE for one Topic Filter.</summary>
        public void Unsubscribe(string filter)
        {
            Start(1024);
            ClientPackets.WriteUnsubscribe(_writer, Level, NextIdentifier(), Bytes.OfText(filter));
            Send();
        }

        /// <summary>Sends PUBACK, PUBREC, PUBREL or PUBCOMP with code 0.</summary>
        public void Ack(int packetType, int identifier)
        {
            Ack(packetType, identifier, ReasonCode.Success);
        }

        /// <summary>Sends PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
        public void Ack(int packetType, int identifier, int reasonCode)
        {
            int size = AckPacket.Write(_scratch, 0, packetType, identifier, reasonCode, Level);
            _bench.Network.ClientSend(_link, _scratch, 0, size);
        }

        /// <summary>Sends PINGREQ.</summary>
        public void Ping()
        {
            SendHex("C0 00");
        }

        /// <summary>Sends AUTH.</summary>
        public void Auth(int reasonCode, string method, string data)
        {
            Start(1024);
            AuthPacket.Write(_writer, reasonCode, Bytes.OfText(method), Bytes.OfText(data), null);
            Send();
        }

        /// <summary>Sends DISCONNECT with code 0 and closes its end.</summary>
        public void Disconnect()
        {
            Disconnect(ReasonCode.NormalDisconnection, -1);
        }

        /// <summary>Sends DISCONNECT and closes its end.</summary>
        /// <param name="reasonCode">The code; 5.0 only.</param>
        /// <param name="sessionExpiryS">The new Session Expiry Interval, or -1 for none; 5.0 only.</param>
        public void Disconnect(int reasonCode, long sessionExpiryS)
        {
            SendDisconnect(reasonCode, sessionExpiryS);
            Close();
        }

        /// <summary>Sends DISCONNECT and leaves its end open.</summary>
        public void SendDisconnect(int reasonCode, long sessionExpiryS)
        {
            Start(64);
            DisconnectPacket.WriteFromClient(_writer, Level, reasonCode, sessionExpiryS);
            Send();
        }

        /// <summary>Sends bytes, as hex digits.</summary>
        public void SendHex(string hex)
        {
            byte[] bytes = Bytes.OfHex(hex);
            _bench.Network.ClientSend(_link, bytes, 0, bytes.Length);
        }

        /// <summary>Sends a part of an array.</summary>
        public void SendBytes(byte[] buffer, int offset, int count)
        {
            _bench.Network.ClientSend(_link, buffer, offset, count);
        }

        /// <summary>Closes its end in order, and lets the broker see it.</summary>
        public void Close()
        {
            _bench.Network.ClientClose(_link);
            _bench.Run();
        }

        /// <summary>Breaks the stream, and lets the broker see it.</summary>
        public void Reset()
        {
            _bench.Network.ClientReset(_link);
            _bench.Run();
        }

        /// <summary>
        /// Lets go of a stream that the broker has closed, so that the network forgets it. For long runs; does nothing before.
        /// </summary>
        /// <returns>Whether there is no stream any more.</returns>
        public bool Forget()
        {
            if (_link != VirtualNetwork.Refused && Handle < 0 && _bench.Network.BacklogCount == 0)
            {
                _bench.Network.Forget(_link);
                _link = VirtualNetwork.Refused;
            }

            return _link == VirtualNetwork.Refused;
        }

        /// <summary>Stops taking what arrives, or goes on. While it doesn't, the broker can send so many bytes ahead.</summary>
        public void SetReading(bool isReading, int windowBytes)
        {
            IsReading = isReading;
            _bench.Network.SetReceiveWindow(_link, windowBytes);
        }

        /// <summary>Takes what has arrived.</summary>
        /// <returns>Whether there was anything.</returns>
        internal bool Pump()
        {
            if (_link == VirtualNetwork.Refused || !IsReading)
            {
                return false;
            }

            int before = _inbox.Count;
            bool any = _inbox.Receive(_bench.Network, _link, Level);
            for (int i = before; i < _inbox.Count && AutoAcknowledge; i++)
            {
                Answer(_inbox.Peek(i));
            }

            if (any && ClosesWhenClosed && _inbox.IsEnded)
            {
                _bench.Network.ClientClose(_link);
            }

            return any;
        }

        private static byte[] ToBytes(PropertyList properties)
        {
            return properties == null ? null : properties.ToBytes();
        }

        private static int Length(byte[] bytes)
        {
            return bytes == null ? 0 : bytes.Length;
        }

        private void Answer(ReceivedPacket packet)
        {
            if (packet.Type == PacketType.Publish && packet.QoS > QoS.QoS0)
            {
                Ack(packet.QoS == QoS.QoS1 ? PacketType.Puback : PacketType.Pubrec, packet.PacketIdentifier);
            }
            else if (packet.Type == PacketType.Pubrec && packet.ReasonCode < ReasonCode.UnspecifiedError)
            {
                Ack(PacketType.Pubrel, packet.PacketIdentifier);
            }
            else if (packet.Type == PacketType.Pubrel)
            {
                Ack(PacketType.Pubcomp, packet.PacketIdentifier);
            }
        }

        private int NextIdentifier()
        {
            _lastIdentifier = _lastIdentifier == 65535 ? 1 : _lastIdentifier + 1;
            return _lastIdentifier;
        }

        private void Start(int room)
        {
            if (_scratch.Length < room)
            {
                _scratch = new byte[room];
            }

            _writer.Start(_scratch, 0, _scratch.Length);
        }

        private void Send()
        {
            if (_writer.Overflowed)
            {
                throw new System.InvalidOperationException("the packet is too long for the test client");
            }

            _bench.Network.ClientSend(_link, _scratch, 0, _writer.Position);
        }
    }
}
