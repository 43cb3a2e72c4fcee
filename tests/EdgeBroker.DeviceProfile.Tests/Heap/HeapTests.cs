using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Heap;
using EdgeBroker.Limits;
using EdgeBroker.Tests.Whole;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Heap;

/// <summary>
/// What a broker with the limits of an ESP32 takes of its heap, with 8 Clients of 8 subscriptions each, 32 retained messages of
/// 64 bytes and 64 queued ones of 128, in the flash, or 500. The heap has 70 to 110 KB for everything.
/// </summary>
[TestClass]
public class HeapTests
{
    // How much less than the figure the model may say, before the figure has to be lowered.
    private const int BytesLess = 300;

    private const int ManyQueued = 500;

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
        Check("8 Clients, 64 messages queued in the flash", empty, full, HeapFigure.BytesMax);
        Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.ReceivedCount());
    }

    [TestMethod]
    public void ManyQueuedMessagesLeaveRoomOnADevice()
    {
        // All that the device's partition has.
        WholeBroker whole = new(BrokerLimits.ForProfile(Profile.Esp32).StoreBytesMax);
        HeapModel empty = DeviceHeap.Measure(whole.Broker);
        whole.Connect();
        whole.Keep();
        whole.Queue(ManyQueued - whole.Broker.QueuedCount);
        Assert.AreEqual(ManyQueued, whole.Broker.QueuedCount);
        Check($"8 Clients, {ManyQueued} messages queued in the flash", empty, DeviceHeap.Measure(whole.Broker), HeapFigure.ManyQueuedBytesMax);
        Assert.IsLessThanOrEqualTo(WholeBroker.RetainedBytes, whole.Broker.QueuedBytes);
        Assert.IsLessThanOrEqualTo(DeviceHeap.Size, HeapFigure.ManyQueuedBytesMax + DeviceHeap.AssemblyTables + DeviceHeap.Boot);
    }

    [TestMethod]
    public void TheDevicesTestFitsWithItsVirtualFlash()
    {
        WholeBroker whole = new();
        whole.Connect();
        whole.Keep();
        int most = 0;
        for (int qos = 0; qos <= 2; qos++)
        {
            for (int i = 0; i < 1000; i++)
            {
                whole.Forward(qos, 1);
                most = Math.Max(most, Size(whole.Flash));
            }
        }

        int flash = Size(whole.Flash);
        int broker = DeviceHeap.Measure(whole.Broker).Bytes;
        int all = Size(whole);
        Print(string.Create(
            CultureInfo.InvariantCulture,
            $"broker {broker}, Clients {all - broker - flash}, virtual flash {flash} and {most} at the most, "
            + $"tables {DeviceHeap.AssemblyTables}, boot {DeviceHeap.Boot}"));
        Assert.IsLessThanOrEqualTo(HeapFigure.FlashBytesMax, most);
        Assert.IsLessThanOrEqualTo(DeviceHeap.Size, all - flash + most + DeviceHeap.AssemblyTables + DeviceHeap.Boot);
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

    // The whole test with its ports, as an interpreter has it.
    private static int Size(object value)
    {
        HeapModel model = new(found => found is not LeanStorage
            && found.GetType().Assembly != typeof(WholeBroker).Assembly
            && DeviceHeap.IsOutside(found));
        model.Add(value);
        return model.Bytes;
    }

    private void Check(string what, HeapModel empty, HeapModel full, int bytesMax)
    {
        StringBuilder table = new();
        table.AppendLine(what);
        table.AppendLine($"{"class",-32}{"objects",10}{"bytes",10}{"at start",10}");
        foreach (HeapPart part in full.Parts)
        {
            int before = empty.Parts.FirstOrDefault(other => other.Name == part.Name)?.Bytes ?? 0;
            table.AppendLine(CultureInfo.InvariantCulture, $"{part.Name,-32}{part.Objects,10}{part.Bytes,10}{before,10}");
        }

        table.AppendLine(CultureInfo.InvariantCulture, $"{"all",-32}{full.Parts.Sum(part => part.Objects),10}{full.Bytes,10}{empty.Bytes,10}");
        Print(table.ToString());
        Assert.IsLessThanOrEqualTo(bytesMax, full.Bytes, Environment.NewLine + table);
        Assert.IsGreaterThan(bytesMax - BytesLess, full.Bytes, "HeapFigure can be lowered");
    }

    private void Print(string text)
    {
        TestContext.WriteLine(text);
        Console.WriteLine(text);
    }
}
