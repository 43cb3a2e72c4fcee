using System;
using System.Collections.Generic;
using System.Text;
using EdgeBroker.Simulation;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>
/// Ports that fail, or throw, at every operation in turn: once, for some time, for good. The broker serves everybody after it, has
/// kept what it acknowledged, and holds nothing when all have left.
/// </summary>
[TestClass]
public class PortFaultTests
{
    private const int OperationsMax = 20_000;
    private const int AccessesPerFault = 60;

    // So many failures are over before anything is given up.
    private const int RetriedMax = 5;

    /// <summary>Storage: how many operations fail in a row, how, what they answer, and how far apart the cases are.</summary>
    public static IEnumerable<object[]> StorageFaults =>
    [
        [1, false, StorageResult.Failed, 1],
        [1, false, StorageResult.Full, 3],
        [5, false, StorageResult.Failed, 3],
        [AccessesPerFault, false, StorageResult.Failed, 11],
        [AccessesPerFault, false, StorageResult.Full, 11],
        [1, true, StorageResult.Failed, 3],
        [3, true, StorageResult.Failed, 7],
    ];

    [TestMethod]
    [DynamicData(nameof(StorageFaults))]
    public void EveryOperationOfTheStorageMayFail(int count, bool throws, int answer, int step)
    {
        RunAll(step, (faulty, first) =>
        {
            PortFault fault = new(first, count, throws);
            faulty.Book.MayLose = count > RetriedMax || throws;
            faulty.Bench.StoragePort = new FaultyStorage(new FlashStorage(faulty.Bench.Flash), fault, answer);
            return fault;
        });
    }

    [TestMethod]
    [DataRow(1, false, 1)]
    [DataRow(20, false, 11)]
    [DataRow(1, true, 5)]
    public void EveryOperationOfTheNetworkMayFail(int count, bool throws, int step)
    {
        RunAll(step, (faulty, first) =>
        {
            PortFault fault = new(first, count, throws);
            faulty.Bench.NetworkPort = new FaultyNetwork(faulty.Bench.Network, fault);
            return fault;
        });
    }

    [TestMethod]
    [DataRow(1_000)]
    [DataRow(3_600_000)]
    [DataRow(86_400_000)]
    public void TimeMayJump(int milliseconds)
    {
        for (int step = 0; step < 60; step++)
        {
            FaultCase faulty = new() { JumpAt = step, JumpMs = milliseconds };
            faulty.Begin();
            faulty.Act();
            Assert.IsNull(faulty.End(), $"at step {step}");
        }
    }

    private static void RunAll(int step, Func<FaultCase, int, PortFault> prepare)
    {
        StringBuilder failures = new();
        int failed = 0;
        int first = 0;
        for (; first < OperationsMax && failed < 5; first += step)
        {
            FaultCase faulty = new();
            PortFault fault = prepare(faulty, first);
            string? result = Run(faulty, fault);
            if (result != null)
            {
                failures.AppendLine($"at {first}: {result}");
                failed++;
            }

            if (fault.Count < first)
            {
                break;
            }
        }

        Console.WriteLine($"{first} operations");
        Assert.AreEqual(0, failed, failures.ToString());
        Assert.IsGreaterThan(100, first);
    }

    private static string? Run(FaultCase faulty, PortFault fault)
    {
        try
        {
            faulty.Begin();
            fault.IsArmed = true;
            faulty.Act();
            fault.IsArmed = false;
            return faulty.End();
        }
        catch (Exception exception)
        {
            return exception + " last fault " + faulty.Bench.LastFault;
        }
    }
}
