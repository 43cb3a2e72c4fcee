using System;
using System.Diagnostics;

namespace EdgeBroker.Benchmarks;

/// <summary>Waits for what a broker is to do, within a bound.</summary>
internal static class Waiter
{
    /// <summary>Lets clients receive until something is so.</summary>
    public static void Until(Poller poller, Func<bool> isDone, double secondsMax)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!isDone())
        {
            poller.Turn(100000);
            if (clock.Elapsed.TotalSeconds > secondsMax)
            {
                throw new LoadException("The broker did not answer in time.");
            }
        }
    }
}
