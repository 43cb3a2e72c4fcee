using System;
using System.Collections.Generic;
using System.Linq;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>
    /// Remembers why Clients left, which the broker itself has no room for, and counts refusals. On the broker's thread.
    /// </summary>
    internal sealed class ClientBook : IObserver
    {
        /// <summary>How many Clients are remembered; beyond, those that left longest ago are forgotten.</summary>
        internal const int EntriesMax = 2000;

        private const int IdentifierMax = 400;
        private const int ServerShuttingDown = 0x8B;

        private readonly IClock _clock;
        private readonly Func<int, string> _addressOf;
        private readonly Dictionary<string, ClientEntry> _entries = new(StringComparer.Ordinal);
        private readonly byte[] _identifier = new byte[IdentifierMax];
        private Broker? _broker;

        /// <summary>Makes an empty book.</summary>
        /// <param name="clock">The broker's time.</param>
        /// <param name="addressOf">Who is at the other end of a Network Connection.</param>
        internal ClientBook(IClock clock, Func<int, string> addressOf)
        {
            _clock = clock;
            _addressOf = addressOf;
        }

        /// <summary>CONNECT, SUBSCRIBE and PUBLISH packets refused.</summary>
        internal long RefusedCount { get; private set; }

        /// <summary>Clients sent away.</summary>
        internal long SentAwayCount { get; private set; }

        /// <summary>Clients that were connected and are not, latest first.</summary>
        internal IEnumerable<KeyValuePair<string, ClientEntry>> Gone =>
            _entries.Where(entry => !entry.Value.IsConnected).OrderByDescending(entry => entry.Value.SinceMs);

        /// <summary>Says which broker's events these are; all that were connected to another one are not any more.</summary>
        /// <param name="broker">The broker, or null while there is none.</param>
        /// <param name="reason">Why they are gone.</param>
        internal void Attach(Broker? broker, string reason)
        {
            _broker = broker;
            foreach (ClientEntry entry in _entries.Values.Where(entry => entry.IsConnected))
            {
                Leave(entry, reason);
            }
        }

        /// <summary>What is known of a Client, or null.</summary>
        internal ClientEntry? Find(string name)
        {
            return _entries.GetValueOrDefault(name);
        }

        /// <inheritdoc/>
        public void OnEvent(int brokerEvent, int handle, int detail)
        {
            switch (brokerEvent)
            {
                case BrokerEvent.ClientConnected:
                    Enter(handle, detail);
                    break;
                case BrokerEvent.ConnectRefused:
                case BrokerEvent.RequestRefused:
                    RefusedCount++;
                    break;
                case BrokerEvent.ClientDisconnected:
                    Leave(handle, "disconnected: " + ReasonNames.Of(detail));
                    break;
                case BrokerEvent.ConnectionLost:
                    Leave(handle, detail == 0 ? "closed without DISCONNECT" : "connection broken");
                    break;
                case BrokerEvent.ServerDisconnected:
                    SentAwayCount += detail == ServerShuttingDown ? 0 : 1;
                    Leave(handle, "sent away: " + ReasonNames.Of(detail));
                    break;
                default:
                    break;
            }
        }

        private void Enter(int handle, int level)
        {
            string? name = NameOf(handle);
            if (name == null)
            {
                return;
            }

            if (!_entries.TryGetValue(name, out ClientEntry? entry))
            {
                MakeRoom();
                entry = new ClientEntry();
                _entries.Add(name, entry);
            }

            entry.Address = _addressOf(handle);
            entry.IsConnected = true;
            entry.IsV5 = level == Protocol.ProtocolLevel.V5;
            entry.SinceMs = _clock.NowMs;
        }

        private void Leave(int handle, string reason)
        {
            string? name = NameOf(handle);
            if (name != null && _entries.TryGetValue(name, out ClientEntry? entry))
            {
                Leave(entry, reason);
            }
        }

        private void Leave(ClientEntry entry, string reason)
        {
            entry.IsConnected = false;
            entry.Reason = reason;
            entry.SinceMs = _clock.NowMs;
        }

        private void MakeRoom()
        {
            if (_entries.Count < EntriesMax)
            {
                return;
            }

            string? oldest = null;
            long sinceMs = long.MaxValue;
            foreach (KeyValuePair<string, ClientEntry> entry in _entries)
            {
                if (!entry.Value.IsConnected && entry.Value.SinceMs < sinceMs)
                {
                    oldest = entry.Key;
                    sinceMs = entry.Value.SinceMs;
                }
            }

            // All connected: more than the page shows anyway.
            _entries.Remove(oldest ?? _entries.Keys.First());
        }

        private string? NameOf(int handle)
        {
            int count = handle < 0 || _broker == null ? 0 : _broker.CopyClientIdentifier(handle, _identifier);
            return count > 0 ? ClientNames.Quote(_identifier, count) : null;
        }
    }
}
