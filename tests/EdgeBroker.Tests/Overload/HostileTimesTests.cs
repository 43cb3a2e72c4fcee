using EdgeBroker.Limits;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Overload
{
    /// <summary>
    /// When who does harm has to go, to the millisecond; timers that are close together are served together, so some are up to
    /// 20 ms late. A message of others arrives all the while, without time passing.
    /// </summary>
    [TestClass]
    public class HostileTimesTests
    {
        private const int V3 = ProtocolLevel.V311;
        private const int V5 = ProtocolLevel.V5;
        private const int LateMs = 20;

        [TestMethod]
        [DataRow("")]
        [DataRow("10")]
        [DataRow("10 20 00 04 4D 51")]
        public void ConnectHasFiveSeconds(string sent)
        {
            Others others = Device();
            SimClient silent = others.Bench.Client(V5, "silent");
            silent.Open();
            if (sent.Length > 0)
            {
                silent.SendHex(sent);
            }

            AssertGoesAfter(others, silent, others.Bench.Limits.ConnectTimeoutMs, "closed");
        }

        // Nothing comes any more, as when the network is gone: no end of the stream either. Or a part of a packet, and then nothing.
        [TestMethod]
        [DataRow(V3, "", "closed")]
        [DataRow(V5, "", "DISCONNECT 8D; closed")]
        [DataRow(V3, "C0", "closed")]
        [DataRow(V5, "C0", "DISCONNECT 8D; closed")]
        [DataRow(V5, "32 F0 07 00 01 74 00 01 00", "DISCONNECT 8D; closed")]
        public void ClientThatVanishesGoesAfterOneAndAHalfKeepAlives(int level, string sent, string told)
        {
            Others others = Device();
            SimClient gone = others.Bench.Client(level, "gone");
            gone.Options.KeepAliveS = 10;
            Assert.AreEqual("CONNACK 00", gone.Connect());
            if (sent.Length > 0)
            {
                gone.SendHex(sent);
            }

            AssertGoesAfter(others, gone, 15000, told);
        }

        // Its queue is full at once; it has wait-ms from then on to begin to read.
        [TestMethod]
        [DataRow(V3, 1, "closed")]
        [DataRow(V3, 2, "closed")]
        [DataRow(V5, 1, "DISCONNECT 97; closed")]
        [DataRow(V5, 2, "DISCONNECT 97; closed")]
        public void ReaderThatStallsHasASecond(int level, int qos, string told)
        {
            Others others = Device();
            BrokerBench bench = others.Bench;
            SimClient stalled = Expect.Subscriber(bench, level, "stalled", "s/#", qos);
            stalled.SetReading(false, 10);
            SimClient publisher = bench.Connect(V3, "p");
            for (int i = 0; i < 80; i++)
            {
                publisher.Publish("s/1", new string('x', 200), 1);
            }

            bench.Advance(bench.Limits.WaitMs - 1);
            others.Talk();
            Assert.AreEqual(4, bench.Broker.ConnectedCount);
            bench.Advance(11);
            Assert.AreEqual(3, bench.Broker.ConnectedCount);
            others.Talk();
            stalled.SetReading(true, 100000);
            Assert.IsTrue(stalled.NextAll().EndsWith(told), told);
        }

        // That is no reading. The message that is under way moves on by a byte each time.
        [TestMethod]
        [DataRow(V3, "closed")]
        [DataRow(V5, "DISCONNECT 97; closed")]
        public void ReaderOfAByteASecondGoesAsIfItReadNothing(int level, string told)
        {
            Others others = Device();
            BrokerBench bench = others.Bench;
            SimClient slow = Expect.Subscriber(bench, level, "slow", "s", 1);
            slow.SetReading(false, 1);
            SimClient publisher = bench.Connect(V5, "p");
            int seconds = 0;
            while (bench.Broker.ConnectedCount == 4 && seconds < 60)
            {
                for (int i = 0; i < 100; i++)
                {
                    publisher.Publish("s", new string('x', 200), 1);
                    others.Talk();
                }

                bench.Advance(1000);
                seconds++;
                slow.SetReading(false, seconds + 1);
            }

            Assert.IsTrue(seconds <= 2, "seconds " + seconds);
            slow.SetReading(true, 100000);
            Assert.IsTrue(slow.NextAll().EndsWith(told), told);
        }

        // Two hundred come to twelve places and obey what they are told: all are served, as fast as connect-rate-max allows and no
        // later than the longest time that anybody is told to wait.
        [TestMethod]
        [DataRow(V3)]
        [DataRow(V5)]
        public void CrowdThatObeysIsServedInTurn(int level)
        {
            const int Crowd = 200;
            const int StayMs = 100;
            BrokerBench bench = new BrokerBench(Profile.Esp32, 13);
            SimClient[] clients = new SimClient[Crowd];
            int[] dueMs = new int[Crowd];
            bool[] isIn = new bool[Crowd];
            int served = 0;
            int nowMs = 0;
            while (served < Crowd && nowMs < 60000)
            {
                for (int i = 0; i < Crowd; i++)
                {
                    if (dueMs[i] < 0 || nowMs < dueMs[i])
                    {
                        continue;
                    }

                    if (isIn[i])
                    {
                        clients[i].Disconnect();
                        dueMs[i] = -1;
                        served++;
                        continue;
                    }

                    clients[i] = bench.Client(level, "c" + i);
                    string answer = clients[i].Connect();
                    isIn[i] = answer == "CONNACK 00";
                    Assert.IsTrue(isIn[i] || answer == (level == V3 ? "CONNACK 03" : clients[i].Last.Text), answer);
                    dueMs[i] = nowMs + (isIn[i] ? StayMs : level == V3 ? 2000 + i * 10 : RetryMs(clients[i]));
                }

                bench.Advance(20);
                nowMs += 20;
            }

            Assert.AreEqual(Crowd, served);
            int mostMs = Crowd * 1000 / bench.Limits.ConnectRateMax + 2 * 5096;
            Assert.IsTrue(nowMs <= mostMs, "took " + nowMs + " of " + mostMs);
            Assert.AreEqual(0, bench.Broker.ConnectedCount);
        }

        private static int RetryMs(SimClient client)
        {
            const string Name = "retry-after-ms:";
            string text = client.Last.Properties;
            int at = text.IndexOf(Name);
            Assert.IsTrue(at >= 0, text);
            return int.Parse(text.Substring(at + Name.Length, 4));
        }

        private static Others Device()
        {
            return new Others(new BrokerBench(Profile.Esp32, 13));
        }

        private static void AssertGoesAfter(Others others, SimClient client, int afterMs, string told)
        {
            for (int i = 0; i < 9; i++)
            {
                others.Talk();
                others.Bench.Advance(afterMs / 10);
            }

            others.Bench.Advance(afterMs - afterMs / 10 * 9 - 1);
            Expect.Nothing(client);
            others.Talk();
            others.Bench.Advance(1 + LateMs);
            Expect.All(client, told);
            others.Talk();
        }
    }
}
