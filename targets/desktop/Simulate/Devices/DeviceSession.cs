using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>
    /// A device's side of its Session: what it sent and is not acknowledged, what it got at QoS 2 and is not released, and what
    /// it expects to find at the broker. It keeps the rules of a Client and tells the ledger what it sees.
    /// </summary>
    internal sealed class DeviceSession
    {
        private const int PendingMax = 8;

        private readonly Ledger _ledger;
        private readonly DeviceStream _stream;
        private readonly int _level;
        private readonly bool _isDurable;
        private readonly List<PendingPublish> _pending = [];
        private readonly HashSet<int> _inbound = [];
        private int _lastIdentifier;

        // What is at the broker: null if a CONNECT went out and was never answered.
        private bool? _isThere = false;
        private long _sinceMs;
        private bool _isKept;

        /// <summary>Makes a Session that is not there yet.</summary>
        internal DeviceSession(Ledger ledger, DeviceStream stream, string name, int level, bool isDurable)
        {
            _ledger = ledger;
            _stream = stream;
            _level = level;
            _isDurable = isDurable;
            Client = ledger.AddClient(name);
        }

        /// <summary>The device's number in the ledger.</summary>
        internal int Client { get; }

        /// <summary>Whether something it sent is not complete.</summary>
        internal bool HasPending => _pending.Count > 0;

        /// <summary>Whether it may send another message of QoS 1 or 2.</summary>
        internal bool HasRoom => _pending.Count < PendingMax;

        /// <summary>A CONNECT goes out.</summary>
        internal void Connecting()
        {
            if (!_isDurable)
            {
                End(SessionLoss.Asked);
            }
        }

        /// <summary>The stream is gone.</summary>
        /// <param name="wasConnected">Whether CONNACK had come.</param>
        internal void Lost(bool wasConnected)
        {
            if (!_isDurable)
            {
                End(SessionLoss.Asked);
            }
            else if (wasConnected && !_isKept)
            {
                End(SessionLoss.Announced);
            }
            else if (!wasConnected && _isThere == false)
            {
                _isThere = null;
            }
        }

        /// <summary>A successful CONNACK came.</summary>
        /// <returns>Whether subscriptions are to be made.</returns>
        /// <param name="isPresent">Session Present.</param>
        /// <param name="isKept">Whether the broker keeps the Session while the device is away, as it was asked for.</param>
        /// <param name="nowMs">The time.</param>
        internal bool Connected(bool isPresent, bool isKept, long nowMs)
        {
            if (isPresent && _isThere == false)
            {
                _ledger.Broken(Client, "was told Session Present 1, and there can be none");
            }
            else if (!isPresent && _isThere != false)
            {
                End(_isThere == null ? SessionLoss.Asked : _ledger.MayForget(_sinceMs) ? SessionLoss.WentWithPower : SessionLoss.Broken);
            }

            if (!isPresent)
            {
                _sinceMs = nowMs;
            }

            _isKept = isKept;
            _isThere = _isDurable;
            SendAgain();
            return !isPresent;
        }

        /// <summary>Publishes a new message.</summary>
        internal void Publish(string topic, int qos, bool retain, int size, double value)
        {
            MessageRecord record = _ledger.Publish(Client, topic, qos, retain);
            byte[] payload = Payload(record.Number, value, size);
            int identifier = 0;
            if (qos > 0)
            {
                identifier = NextIdentifier();
                _pending.Add(new PendingPublish(record, identifier, payload));
            }

            Send(record, identifier, payload, false);
        }

        /// <summary>The number of the message that a Payload is of, or -1 if it is of none.</summary>
        internal static long NumberOf(ReadOnlySpan<byte> payload)
        {
            int end = payload.IndexOf((byte)' ');
            return payload.StartsWith("#"u8) && end > 1
                && long.TryParse(payload[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : -1;
        }

        /// <summary>Takes a PUBLISH, and answers it.</summary>
        internal void Receive(ReceivedPacket packet, long nowMs)
        {
            if (packet.QoS < 2 || _inbound.Add(packet.PacketIdentifier))
            {
                long number = NumberOf(packet.Raw.AsSpan(packet.PayloadOffset));
                if (number >= 0)
                {
                    string topic = Encoding.UTF8.GetString(packet.Raw, packet.TopicOffset, packet.TopicLength);
                    _ledger.Received(Client, number, topic, packet.QoS, packet.Retain, nowMs);
                }
            }

            if (packet.QoS > 0)
            {
                _stream.SendAck(packet.QoS == 1 ? PacketType.Puback : PacketType.Pubrec, packet.PacketIdentifier, _level);
            }
        }

        /// <summary>Takes a PUBREL, and answers it.</summary>
        internal void Release(ReceivedPacket packet)
        {
            _inbound.Remove(packet.PacketIdentifier);
            _stream.SendAck(PacketType.Pubcomp, packet.PacketIdentifier, _level);
        }

        /// <summary>Takes PUBACK, PUBREC or PUBCOMP.</summary>
        internal void Acknowledge(ReceivedPacket packet, long nowMs)
        {
            PendingPublish? pending = _pending.Find(one => one.Identifier == packet.PacketIdentifier);
            if (pending == null)
            {
                _ledger.Broken(Client, $"got {packet.Text} for nothing");
            }
            else if (packet.ReasonCode >= ReasonCode.UnspecifiedError && packet.Type != PacketType.Pubcomp)
            {
                _ledger.Refused();
                _pending.Remove(pending);
            }
            else if (packet.Type == PacketType.Pubrec)
            {
                _ledger.Accepted(pending.Record, nowMs);
                pending.IsReleased = true;
                _stream.SendAck(PacketType.Pubrel, packet.PacketIdentifier, _level);
            }
            else
            {
                _ledger.Accepted(pending.Record, nowMs);
                _pending.Remove(pending);
            }
        }

        /// <summary>Saves what goes on in the next run.</summary>
        internal DeviceMemory Save(string name, bool isOpen, bool isConnected)
        {
            return new DeviceMemory
            {
                Name = name,
                IsThere = _isThere,
                SinceMs = _sinceMs,
                IsKept = _isKept,
                WasOpen = isOpen,
                WasConnected = isConnected,
                LastIdentifier = _lastIdentifier,
                Pending = [.. _pending.Select(pending => pending.Save())],
                Inbound = [.. _inbound],
                Ledger = _ledger.ClientOf(Client).Save(),
            };
        }

        /// <summary>Goes on with what was saved. Its Network Connection, if there was one, went with the program.</summary>
        internal void Load(DeviceMemory memory)
        {
            _ledger.ClientOf(Client).Load(memory.Ledger);
            _isThere = memory.IsThere;
            _sinceMs = memory.SinceMs;
            _isKept = memory.IsKept;
            _lastIdentifier = memory.LastIdentifier;
            _pending.AddRange(memory.Pending.Select(pending => PendingPublish.Load(pending, Client)));
            _inbound.UnionWith(memory.Inbound);
            if (memory.WasOpen)
            {
                Lost(memory.WasConnected);
            }
        }

        private void End(SessionLoss loss)
        {
            _ledger.SessionEnded(Client, loss);
            _pending.Clear();
            _inbound.Clear();
            _isThere = false;
        }

        // In the order in which they were sent.
        private void SendAgain()
        {
            foreach (PendingPublish pending in _pending)
            {
                if (pending.IsReleased)
                {
                    _stream.SendAck(PacketType.Pubrel, pending.Identifier, _level);
                }
                else
                {
                    pending.Record.WasSentAgain = true;
                    Send(pending.Record, pending.Identifier, pending.Payload, true);
                }
            }
        }

        private void Send(MessageRecord record, int identifier, byte[] payload, bool isDuplicate)
        {
            PacketWriter writer = _stream.Begin(payload.Length + record.TopicBytes.Length + 32);
            ClientPackets.WritePublish(
                writer, _level, record.TopicBytes, payload, record.QoS, record.Retain, isDuplicate, identifier, null);
            _stream.Send();
        }

        private int NextIdentifier()
        {
            do
            {
                _lastIdentifier = _lastIdentifier == 65535 ? 1 : _lastIdentifier + 1;
            }
            while (_pending.Exists(pending => pending.Identifier == _lastIdentifier));
            return _lastIdentifier;
        }

        // The number first, which the checkers read; then something for people; then what fills it up.
        private static byte[] Payload(long number, double value, int size)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"#{number} {value:F1} ");
            byte[] payload = new byte[int.Max(size, text.Length)];
            payload.AsSpan().Fill((byte)'.');
            Encoding.ASCII.GetBytes(text, payload);
            return payload;
        }
    }
}
