using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// A broker that is killed keeps what it acknowledged: real processes, real sockets and a real folder. The moments of the kills
    /// are chance, made of a fixed seed; what is checked does not depend on them.
    /// </summary>
    [TestClass]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public sealed class KillTests : IDisposable
    {
        // Each is a round trip: some seconds in all.
        private const int TriesMax = 100_000;

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgebroker-kill-");

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public void TenThousandMessagesForHundredSleepersSurviveAKill(bool isV5)
        {
            const int Sleepers = 100;
            const int Messages = 100;
            using (RunningProgram broker = StartServing(out int port))
            {
                for (int i = 0; i < Sleepers; i++)
                {
                    using WireClient sleeper = new(port, $"sleeper{i}", isDurable: true, isV5);
                    sleeper.Subscribe($"for/{i}", 1);
                    sleeper.Disconnect();
                }

                using WireClient publisher = new(port, "publisher", isDurable: false, isV5);
                for (int message = 0; message < Messages; message++)
                {
                    int[] identifiers = new int[Sleepers];
                    for (int i = 0; i < Sleepers; i++)
                    {
                        identifiers[i] = publisher.NextIdentifier();
                        publisher.SendPublish($"for/{i}", $"{message}", 1, identifiers[i], isRetained: false, isAgain: false);
                    }

                    foreach (int identifier in identifiers)
                    {
                        Assert.AreEqual(0, publisher.Finish(1, identifier));
                    }
                }

                broker.Crash();
                broker.WaitForExit();
            }

            using RunningProgram again = StartServing(out int newPort);
            StringAssert.EndsWith(
                again.WaitForError(" ms: "), "100 Sessions, 10000 queued messages, 0 retained messages", again.Error);
            for (int i = 0; i < Sleepers; i++)
            {
                using WireClient sleeper = new(newPort, $"sleeper{i}", isDurable: true, isV5);
                Assert.IsTrue(sleeper.IsSessionPresent, $"sleeper {i}");
                for (int message = 0; message < Messages; message++)
                {
                    Assert.AreEqual($"for/{i} {message}", sleeper.ReceiveMessage());
                }
            }
        }

        [TestMethod]
        public void TwentyKillsUnderLoadLoseNothingAcknowledged()
        {
            const int Kills = 20;
            const int AcknowledgementsMax = 400;
            Random random = new(20261122);
            LoadPublisher[] publishers = [new("once", 1, isV5: false), new("exactly", 2, isV5: true)];
            LoadSubscriber online = new("online", isV5: true);
            LoadSubscriber away = new("away", isV5: false);
            for (int kill = 0; kill <= Kills; kill++)
            {
                using RunningProgram broker = StartServing(out int port);
                Assert.AreEqual(kill > 0, online.Connect(port), "Session Present");
                if (kill == 0)
                {
                    away.Connect(port);
                    away.Disconnect();
                }

                foreach (LoadPublisher publisher in publishers)
                {
                    publisher.Start(port);
                }

                online.Start();
                if (kill < Kills)
                {
                    int count = publishers.Sum(publisher => publisher.FinishedCount) + random.Next(AcknowledgementsMax);
                    LoadPublisher.WaitFor(publishers, count);
                    broker.Crash();
                    broker.WaitForExit();
                    Join(publishers);
                    online.Join();
                    continue;
                }

                Array.ForEach(publishers, publisher => publisher.RequestStop());
                Join(publishers);
                CheckAll(publishers, online, away, port);
            }
        }

        [TestMethod]
        public void FullStoreRefusesAndLosesNothing()
        {
            string[] small = ["--set", "store-bytes-max=262144", "--set", "packet-size-max=4096"];
            string padding = new('x', 1000);
            int taken = 0;
            using (RunningProgram broker = StartServing(out int port, small))
            {
                using WireClient sleeper = new(port, "sleeper", isDurable: true, isV5: true);
                sleeper.Subscribe("a", 1);
                sleeper.Disconnect();
                using WireClient publisher = new(port, "publisher", isDurable: false, isV5: true);
                int code = 0;
                while (code == 0 && taken < 1000)
                {
                    code = publisher.Publish("a", Text(taken, padding), 1);
                    taken += code == 0 ? 1 : 0;
                }

                Assert.AreEqual(0x97, code, "Quota exceeded");
                Assert.IsTrue(taken > 100, $"only {taken} messages fit");
                broker.Crash();
                broker.WaitForExit();
            }

            using RunningProgram again = StartServing(out int newPort, small);
            using WireClient reader = new(newPort, "sleeper", isDurable: true, isV5: true);
            Assert.IsTrue(reader.IsSessionPresent);
            for (int i = 0; i < taken; i++)
            {
                Assert.AreEqual("a " + Text(i, padding), reader.ReceiveMessage());
            }

            using WireClient writer = new(newPort, "publisher", isDurable: false, isV5: true);

            // The broker may see it before the last acknowledgements of the reader.
            for (int tries = 0; writer.Publish("a", "again", 1) != 0; tries++)
            {
                Assert.IsTrue(tries < TriesMax, "there is no room again");
            }

            Assert.AreEqual("a again", reader.ReceiveMessage());
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _folder.Delete(recursive: true);
        }

        private static string Text(int number, string padding)
        {
            return number.ToString(CultureInfo.InvariantCulture) + padding;
        }

        private static void Join(LoadPublisher[] publishers)
        {
            foreach (LoadPublisher publisher in publishers)
            {
                publisher.Join();
            }
        }

        private static void CheckAll(LoadPublisher[] publishers, LoadSubscriber online, LoadSubscriber away, int port)
        {
            // Its messages come in order, so the last one of each publisher ends them.
            online.WaitFor(publishers);
            Assert.IsTrue(away.Connect(port), "Session Present");
            away.Start();
            away.WaitFor(publishers);
            foreach (LoadPublisher publisher in publishers)
            {
                Assert.IsTrue(publisher.Count > 0, $"nothing was published at QoS {publisher.QoS}");
                Check(publisher, online);
                Check(publisher, away);
            }

            online.Disconnect();
            away.Disconnect();
        }

        private static void Check(LoadPublisher publisher, LoadSubscriber subscriber)
        {
            List<int> numbers = subscriber.Taken(publisher.Topic);
            string who = $"QoS {publisher.QoS} to {subscriber.Name}";
            Assert.AreEqual(publisher.Count, numbers.Distinct().Count(), who + ": messages lost, of those acknowledged");
            int highest = -1;
            foreach (int number in numbers)
            {
                Assert.IsTrue(number <= highest + 1, $"{who}: message {number} after {highest}");
                Assert.IsTrue(publisher.QoS == 1 || number > highest, $"{who}: message {number} twice");
                highest = int.Max(highest, number);
            }
        }

        private RunningProgram StartServing(out int port, params string[] arguments)
        {
            return BrokerProgram.StartServing(out port, ["--data", _folder.FullName, .. arguments]);
        }
    }
}
