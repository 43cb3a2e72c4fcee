using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeBroker.DesktopProgram.Simulate.Heap;
using EdgeBroker.DeviceProfile.Tests.Work;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Heap;

/// <summary>
/// What a broker with the limits of an ESP32 takes of its heap, with 8 Clients of 8 subscriptions each, 32 retained messages of
/// 64 bytes and 64 queued ones of 128. The heap has 70 to 110 KB for everything.
/// </summary>
[TestClass]
public class HeapTests
{
    // Only ever lowered; the goal is 40 KB.
    private const int BytesMax = 54400;
    private const int Clients = 8;
    private const int Each = 8;
    private const int Retained = 32;

    /// <summary>Where the test's figures are printed.</summary>
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void TheBrokerLeavesRoomOnADevice()
    {
        WorkBench bench = new();
        HeapModel empty = DeviceHeap.Measure(bench.Broker);
        Fill(bench);
        HeapModel full = DeviceHeap.Measure(bench.Broker);
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
        Assert.IsLessThanOrEqualTo(BytesMax, full.Bytes, Environment.NewLine + table);
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

    private static void Fill(WorkBench bench)
    {
        WorkClient[] clients = new WorkClient[Clients];
        for (int i = 0; i < Clients; i++)
        {
            clients[i] = bench.Connect($"sensor-{i:D8}", ProtocolLevel.V311, durable: true);
            for (int j = 0; j < Each; j++)
            {
                bench.Subscribe(clients[i], $"site/room{i:D3}/sensor{j:D2}", 1);
            }
        }

        for (int i = 0; i < Retained; i++)
        {
            clients[0].PreparePublish($"site/kept/sensor/{i:D3}", 64, 1, true, []);
            clients[0].Publish();
            bench.Tick();
        }

        // The Clients get them, and do not acknowledge.
        for (int i = 0; i < Clients * Each; i++)
        {
            clients[0].PreparePublish($"site/room{i / Each:D3}/sensor{i % Each:D2}", 128, 1, false, []);
            clients[0].Publish();
            bench.Tick();
        }

        Assert.AreEqual(Clients, bench.Broker.ConnectedCount);
        Assert.AreEqual(Clients * Each, bench.Broker.SubscriptionCount);
        Assert.AreEqual(Retained, bench.Broker.RetainedCount);
        Assert.IsTrue(clients.All(client => client.Unread > Each * 128), "a message was not sent");
    }
}
