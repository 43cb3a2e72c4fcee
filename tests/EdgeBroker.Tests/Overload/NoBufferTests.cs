#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Limits;
using EdgeBroker.Memory;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Tests.Overload
{
    /// <summary>There is no buffer for a packet that has to be sent: everybody is told all the same.</summary>
    [TestClass]
    public class NoBufferTests
    {
        private const int Size = 256;

        [TestMethod]
        [DataRow(ProtocolLevel.V311, "CONNACK 03")]
        [DataRow(ProtocolLevel.V5, "CONNACK 89")]
        public void WhoCannotBeAcceptedIsRefused(int level, string answer)
        {
            BrokerBench bench = Make();
            byte[][] taken = Take(bench, 0);
            SimClient client = bench.Client(level, "c");
            Assert.AreEqual(answer, client.Connect());
            Expect.All(client, "closed");
            Give(bench, taken);
            bench.Advance(10000);
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Disconnect();
            Leaks.AssertNone(bench);
        }

        // The commit of the Packet Identifier comes before the message finds no room: nothing is to be done until there is some.
        [TestMethod]
        public void WhoWaitsForABufferKeepsTheBrokerNeitherBusyNorCommitting()
        {
            BrokerBench bench = Make();
            bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, bench.Clock);
            SimClient client = Expect.DurableSubscriber(bench, ProtocolLevel.V5, "c", "t", 2);
            LocalClient publisher = bench.Broker.CreateLocalClient("p", null);
            bench.Advance(1000);
            byte[][] taken = Take(bench, 0);
            publisher.Publish("t", Bytes.OfText("x"), QoS.QoS2, false);
            bench.Advance(1000);
            Expect.Nothing(client);
            long written = bench.Flash.ProgrammedBytes;
            bench.Advance(1000);
            Assert.AreEqual(written, bench.Flash.ProgrammedBytes);
            Give(bench, taken);
            bench.Advance(100);
            Expect.All(client, "PUBLISH t 'x' q2 i1");
        }

        [TestMethod]
        public void AcknowledgementsWaitForThoseBeforeThemToLeave()
        {
            BrokerBench bench = Make();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            bench.Advance(1000);

            // One for the acknowledgements and one for the packets that have to wait.
            byte[][] taken = Take(bench, 2);
            Send60(client);
            bench.Run();
            for (int i = 0; i < 60; i++)
            {
                Assert.AreEqual("PUBACK i" + (i + 1).ToString() + " 10", client.Next());
            }

            Give(bench, taken);
            client.Disconnect();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void WhatIsBeforeADisconnectMakesRoomForIt()
        {
            BrokerBench bench = Make();
            SimClient client = bench.Connect(ProtocolLevel.V5, "c");
            bench.Advance(1000);
            byte[][] taken = Take(bench, 1);
            Send60(client);
            bench.Run();
            string packet = client.Next();
            int count = 0;
            while (packet.StartsWith("PUBACK i"))
            {
                count++;
                packet = client.Next();
            }

            Assert.IsTrue(count > 20 && count < 60);
            Assert.AreEqual("DISCONNECT 89", packet.Substring(0, 13));
            Expect.All(client, "closed");
            Give(bench, taken);
            Leaks.AssertNone(bench);
        }

        private static void Send60(SimClient client)
        {
            byte[] packets = new byte[60 * 8];
            for (int i = 0; i < 60; i++)
            {
                // To nobody, at QoS 1, with the Packet Identifier i + 1.
                Bytes.OfHex("32 06 00 01 74 00 00 00").CopyTo(packets, i * 8);
                packets[(i * 8) + 6] = (byte)(i + 1);
            }

            client.SendBytes(packets, 0, packets.Length);
        }

        // A bound that all buffers together don't come to, so that nobody notices before one is missing.
        private static BrokerBench Make()
        {
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            bench.Limits.BufferBytesMax = bench.Limits.OutboxBytesMax + bench.Limits.PacketSizeMax + 100;
            bench.Limits.OverloadHighPct = 100;
            return bench;
        }

        private static byte[][] Take(BrokerBench bench, int left)
        {
            BufferPool buffers = bench.Broker.Context.Buffers;
            byte[][] taken = new byte[((bench.Limits.BufferBytesMax - (int)buffers.BytesInUse) / Size) - left][];
            for (int i = 0; i < taken.Length; i++)
            {
                taken[i] = buffers.Take(Size, false);
            }

            return taken;
        }

        private static void Give(BrokerBench bench, byte[][] taken)
        {
            for (int i = 0; i < taken.Length; i++)
            {
                bench.Broker.Context.Buffers.Give(taken[i]);
            }
        }
    }
}
