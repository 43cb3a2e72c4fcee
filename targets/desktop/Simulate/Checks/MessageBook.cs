using System;
using System.Collections.Generic;
using System.Text;

namespace EdgeBroker.DesktopProgram.Simulate.Checks
{
    /// <summary>The messages that were published, by number; those of long ago are forgotten.</summary>
    internal sealed class MessageBook
    {
        // Far more than can be on its way; older ones are only looked up when a stale copy turns up.
        private const int RecordsMax = 100_000;

        private readonly Dictionary<string, byte[]> _topics = new(StringComparer.Ordinal);
        private readonly List<MessageRecord> _records = [];
        private long _first = 1;

        /// <summary>The number of the next message; set to begin with that one.</summary>
        internal long NextNumber
        {
            get => _first + _records.Count;
            set => _first = value - _records.Count;
        }

        /// <summary>Enters a new message.</summary>
        internal MessageRecord Add(int publisher, string topic, int qos, bool retain, long order)
        {
            if (!_topics.TryGetValue(topic, out byte[]? bytes))
            {
                bytes = Encoding.UTF8.GetBytes(topic);
                _topics.Add(topic, bytes);
            }

            MessageRecord record = new(NextNumber, publisher, topic, bytes, qos, retain, order);
            if (_records.Count == RecordsMax)
            {
                _records.RemoveRange(0, RecordsMax / 2);
                _first += RecordsMax / 2;
            }

            _records.Add(record);
            return record;
        }

        /// <summary>The message of a number; null if it is forgotten, or of a run before.</summary>
        internal MessageRecord? Find(long number)
        {
            long index = number - _first;
            return index >= 0 && index < _records.Count ? _records[(int)index] : null;
        }
    }
}
