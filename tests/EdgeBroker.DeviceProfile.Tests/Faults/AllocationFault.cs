using System;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>Decides which allocation of the rewritten assemblies finds no memory.</summary>
public static class AllocationFault
{
    /// <summary>How many allocations succeed before those that don't; negative for all.</summary>
    public static int Left { get; set; } = -1;

    /// <summary>How many allocations fail then.</summary>
    public static int Failing { get; set; }

    /// <summary>The rewritten assemblies call it before each allocation.</summary>
    /// <exception cref="OutOfMemoryException">It is this one's turn.</exception>
    public static void Check()
    {
        if (Left < 0)
        {
            return;
        }

        if (Left > 0)
        {
            Left--;
            return;
        }

        Failing--;
        Left = Failing > 0 ? 0 : -1;
        throw new OutOfMemoryException();
    }
}
