using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Heap;
using EdgeBroker.Tests.Whole;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Heap;

/// <summary>
/// What a broker with the limits of an ESP32 takes of its heap, with 8 Clients of 8 subscriptions each, 32 retained messages of
/// 64 bytes and 64 queued ones of 128. The heap has 70 to 110 KB for everything.
/// </summary>
[TestClass]
public class HeapTests
{
    // How much less than the figure the model may say, before the figure has to be lowered.
    private const int BytesLess = 300;

    /// <summary>Where the test's figures are printed.</summary>
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void TheBrokerLeavesRoomOnADevice()
    {
        WholeBroker whole = new();
        HeapModel empty = DeviceHeap.Measure(whole.Broker);
        whole.Connect();
        whole.Keep();
        HeapModel full = DeviceHeap.Measure(whole.Broker);
        StringBuilder table = new();
        table.AppendLine($"{"class",-32}{"objects",10}{"bytes",10}{"at start",10}");
        foreach (HeapPart part in full.Parts)
        {
            int before = empty.Parts.FirstOrDefault(other => other.Name == part.Name)?.Bytes ?? 0;
            table.AppendLine(CultureInfo.InvariantCulture, $"{part.Name,-32}{part.Objects,10}{part.Bytes,10}{before,10}");
        }

        table.AppendLine(CultureInfo.InvariantCulture, $"{"all",-32}{full.Parts.Sum(part => part.Objects),10}{full.Bytes,10}{empty.Bytes,10}");
        TestContext.WriteLine(table.ToString());
        Console.WriteLine(table.ToString());
        Assert.IsLessThanOrEqualTo(HeapFigure.BytesMax, full.Bytes, Environment.NewLine + table);
        Assert.IsGreaterThan(HeapFigure.BytesMax - BytesLess, full.Bytes, "HeapFigure.BytesMax can be lowered");
        Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.ReceivedCount());
    }

    [TestMethod]
    [DataRow(new byte[] { 1, 2, 3 }, 24)]
    [DataRow(new int[] { 1 }, 24)]
    [DataRow(new int[] { 1, 2 }, 36)]
    [DataRow(new long[] { 1, 2 }, 36)]
    [DataRow(new string[] { "" }, 36)]
    [DataRow("twelve bytes", 36)]
    public void SizesAreThoseOfTheDevice(object value, int size)
    {
        Assert.AreEqual(size, HeapModel.SizeOf(value));
    }

    [TestMethod]
    public void ObjectsAreCountedOnceWithAllFields()
    {
        HeapPart part = new("four", 1, 2);
        HeapModel model = new(_ => false);
        model.Add(new object[] { part, part });

        // Two references; three fields and a text of 4.
        Assert.AreEqual(48 + (12 + 36) + 24, model.Bytes);
    }
}
