using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>
/// What the broker executes and allocates for a message. A device takes about a microsecond for an instruction, so their number
/// is its speed; and it is the same on each run and machine. The budgets are in budgets.tsv and only ever lowered.
/// </summary>
[TestClass]
public class WorkTests
{
    private static readonly CountingContext s_counting = new();

    /// <summary>Where the test's figures are printed.</summary>
    public required TestContext TestContext { get; set; }

    /// <summary>The cases in which messages are forwarded, one test each.</summary>
    public static IEnumerable<object[]> Messages => WorkCases.Messages.Select(work => new object[] { work.Name });

    [TestMethod]
    public void InstructionsStayWithinTheBudgets()
    {
        Dictionary<string, double> budgets = ReadBudgets();
        StringBuilder table = new();
        StringBuilder over = new();
        table.AppendLine($"{"IL instructions for",-40}{"measured",10}{"budget",10}");
        foreach (string name in WorkCases.Names)
        {
            double measured = Count(name).Sum();
            double budget = budgets.GetValueOrDefault(name);
            table.AppendLine(CultureInfo.InvariantCulture, $"{name,-40}{measured,10:F0}{budget,10:F0}");
            if (measured > budget)
            {
                over.AppendLine(CultureInfo.InvariantCulture, $"{name}: {measured:F1} instructions where {budget:F0} are allowed.");
            }
        }

        TestContext.WriteLine(table.ToString());
        Console.WriteLine(table.ToString());
        Assert.AreEqual(string.Empty, over.ToString(), Environment.NewLine + over);
        CollectionAssert.AreEquivalent(WorkCases.Names.ToArray(), budgets.Keys.ToArray(), "budgets.tsv has other cases.");
    }

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void ForwardingAllocatesNothing(string name)
    {
        Assert.AreEqual(0L, WorkCases.AllocatedBytes(name), "bytes for a thousand messages");
    }

    // A tenth more at the most for ten times the subscriptions: the names that share a place in the table of names differ.
    [TestMethod]
    [DataRow("QoS 0 1→1", "QoS 0 1→1, 100 others subscribe", 1.0)]
    [DataRow("QoS 0 1→1, no route known, 10 others", "QoS 0 1→1, no route known, 100 others", 1.1)]
    public void SubscriptionsThatDoNotMatchAreNotLookedAt(string few, string many, double ratioMax)
    {
        Assert.IsLessThanOrEqualTo(Count(few).Sum() * ratioMax, Count(many).Sum());
    }

    [TestMethod]
    public void OnlyTheCopyCounts()
    {
        WorkCases.Instructions("PINGREQ");

        Assert.AreEqual(0L, WorkCounter.Counts.Sum());
    }

    [TestMethod]
    [DataRow("QoS 0 1→1")]
    [DataRow("QoS 1 1→1")]
    [DataRow("QoS 1 1→1 durable, held, no commit")]
    [DataRow("CONNECT")]
    [DataRow("idle tick, 8 clients")]
    public void TheWorkIsShownByMethod(string name)
    {
        StringBuilder table = new();
        foreach ((double count, string method) in Count(name).Zip(s_counting.Methods).OrderByDescending(pair => pair.First))
        {
            if (count > 0)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{method,-44}{count,8:F1}");
            }
        }

        TestContext.WriteLine(name + Environment.NewLine + table);
        StringAssert.Contains(table.ToString(), "Broker.Tick ");
    }

    private static double[] Count(string name) =>
        (double[])s_counting.Call(typeof(WorkCases), nameof(WorkCases.Instructions), name)!;

    private static Dictionary<string, double> ReadBudgets()
    {
        string path = Path.Combine(Repository.Root, "tests", "EdgeBroker.DeviceProfile.Tests", "Work", "budgets.tsv");
        return File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => double.Parse(cells[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
