using System;
using System.Diagnostics;

namespace EdgeBroker.Benchmarks;

/// <summary>Times from publishing to delivery.</summary>
/// <param name="countMax">How many are kept.</param>
internal sealed class Latencies(int countMax)
{
    private readonly long[] _ticks = new long[countMax];
    private int _count;

    /// <summary>Adds one, in ticks of the stopwatch.</summary>
    public void Add(long ticks)
    {
        if (_count < _ticks.Length)
        {
            _ticks[_count++] = ticks;
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _count = 0;

    /// <summary>The time that a share of the messages did not exceed, in microseconds.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share)
    {
        long[] sorted = _ticks.AsSpan(0, _count).ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))] * 1e6 / Stopwatch.Frequency;
    }
}
