using System;
using System.Globalization;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Puts the broker's events into words and into the log.</summary>
    internal sealed class EventLog : IObserver
    {
        private const int ClientIdentifierMax = 400;
        private const int ConnectionLinesMax = 50;

        private readonly Log _log;
        private readonly IClock _clock;
        private readonly Func<int, string> _addressOf;
        private readonly RepeatFilter _repeats = new();
        private readonly byte[] _identifier = new byte[ClientIdentifierMax];
        private Broker? _broker;

        /// <summary>Makes it.</summary>
        /// <param name="log">Takes the lines.</param>
        /// <param name="clock">The broker's time.</param>
        /// <param name="addressOf">Who is at the other end of a Network Connection.</param>
        internal EventLog(Log log, IClock clock, Func<int, string> addressOf)
        {
            _log = log;
            _clock = clock;
            _addressOf = addressOf;
        }

        /// <summary>What the storage said when it failed last, or null; null if it says nothing.</summary>
        internal Func<string?>? StoreError { get; init; }

        /// <summary>Says which broker's events these are. Until then Clients have no names.</summary>
        internal void Attach(Broker? broker)
        {
            _broker = broker;
        }

        /// <inheritdoc/>
        public void OnEvent(int brokerEvent, int handle, int detail)
        {
            LogLevel level = LevelOf(brokerEvent, detail);
            if (!_log.Writes(level))
            {
                return;
            }

            if (_repeats.Passes(brokerEvent, detail, LinesMax(brokerEvent, level), _clock.NowMs))
            {
                _log.Write(level, TextOf(brokerEvent, handle, detail));
            }
        }

        /// <summary>Logs how many events were held back, once their period is over.</summary>
        internal void WriteRepeats()
        {
            WriteRepeats(_clock.NowMs);
        }

        /// <summary>Logs all that was held back.</summary>
        internal void Flush()
        {
            WriteRepeats(long.MaxValue);
        }

        private void WriteRepeats(long nowMs)
        {
            while (_repeats.TryTake(nowMs, out int brokerEvent, out int detail, out int count))
            {
                string times = count.ToString(CultureInfo.InvariantCulture);
                _log.Write(LevelOf(brokerEvent, detail), $"{times} more {OfMany(brokerEvent, detail)}");
            }
        }

        // Lines of a kind in a period. What any Client can cause with each packet is said once, what it needs a connection for more
        // often; what is debugged is wanted whole, and the broker's own state changes seldom.
        private static int LinesMax(int brokerEvent, LogLevel level)
        {
            return brokerEvent switch
            {
                BrokerEvent.MessageDropped or BrokerEvent.RequestRefused or BrokerEvent.ConnectRefused => 1,
                BrokerEvent.OverloadStep or BrokerEvent.StoreStateChanged or BrokerEvent.TickFailed => int.MaxValue,
                _ => level == LogLevel.Debug ? int.MaxValue : ConnectionLinesMax,
            };
        }

        private static string OfMany(int brokerEvent, int detail)
        {
            return brokerEvent switch
            {
                BrokerEvent.ClientConnected => "connected",
                BrokerEvent.ConnectRefused => $"CONNECT refused: {ReasonNames.Of(detail)}",
                BrokerEvent.ClientDisconnected => $"disconnected: {ReasonNames.Of(detail)}",
                BrokerEvent.ServerDisconnected => $"sent away: {ReasonNames.Of(detail)}",
                BrokerEvent.ConnectionLost => $"lost: {OfLoss(detail)}",
                BrokerEvent.MessageDropped => $"dropped: {ReasonNames.OfDrop(detail)}",
                _ => $"refused: {ReasonNames.Of(detail)}",
            };
        }

        private static string OfLoss(int detail)
        {
            return detail == 0 ? "closed without DISCONNECT" : "broken";
        }

        private static LogLevel LevelOf(int brokerEvent, int detail)
        {
            const int ServerShuttingDown = 0x8B;
            const int SessionTakenOver = 0x8E;
            return brokerEvent switch
            {
                BrokerEvent.TickFailed => LogLevel.Error,
                BrokerEvent.ClientConnected or BrokerEvent.ClientDisconnected or BrokerEvent.ConnectionLost => LogLevel.Info,
                BrokerEvent.ServerDisconnected => detail is ServerShuttingDown or SessionTakenOver ? LogLevel.Info : LogLevel.Warning,
                BrokerEvent.StoreStateChanged => detail == StoreState.Good ? LogLevel.Info : LogLevel.Error,
                BrokerEvent.OverloadStep => (detail & 255) == 0 ? LogLevel.Info : LogLevel.Warning,
                BrokerEvent.ConnectRefused or BrokerEvent.MessageDropped or BrokerEvent.RequestRefused => LogLevel.Warning,
                _ => LogLevel.Debug,
            };
        }

        private string TextOf(int brokerEvent, int handle, int detail)
        {
            return brokerEvent switch
            {
                BrokerEvent.ConnectionAccepted => $"connection from {_addressOf(handle)}",
                BrokerEvent.ClientConnected => $"{Client(handle)} connected from {_addressOf(handle)} with MQTT "
                    + (detail == 5 ? "5.0" : "3.1.1"),
                BrokerEvent.ConnectRefused => $"{Client(handle)} refused: {ReasonNames.Of(detail)}",
                BrokerEvent.ClientDisconnected => $"{Client(handle)} disconnected: {ReasonNames.Of(detail)}",
                BrokerEvent.ServerDisconnected => $"{Client(handle)} sent away: {ReasonNames.Of(detail)}",
                BrokerEvent.ConnectionLost => $"{Client(handle)} lost: {OfLoss(detail)}",
                BrokerEvent.MessageDropped => $"message for {Client(handle)} dropped: {ReasonNames.OfDrop(detail)}",
                BrokerEvent.RequestRefused => $"request of {Client(handle)} refused: {ReasonNames.Of(detail)}",
                BrokerEvent.SessionExpired => "a Session expired",
                BrokerEvent.WillPublished => "a Will Message was published",
                BrokerEvent.OverloadStep => $"overload {ReasonNames.OfResource(detail >> 8)} step "
                    + (detail & 255).ToString(CultureInfo.InvariantCulture) + ": " + ReasonNames.OfStep(detail & 255),
                BrokerEvent.StoreStateChanged => ReasonNames.OfStore(detail) + WhyOfStore(detail),
                BrokerEvent.TickFailed => "internal error: all connections were closed; time "
                    + detail.ToString(CultureInfo.InvariantCulture),
                _ => $"event {brokerEvent.ToString(CultureInfo.InvariantCulture)} of {Client(handle)}, detail "
                    + detail.ToString(CultureInfo.InvariantCulture),
            };
        }

        private string WhyOfStore(int state)
        {
            string? error = state == StoreState.Good ? null : StoreError?.Invoke();
            return error == null ? "" : $" ({error})";
        }

        private string Client(int handle)
        {
            if (handle < 0)
            {
                return "a disconnected client";
            }

            int count = _broker?.CopyClientIdentifier(handle, _identifier) ?? 0;
            return count > 0 ? "client " + ClientNames.Quote(_identifier, count) : "connection from " + _addressOf(handle);
        }
    }
}
