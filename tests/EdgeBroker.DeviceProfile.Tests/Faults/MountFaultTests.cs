using System;
using System.Text;
using EdgeBroker.Limits;
using EdgeBroker.Persistence;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>
/// The storage fails at every operation of a start, and for longer than the start tries again. Nobody meets a Session that misses
/// something, and the next start has all of it.
/// </summary>
[TestClass]
public class MountFaultTests
{
    private const int Messages = 30;
    private const int OperationsMax = 1000;

    [TestMethod]
    [DataRow(20, StorageResult.Failed, true)]
    [DataRow(20, StorageResult.Full, true)]
    [DataRow(3, StorageResult.Failed, false)]
    public void NothingIsLostByAStartThatFails(int count, int answer, bool mayFail)
    {
        int without = 0;
        int anew = 0;
        int first = 0;
        for (bool isHit = true; isHit && first < OperationsMax; first++)
        {
            BrokerBench bench = Fill(out SimClient one, out SimClient two);
            PortFault fault = new(first, count, false) { IsArmed = true };
            bench.StoragePort = new FaultyStorage(new FlashStorage(bench.Flash), fault, answer);
            bench.Restart();
            bench.Advance(1000);
            isHit = fault.Count > first;
            fault.IsArmed = false;
            anew += bench.RestartCount;
            if (bench.Broker.StoreState == StoreState.Failed)
            {
                without++;
                Assert.AreEqual(0, bench.Broker.SessionCount, $"at {first}");
                Assert.IsFalse(bench.Connect(ProtocolLevel.V5, "other").Publish("r", "lost", 1) == 0);
                bench.Restart();
            }

            CheckWhole(one, $"at {first}");
            CheckWhole(two, $"at {first}");
            Assert.AreEqual(1, bench.Broker.RetainedCount);
        }

        Console.WriteLine($"{first} operations, {without} starts without the store, {anew} broken off");
        Assert.AreEqual(mayFail, without > 0);
        Assert.AreEqual(mayFail, anew > 0);
        Assert.IsLessThan(OperationsMax, first);
    }

    private static BrokerBench Fill(out SimClient one, out SimClient two)
    {
        BrokerBench bench = new(Profile.Esp32, 13) { RestartsAfterFault = true };
        bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, bench.Clock);
        bench.Limits.FlashLifeYears = 1;
        one = bench.ConnectDurable(ProtocolLevel.V5, "one");
        two = bench.ConnectDurable(ProtocolLevel.V311, "two");
        SimClient publisher = bench.Connect(ProtocolLevel.V5, "publisher");
        foreach (SimClient client in new[] { one, two })
        {
            client.Subscribe("t", 1);
            client.Next();
            client.Disconnect();
            client.AutoAcknowledge = true;
        }

        publisher.Publish("r", "retained", 1, true, null);
        for (int i = 0; i < Messages; i++)
        {
            publisher.Publish("t", "message " + i + new string('.', 400), 1);
            bench.Run();
        }

        publisher.Disconnect();
        bench.Advance(10000);
        return bench;
    }

    private static void CheckWhole(SimClient client, string when)
    {
        Assert.AreEqual("CONNACK 00 present", client.Connect(), when);
        for (int i = 0; i < Messages; i++)
        {
            ReceivedPacket? packet = client.Take();
            Assert.IsNotNull(packet, when);
            string text = Encoding.ASCII.GetString(packet.Raw, packet.PayloadOffset, packet.Raw.Length - packet.PayloadOffset);
            Assert.StartsWith("message " + i + ".", text, when);
        }

        Assert.AreEqual("", client.NextAll(), when);
    }
}
