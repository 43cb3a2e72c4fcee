using System;
using System.IO;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>Decides which operations of a port fail, counted from 0.</summary>
/// <param name="first">The first that fails.</param>
/// <param name="count">How many fail.</param>
/// <param name="throws">Whether they throw, instead of answering that they failed.</param>
public sealed class PortFault(int first, int count, bool throws)
{
    /// <summary>Operations there were.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it works: only from when the test begins to count until it has seen enough.</summary>
    public bool IsArmed { get; set; }

    /// <summary>Every port asks it before each operation.</summary>
    /// <returns>Whether it fails.</returns>
    /// <exception cref="IOException">It fails, and ports throw.</exception>
    public bool Fails()
    {
        if (!IsArmed)
        {
            return false;
        }

        int number = Count++;
        bool fails = number >= first && number - first < count;
        return fails && throws ? throw new IOException("injected") : fails;
    }
}
