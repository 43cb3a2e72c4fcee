using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Worlds
{
    /// <summary>
    /// Hundreds of Clients come and go for an hour against the bounds of a device, flood, stall and vanish, and the flash fails
    /// now and then. To look for more, run more seeds or seconds.
    /// </summary>
    [TestClass]
    public class SoakTests
    {
#if NANOFRAMEWORK_1_0
        // What an interpreter has the heap and the time for.
        private const int Crowd = 40;
        private const int Seconds = 300;
#else
        private const int Crowd = 200;
        private const int Seconds = 3600;
#endif
        private const int ExpiryS = 600;
        private const int TriesMax = 60;

        // What follows half a packet belongs to it: that is malformed, or a fault of the protocol.
        private const string Legal = "|CONNACK 00|CONNACK 00 present|CONNACK 03|CONNACK 88|CONNACK 89|CONNACK 97|CONNACK 9F"
            + "|DISCONNECT 81|DISCONNECT 82|DISCONNECT 89|DISCONNECT 8D|DISCONNECT 8E|DISCONNECT 93|DISCONNECT 97|";

        [TestMethod]
        [DataRow(1, Seconds)]
        [DataRow(2, Seconds)]
        public void EveryoneIsToldAndServedAgainAndNothingIsLeftOver(int seed, int seconds)
        {
            Prng prng = new Prng(seed);
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            bench.Limits.SessionExpiryMaxS = ExpiryS;
            bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, seed, bench.Clock);
            SimClient[] clients = new SimClient[Crowd];
            for (int i = 0; i < Crowd; i++)
            {
                clients[i] = bench.Client(i % 2 == 0 ? ProtocolLevel.V311 : ProtocolLevel.V5, "c" + i);
                clients[i].Options.KeepAliveS = 10;
                clients[i].Options.CleanStart = i % 3 != 0;
                clients[i].Options.SessionExpiryIntervalS = i % 3 != 0 ? 0u : ExpiryS;
                clients[i].AutoAcknowledge = true;
            }

            for (int second = 0; second < seconds; second++)
            {
                bench.Flash.Faults.WriteFailRate = prng.OneIn(60) ? FlashFaults.RateMax : 0;
                for (int i = 0; i < 4; i++)
                {
                    Act(bench, clients[prng.Below(Crowd)], prng);
                }

                bench.Advance(1000);
                CheckTold(clients, second);
            }

            bench.Flash.Faults.Clear();
            // Sessions of those who are away keep others out until they expire.
            bench.Advance((ExpiryS + 120) * 1000);
            for (int i = 0; i < Crowd; i++)
            {
                AssertServed(bench, clients[i]);
            }

            bench.Advance(120000);
            Leaks.AssertNone(bench);
        }

        private static void Act(BrokerBench bench, SimClient client, Prng prng)
        {
            if (client.Handle < 0)
            {
                client.Open();
                client.SendConnect();
                client.Subscribe("t/" + prng.Below(4), 1 + prng.Below(2));
                return;
            }

            switch (prng.Below(7))
            {
                case 0:
                    client.Disconnect();
                    break;
                case 1:
                    client.Reset();
                    break;
                case 2:
                    bench.Network.SetHalfOpen(client.Link, true);
                    break;
                case 3:
                    client.SetReading(false, prng.Below(200));
                    break;
                case 4:
                    client.SendHex("30 7F 00");
                    break;
                default:
                    int count = prng.OneIn(3) ? 60 : 3;
                    for (int i = 0; i < count; i++)
                    {
                        client.Publish("t/" + prng.Below(4), new string('x', prng.Below(300)), prng.Below(3));
                    }

                    break;
            }
        }

        private static void CheckTold(SimClient[] clients, int second)
        {
            for (int i = 0; i < clients.Length; i++)
            {
                ReceivedPacket packet = clients[i].Take();
                while (packet != null)
                {
                    bool isCode = packet.Type == PacketType.Connack || packet.Type == PacketType.Disconnect;
                    bool isLegal = !isCode || Legal.IndexOf("|" + packet.Text + "|") >= 0;
                    Assert.IsTrue(isLegal, "second " + second + ", client " + i + " was told " + packet.Text);

                    packet = clients[i].Take();
                }
            }
        }

        // It starts anew, and leaves nothing behind.
        private static void AssertServed(BrokerBench bench, SimClient client)
        {
            client.Options.CleanStart = true;
            client.Options.SessionExpiryIntervalS = 0;
            string answer = client.Connect();
            for (int i = 0; i < TriesMax && answer != "CONNACK 00"; i++)
            {
                bench.Advance(1000);
                answer = client.Connect();
            }

            Assert.AreEqual("CONNACK 00", answer);
            client.Disconnect();
        }
    }
}
