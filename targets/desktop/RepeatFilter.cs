using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>
    /// Keeps events that come by the thousand from filling the log: the first of a kind passes, those of the second after it are
    /// counted. It knows neither log nor clock.
    /// </summary>
    internal sealed class RepeatFilter
    {
        private const long PeriodMs = 1000;

        private readonly Dictionary<(int Event, int Detail), (long SinceMs, int Count)> _kinds = [];
        private readonly List<(int Event, int Detail)> _due = [];

        /// <summary>Notes an event.</summary>
        /// <returns>Whether it is to be logged; if not, it is counted.</returns>
        internal bool Passes(int brokerEvent, int detail, long nowMs)
        {
            if (_kinds.TryGetValue((brokerEvent, detail), out (long SinceMs, int Count) kind))
            {
                _kinds[(brokerEvent, detail)] = (kind.SinceMs, kind.Count + 1);
                return false;
            }

            _kinds[(brokerEvent, detail)] = (nowMs, 0);
            return true;
        }

        /// <summary>Takes out a kind whose second is over and of which events were counted.</summary>
        /// <returns>Whether there was one.</returns>
        internal bool TryTake(long nowMs, out int brokerEvent, out int detail, out int count)
        {
            _due.Clear();
            foreach (KeyValuePair<(int Event, int Detail), (long SinceMs, int Count)> kind in _kinds)
            {
                if (nowMs - kind.Value.SinceMs >= PeriodMs)
                {
                    _due.Add(kind.Key);
                }
            }

            foreach ((int Event, int Detail) key in _due)
            {
                int counted = _kinds[key].Count;
                _kinds.Remove(key);
                if (counted > 0)
                {
                    (brokerEvent, detail) = key;
                    count = counted;
                    return true;
                }
            }

            brokerEvent = 0;
            detail = 0;
            count = 0;
            return false;
        }
    }
}
