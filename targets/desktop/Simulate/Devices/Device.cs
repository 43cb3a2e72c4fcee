using System;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>
    /// A simulated device: when it connects, publishes, reads, sleeps and drops out. Its turn comes with <see cref="Act"/>;
    /// everything follows from its random numbers and what the broker sends.
    /// </summary>
    internal sealed class Device
    {
        private const int AnswerMsMax = 8000;
        private const int QuietMs = 20_000;
        private const int SlowWindowBytes = 128;
        private const int SettledAwakeMs = 30_000;
        private const int SettledAsleepS = 15;
        private const long DayS = 86_400;

        private readonly DevicePlan _plan;
        private readonly Ledger _ledger;
        private readonly Random _random;
        private readonly DeviceStream _stream;
        private readonly DeviceSession _session;
        private readonly Backoff _backoff;
        private readonly PublishSchedule _schedule;
        private bool _isConnected;
        private long _connectDueMs;
        private long _answerDueMs = long.MaxValue;
        private long _lastSentMs;
        private long _lastHeardMs;
        private long _connectedMs;
        private long _readDueMs;
        private long _sleepDueMs = long.MaxValue;
        private long _dropDueMs = long.MaxValue;
        private long _healDueMs = long.MaxValue;
        private bool _isStalled;
        private bool _isSettling;

        /// <summary>Makes a device that is off.</summary>
        internal Device(DevicePlan plan, Radio radio, Ledger ledger, Random random, Func<string, string> topicOf, long nowMs)
        {
            _plan = plan;
            _ledger = ledger;
            _random = random;
            _stream = new DeviceStream(radio);
            _session = new DeviceSession(ledger, _stream, plan.Name, plan.Level, plan.Group.Durable);
            _backoff = new Backoff(random);
            _schedule = new PublishSchedule(plan, random, topicOf);

            // Not all at once: a street does not switch its devices on in the same moment.
            _connectDueMs = nowMs + random.Next(plan.Group.Kind == DeviceKind.Sleeping ? (int)(plan.Group.AsleepS * 300) + 1 : 1500);
        }

        /// <summary>What it is.</summary>
        internal DevicePlan Plan => _plan;

        /// <summary>Whether it is connected, as far as it knows.</summary>
        internal bool IsConnected => _isConnected;

        /// <summary>Whether it subscribes to anything.</summary>
        internal bool IsSubscriber => _plan.Group.Subscribe.Count > 0;

        /// <summary>When its turn comes at the latest, unless something arrives.</summary>
        internal long DueMs { get; private set; }

        /// <summary>Whether it has stopped to read for a while.</summary>
        internal bool IsStalled
        {
            get => _isStalled;
            set
            {
                _isStalled = value;
                _stream.SetWindow(value ? SlowWindowBytes : Window());
                DueMs = 0;
            }
        }

        /// <summary>Its turn.</summary>
        /// <returns>Whether it did anything that the broker may have to look at.</returns>
        internal bool Act(long nowMs)
        {
            bool any = Read(nowMs);
            if (nowMs >= DueMs || any)
            {
                any |= RunTimers(nowMs);
                DueMs = Next(nowMs);
            }

            return any;
        }

        /// <summary>No more new messages and no more bad days: come, stay long enough, and take what is owed.</summary>
        internal void Settle()
        {
            _isSettling = true;
            _connectDueMs = 0;
            IsStalled = false;
        }

        /// <summary>Saves what goes on in the next run.</summary>
        internal DeviceMemory Save()
        {
            return _session.Save(_plan.Name, _stream.IsOpen, _isConnected);
        }

        /// <summary>Goes on with what was saved.</summary>
        internal void Load(DeviceMemory memory)
        {
            _session.Load(memory);
        }

        private bool Read(long nowMs)
        {
            if (!_stream.IsOpen || _isStalled || (IsSlow && nowMs < _readDueMs))
            {
                return false;
            }

            if (!_stream.Read(_plan.Level))
            {
                return false;
            }

            _readDueMs = nowMs + (SlowWindowBytes * 1000L / _plan.Group.ReadBytesPerS);
            _lastHeardMs = nowMs;
            ReceivedPacket? packet = _stream.Take();
            while (packet != null && _stream.IsOpen)
            {
                Handle(packet, nowMs);
                packet = _stream.Take();
            }

            return true;
        }

        private void Handle(ReceivedPacket packet, long nowMs)
        {
            switch (packet.Type)
            {
                case PacketType.Connack:
                    HandleConnack(packet, nowMs);
                    break;
                case PacketType.Publish:
                    _session.Receive(packet, nowMs);
                    break;
                case PacketType.Pubrel:
                    _session.Release(packet);
                    break;
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubcomp:
                    _session.Acknowledge(packet, nowMs);
                    break;
                case PacketType.Suback:
                    HandleSuback(packet, nowMs);
                    break;
                case PacketType.Pingresp:
                    _answerDueMs = long.MaxValue;
                    break;
                case PacketType.Disconnect:
                    Lose(nowMs, packet.Properties);
                    break;
                default:
                    if (packet.Text.StartsWith("BAD", StringComparison.Ordinal))
                    {
                        _ledger.Broken(_session.Client, "got a packet that may not be sent: " + packet.Text);
                    }

                    Lose(nowMs, "");
                    break;
            }
        }

        private void HandleConnack(ReceivedPacket packet, long nowMs)
        {
            _answerDueMs = long.MaxValue;
            if (packet.ReasonCode != 0)
            {
                Lose(nowMs, packet.Properties);
                return;
            }

            _isConnected = true;
            _connectedMs = nowMs;
            _backoff.Reset();

            // A broker whose store has failed keeps no Session.
            bool isKept = !packet.Properties.Split(' ').Contains("session-expiry=0");
            if (_session.Connected(packet.SessionPresent, isKept, nowMs))
            {
                Subscribe();
            }

            _schedule.Start(nowMs);
            DeviceGroup group = _plan.Group;
            long awakeMs = _isSettling ? SettledAwakeMs : (long)(group.AwakeS * 1000);
            _sleepDueMs = group.Kind == DeviceKind.Sleeping ? nowMs + awakeMs : long.MaxValue;
            _dropDueMs = group.Kind == DeviceKind.FlakyWifi ? nowMs + Around(group.DropEveryS) : long.MaxValue;
        }

        private void HandleSuback(ReceivedPacket packet, long nowMs)
        {
            // Subscriptions are made one at a time, in order: the Packet Identifier tells which.
            int index = packet.PacketIdentifier - SubscribeIdentifier(0);
            if (index < 0 || index >= _plan.Group.Subscribe.Count)
            {
                _ledger.Broken(_session.Client, $"got {packet.Text} for nothing");
            }
            else if (packet.ReasonCode <= 2)
            {
                _ledger.Subscribed(_session.Client, _plan.WithName(_plan.Group.Subscribe[index].Filter), packet.ReasonCode, nowMs);
            }
        }

        private bool RunTimers(long nowMs)
        {
            if (!_stream.IsOpen)
            {
                return nowMs >= _connectDueMs && Connect(nowMs);
            }

            if (nowMs >= _healDueMs)
            {
                _healDueMs = long.MaxValue;
                _stream.SetHalfOpen(false);
            }
            else if (nowMs >= _dropDueMs && !_isSettling)
            {
                _stream.SetHalfOpen(true);
                _dropDueMs = nowMs + Around(_plan.Group.DropEveryS);
                _healDueMs = nowMs + Around(_plan.Group.DropForS);
            }

            if (nowMs >= _answerDueMs)
            {
                // The broker, or the radio, is gone.
                _stream.Reset();
                Lose(nowMs, "");
                return true;
            }

            return _isConnected && Live(nowMs);
        }

        private bool Live(long nowMs)
        {
            bool any = false;
            while (!_isSettling && _schedule.TryTake(nowMs, _session.HasRoom, out PublishPlan? plan, out string topic))
            {
                _session.Publish(topic, plan!.Qos, plan.Retain, plan.Bytes, _schedule.Value());
                _lastSentMs = nowMs;
                any = true;
            }

            if (nowMs >= _sleepDueMs)
            {
                Disconnect();
                _connectDueMs = nowMs + Around(_isSettling ? SettledAsleepS : _plan.Group.AsleepS);
                return true;
            }

            if (PingMs > 0 && nowMs - _lastSentMs >= PingMs && _answerDueMs == long.MaxValue)
            {
                _stream.SendPing();
                _lastSentMs = nowMs;
                _answerDueMs = _isStalled ? long.MaxValue : nowMs + AnswerMsMax;
                any = true;
            }

            long quietSinceMs = long.Max(_lastHeardMs, _connectedMs);
            if (!_isStalled && _healDueMs == long.MaxValue && nowMs - quietSinceMs >= QuietMs && !_stream.HasUnread)
            {
                _ledger.IsQuiet(_session.Client, quietSinceMs);
            }

            return any;
        }

        private bool Connect(long nowMs)
        {
            _healDueMs = long.MaxValue;
            if (!_stream.Open(Window()))
            {
                _connectDueMs = nowMs + _backoff.NextMs("");
                return false;
            }

            _isStalled = false;
            DeviceGroup group = _plan.Group;
            ConnectOptions options = new()
            {
                ClientIdentifier = Encoding.UTF8.GetBytes(_plan.Name),
                CleanStart = !group.Durable,
                KeepAliveS = group.KeepAliveS,
                SessionExpiryIntervalS = group.Durable ? DayS : 0,
            };
            _session.Connecting();
            options.Write(_stream.Begin(256), _plan.Level);
            _stream.Send();
            _lastSentMs = nowMs;
            _lastHeardMs = nowMs;
            _answerDueMs = nowMs + AnswerMsMax;
            return true;
        }

        private void Subscribe()
        {
            _ledger.Subscribing(_session.Client);
            for (int i = 0; i < _plan.Group.Subscribe.Count; i++)
            {
                SubscribePlan plan = _plan.Group.Subscribe[i];
                byte[] filter = Encoding.UTF8.GetBytes(_plan.WithName(plan.Filter));
                PacketWriter writer = _stream.Begin(filter.Length + 32);
                ClientPackets.WriteSubscribe(writer, _plan.Level, SubscribeIdentifier(i), filter, plan.Qos);
                _stream.Send();
            }
        }

        // Above those of messages, of which few are in use.
        private static int SubscribeIdentifier(int index)
        {
            return 60_000 + index;
        }

        /// <summary>Leaves in order, if it is there.</summary>
        internal void Disconnect()
        {
            if (_stream.IsOpen)
            {
                DisconnectPacket.WriteFromClient(_stream.Begin(64), _plan.Level, ReasonCode.NormalDisconnection, -1);
                _stream.Send();
                _stream.Close();
                Gone();
            }
        }

        private void Lose(long nowMs, string properties)
        {
            _stream.Close();
            Gone();
            _connectDueMs = nowMs + _backoff.NextMs(properties);
        }

        private void Gone()
        {
            _session.Lost(_isConnected);
            _isConnected = false;
            _answerDueMs = long.MaxValue;
            _sleepDueMs = long.MaxValue;
            _dropDueMs = long.MaxValue;
            _healDueMs = long.MaxValue;
        }

        private long Next(long nowMs)
        {
            if (!_stream.IsOpen)
            {
                return _connectDueMs;
            }

            long dueMs = long.Min(long.Min(_answerDueMs, _healDueMs), long.Min(_sleepDueMs, _dropDueMs));
            if (_isConnected)
            {
                dueMs = long.Min(dueMs, _schedule.DueMs(_session.HasRoom));
                dueMs = long.Min(dueMs, PingMs > 0 ? _lastSentMs + PingMs : long.MaxValue);
                dueMs = long.Min(dueMs, long.Max(_lastHeardMs, _connectedMs) + QuietMs);
            }

            if (IsSlow && _stream.HasUnread)
            {
                dueMs = long.Min(dueMs, _readDueMs);
            }

            // Never the same moment again.
            return long.Max(dueMs, nowMs + 1);
        }

        private bool IsSlow => _plan.Group.Kind == DeviceKind.SlowReader && !_isSettling;

        private long PingMs => _plan.Group.KeepAliveS * 700L;

        private int Window()
        {
            return _plan.Group.Kind == DeviceKind.SlowReader ? SlowWindowBytes : 0;
        }

        // From half to one and a half times as long.
        private long Around(double seconds)
        {
            return (long)(seconds * (500 + _random.Next(1000)));
        }
    }
}
