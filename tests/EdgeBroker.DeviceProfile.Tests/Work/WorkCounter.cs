namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>Counts what runs. The rewritten assemblies add to it at the start of each basic block.</summary>
public static class WorkCounter
{
    /// <summary>The most methods that can be told apart.</summary>
    public const int MethodsMax = 4096;

    /// <summary>Instructions so far by method; all 0 where nothing was rewritten.</summary>
    public static readonly long[] Counts = new long[MethodsMax];
}
