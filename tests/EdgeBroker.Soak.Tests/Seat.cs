using System;
using System.Collections.Generic;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// A connection of one of the thousands, and the program that serves it: it keeps the rules of its side but for its
    /// <see cref="Behaviour"/>, and looks whether the broker keeps its own.
    /// </summary>
    internal sealed partial class Seat
    {
        /// <summary>What a decent Client has open at the most: less than the broker's Receive Maximum.</summary>
        internal const int PendingMax = 8;

        // How long anything may take to be answered, in seconds, whatever the weather.
        private const int AnswerS = 90;

        // And the stream to end after the last packet.
        private const int EndS = 15;

        private readonly Soak _soak;
        private readonly Queue<(bool Subscribes, string Filter, int QoS, long SentAt)> _requests = [];
        private int _boots;
        private int _failures;
        private bool _isClean;
        private long _since;
        private int _window;
        private Seat? _older;
        private int _opening;

        internal Seat(Soak soak, int index)
        {
            _soak = soak;
            Sim = soak.Bench.Client(ProtocolLevel.V5, "seat" + index);
        }

        private enum State
        {
            Free,
            Connecting,
            Up,
            Ending,
            Gone,
        }

        private State _state;

        /// <summary>What it speaks with.</summary>
        internal SimClient Sim { get; }

        /// <summary>Whose connection it is, or was last.</summary>
        internal Identity Identity { get; private set; } = null!;

        /// <summary>What it does wrong.</summary>
        internal Behaviour Behaviour { get; private set; }

        /// <summary>Whether another connection of the same Client has been opened since.</summary>
        internal bool IsSuperseded { get; private set; }

        /// <summary>Whether it can be used for another connection.</summary>
        internal bool IsFree => _state == State.Free;

        /// <summary>Whether CONNACK came and nothing has ended.</summary>
        internal bool IsUp => _state == State.Up;

        /// <summary>Whether it sees what the broker sends, and always has.</summary>
        internal bool Sees { get; private set; }

        /// <summary>The network may have broken it.</summary>
        internal bool IsBroken { get; set; }

        /// <summary>When it was opened, in the clock's milliseconds.</summary>
        internal long OpenedMs { get; private set; }

        /// <summary>When it sent something last, in the clock's milliseconds.</summary>
        internal long LastSentMs { get; private set; }

        /// <summary>Whether it has sent nothing for longer than its Keep Alive allows: a second may take long, as the broker does.</summary>
        internal bool WasSilent { get; private set; }

        /// <summary>Whether it has sent what breaks the protocol.</summary>
        internal bool IsAtFault => Behaviour is Behaviour.HalfPacket or Behaviour.Flooder or Behaviour.ByteWriter;

        /// <summary>Opens a stream and sends CONNECT.</summary>
        internal void Open(Identity identity, bool clean)
        {
            Identity = identity;
            _opening = _soak.NextOpening();
            _older = identity.Seat;
            if (_older != null)
            {
                _older.IsSuperseded = true;
                if (identity.HasSession == false)
                {
                    // That Session ends with its connection.
                    identity.Forget();
                }
            }

            _soak.BeforeConnect(identity);
            _soak.Reconsider(identity);
            _isClean = clean || !identity.IsDurable || identity.MustBeClean;
            bool isDurable = identity.IsDurable && (!_isClean || identity.Level == ProtocolLevel.V5);
            if (_isClean && identity.HasSession != false)
            {
                // Whatever becomes of it, what was before is not gone on with.
                identity.Forget();
                identity.HasSession = null;
                identity.MustBeClean = true;
            }

            identity.Seat = this;
            int most = _soak.Bench.Limits.SessionExpiryMaxS;
            identity.GrantedExpiryS = !isDurable ? 0 : identity.Level == ProtocolLevel.V5 ? Math.Min(identity.ExpiryS, most) : most;
            SetOptions(identity, isDurable);
            _state = State.Connecting;
            Behaviour = Behaviour.Decent;
            IsSuperseded = false;
            IsBroken = false;
            Sees = true;
            _boots = _soak.Boots;
            _failures = _soak.Failures;
            _since = _soak.Lived;
            OpenedMs = _soak.NowMs;
            LastSentMs = _soak.NowMs;
            WasSilent = false;
            _requests.Clear();
            Sim.Open();
            Sim.SendConnect();
            _soak.Trace(identity, $"connects, clean {_isClean}, durable {isDurable}, has {identity.HasSession}");
        }

        /// <summary>Begins to misbehave, and goes on so until it is closed.</summary>
        internal void Become(Behaviour behaviour)
        {
            Behaviour = behaviour;
            _soak.Trace(Identity, "becomes " + behaviour);
            _soak.Count("behaviour " + behaviour);
            switch (behaviour)
            {
                case Behaviour.Deaf:
                case Behaviour.ByteReader:
                    _window = _soak.Prng.Below(100);
                    Sim.SetReading(false, _window);
                    Sees = false;
                    break;
                case Behaviour.Vanished:
                    // It has answered that.
                    Take();
                    _soak.Bench.Network.SetHalfOpen(Sim.Link, true);
                    Lost();
                    break;
                case Behaviour.HalfPacket:
                    Sim.SendHex("30 7F 00 04 6A 75 6E 6B");
                    break;
                case Behaviour.ByteWriter:
                    Sim.SendHex("30 7F");
                    break;
                case Behaviour.Flooder:
                    // What it leaves open is a part of its Session.
                    Sim.AutoAcknowledge = false;
                    Identity.MustBeClean = true;
                    break;
            }
        }

        /// <summary>Publishes a message, if it may.</summary>
        internal void Publish(string topic, int qos, bool retain, int size)
        {
            if (Identity.Pending.Count >= PendingMax && qos > 0)
            {
                return;
            }

            Message message = _soak.Book.Publish(topic, qos, retain, size);
            int identifier = 0;
            if (qos > 0)
            {
                identifier = Identity.NextIdentifier();
                Identity.Pending.Add(new Pending(identifier, message, _soak.Lived) { Seat = this });
            }

            _soak.Trace(Identity, $"publishes {message.Number} q{qos} i{identifier}");
            Sim.PublishAgain(topic, message.Payload, qos, retain, false, identifier, null);
            NoteSent();
        }

        /// <summary>Sends SUBSCRIBE.</summary>
        internal void Subscribe(string filter, int qos)
        {
            if (Identity.Subscriptions.TryGetValue(filter, out var before) && (before.QoS == 0) != (qos == 0))
            {
                // Until SUBACK nobody knows which of the two counts.
                Identity.Subscriptions.Remove(filter);
            }

            _requests.Enqueue((true, filter, qos, _soak.Lived));
            Sim.Subscribe(filter, qos);
            NoteSent();
        }

        /// <summary>Sends UNSUBSCRIBE.</summary>
        internal void Unsubscribe(string filter)
        {
            Identity.Subscriptions.Remove(filter);
            _requests.Enqueue((false, filter, 0, _soak.Lived));
            Sim.Unsubscribe(filter);
            NoteSent();
        }

        /// <summary>Ends the connection: in order, or, without a CONNACK as yet, at once, or it would keep its place.</summary>
        /// <param name="endsSession">Whether the Session is to end with it, where that can be said.</param>
        internal void Disconnect(bool endsSession)
        {
            bool says = endsSession && Identity.Level == ProtocolLevel.V5 && Identity.GrantedExpiryS > 0;
            Take();
            if (_state == State.Connecting)
            {
                Reset();
            }

            if (_state != State.Up)
            {
                return;
            }

            Sim.SendDisconnect(0, says ? 0 : -1);
            _soak.Bench.Network.ClientClose(Sim.Link);
            Lost();
            if (says)
            {
                // It may not arrive.
                Identity.Forget();
                Identity.HasSession = null;
                Identity.MustBeClean = true;
            }
        }

        /// <summary>Breaks the connection.</summary>
        internal void Reset()
        {
            Take();
            if (_state is State.Free or State.Gone)
            {
                return;
            }

            _soak.Bench.Network.ClientReset(Sim.Link);
            Lost();
        }

        /// <summary>Handles what has come.</summary>
        internal void Take()
        {
            if (_older != null && _older.Identity == Identity && _older._opening < _opening)
            {
                // What was sent on the connection before came first.
                _older.Take();
            }

            for (ReceivedPacket? packet = Sim.Take(); packet != null; packet = Sim.Take())
            {
                if (_state != State.Free && _state != State.Gone)
                {
                    Handle(packet);
                }
            }
        }

        /// <summary>A second has passed.</summary>
        internal void Live()
        {
            Take();
            if (_state == State.Gone)
            {
                _state = Sim.Forget() ? State.Free : State.Gone;
                return;
            }

            if (_state == State.Free)
            {
                return;
            }

            if (Behaviour == Behaviour.ByteReader)
            {
                Sim.SetReading(false, ++_window);
            }
            else if (Behaviour == Behaviour.ByteWriter)
            {
                Sim.SendHex("00");
                NoteSent();
            }
            else if (_state == State.Up && Behaviour != Behaviour.HalfPacket && _soak.NowMs - LastSentMs > Identity.KeepAliveS * 500)
            {
                Sim.Ping();
                NoteSent();
            }

            CheckAnswered();
        }

        private void NoteSent()
        {
            WasSilent |= _soak.NowMs - LastSentMs >= (Identity.KeepAliveS * 1500) - 1000;
            LastSentMs = _soak.NowMs;
        }

        private void SetOptions(Identity identity, bool isDurable)
        {
            ConnectOptions options = Sim.Options;
            Sim.Level = identity.Level;
            Sim.AutoAcknowledge = true;
            options.ClientIdentifier = Bytes.OfText("c" + identity.Index);
            options.KeepAliveS = identity.KeepAliveS;
            options.CleanStart = _isClean;
            options.SessionExpiryIntervalS = isDurable ? identity.ExpiryS : 0;
            options.ReceiveMaximum = identity.ReceiveMaximum;
            options.MaximumPacketSize = identity.MaximumPacketSize;
            options.Properties = identity.WantsReasons ? null : [PropertyId.RequestProblemInformation, 0];
            options.WillTopic = null;
            if (identity.HasWill)
            {
                Message message = _soak.Book.Publish("w/" + (identity.Index % 5), identity.Index % 3, false, 20);
                options.WillTopic = Bytes.OfText(message.Topic);
                options.WillPayload = Bytes.OfText(message.Payload);
                options.WillQoS = message.QoS;
                options.WillDelayIntervalS = identity.Index % 7;
            }
        }
    }
}
