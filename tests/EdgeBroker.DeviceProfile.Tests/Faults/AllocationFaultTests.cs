using System;
using System.Text;
using EdgeBroker.DeviceProfile.Tests.Work;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>
/// Memory that runs out, at every point where the broker allocates. One failure is what the reserve is for, and nobody notices; where
/// many follow one another the broker is made anew, as a device's host does. What was acknowledged is kept in both cases.
/// </summary>
[TestClass]
public class AllocationFaultTests
{
    private const int AllocationsMax = 20_000;

    private static readonly RewritingContext s_context = new("faults", FaultInjector.Rewrite);

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 3)]
    [DataRow(3, 5)]
    [DataRow(1000, 7)]
    public void EveryAllocationMayFail(int failing, int step)
    {
        StringBuilder failures = new();
        int failed = 0;
        int before = 0;
        for (; before < AllocationsMax && failed < 5; before += step)
        {
            string? result = (string?)s_context.Call(typeof(FaultCase), nameof(FaultCase.RunWithoutMemory), before, failing);
            if (result == "end")
            {
                break;
            }

            if (result != null)
            {
                failures.AppendLine($"after {before}: {result}");
                failed++;
            }
        }

        Console.WriteLine($"{before} allocations");
        Assert.AreEqual(0, failed, $"of {before}: {failures}");
        Assert.IsGreaterThan(100, before);
    }
}
