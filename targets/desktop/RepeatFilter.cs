using System.Collections.Generic;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>
    /// Keeps events that come by the thousand from filling the log: of each kind a few pass in a period, the others are counted. The
    /// period is a second; as long as a kind goes on like that it doubles, up to a minute. It knows neither log nor clock.
    /// </summary>
    internal sealed class RepeatFilter
    {
        private const long PeriodMinMs = 1000;
        private const long PeriodMaxMs = 60_000;

        private readonly Dictionary<(int Event, int Detail), Kind> _kinds = [];
        private readonly List<(int Event, int Detail)> _due = [];

        /// <summary>Notes an event.</summary>
        /// <param name="brokerEvent">With the detail, its kind.</param>
        /// <param name="detail">The detail.</param>
        /// <param name="linesMax">How many of the kind pass in a period.</param>
        /// <param name="nowMs">The time.</param>
        /// <returns>Whether it is to be logged; if not, it is counted.</returns>
        internal bool Passes(int brokerEvent, int detail, int linesMax, long nowMs)
        {
            Kind kind = _kinds.TryGetValue((brokerEvent, detail), out Kind known) ? known : new Kind(nowMs, PeriodMinMs, 0, 0);
            bool passes = kind.Passed < linesMax;
            _kinds[(brokerEvent, detail)] = passes ? kind with { Passed = kind.Passed + 1 } : kind with { Held = kind.Held + 1 };
            return passes;
        }

        /// <summary>Takes out how many events of a kind were held back in a period that is over.</summary>
        /// <returns>Whether there was such a kind.</returns>
        internal bool TryTake(long nowMs, out int brokerEvent, out int detail, out int count)
        {
            _due.Clear();
            foreach (KeyValuePair<(int Event, int Detail), Kind> kind in _kinds)
            {
                if (nowMs - kind.Value.SinceMs >= kind.Value.PeriodMs)
                {
                    _due.Add(kind.Key);
                }
            }

            foreach ((int Event, int Detail) key in _due)
            {
                Kind kind = _kinds[key];
                if (kind.Held == 0)
                {
                    _kinds.Remove(key);
                    continue;
                }

                _kinds[key] = new Kind(nowMs, long.Min(kind.PeriodMs * 2, PeriodMaxMs), 0, 0);
                (brokerEvent, detail) = key;
                count = kind.Held;
                return true;
            }

            brokerEvent = 0;
            detail = 0;
            count = 0;
            return false;
        }

        private readonly record struct Kind(long SinceMs, long PeriodMs, int Passed, int Held);
    }
}
