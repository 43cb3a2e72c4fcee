using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>What Clients do that mean harm. Each act ends by itself, and tells what became of who did it.</summary>
    internal static class HostileActs
    {
        /// <summary>Each act by its name.</summary>
        internal static readonly Dictionary<string, Func<int, int, string>> All = new()
        {
            ["never reads"] = (port, level) => Floods(port, level, "never", 1, 0),
            ["reads a byte now and then"] = (port, level) => Floods(port, level, "byte", 1, 50),
            ["stalls on all"] = StallsOnAll,
            ["never reads QoS 0"] = (port, level) => Floods(port, level, "never0", 0, 0),
            ["half packets"] = HalfPackets,
            ["half a CONNECT"] = HalfConnects,
            ["QoS 2 without PUBREL"] = QoS2WithoutRelease,
            ["says nothing"] = SaysNothing,
            ["reconnects"] = Reconnects,
            ["opens every socket"] = OpensEverySocket,
            ["vanishes"] = Vanishes,
            ["breaks"] = Breaks,
        };

        private const int Window = 10;
        private const int FloodMessages = 3000;

        // Somebody floods a topic, who gets acknowledgements without end; its subscriber does not read, or too little.
        private static string Floods(int port, int level, string name, int qos, int readsEach)
        {
            using BareClient reader = BareClient.Join(port, level, name, 60, 4096);
            reader.Subscribe(name + "/flood", qos);
            using BareClient writer = BareClient.Join(port, 5, name + "-flood");
            byte[] qos0 = writer.PublishPacket(name + "/flood", 500, 0, 0);
            for (int i = 0; i < FloodMessages; i++)
            {
                writer.Send(qos == 0 ? qos0 : writer.PublishPacket(name + "/flood", 500, 1, (i % 65535) + 1));
                if (qos > 0 && i >= Window)
                {
                    Assert.AreEqual(0x40, writer.Receive().First);
                }

                if (readsEach > 0 && i % readsEach == 0)
                {
                    reader.ReadByte();
                }
            }

            // At QoS 0 it may stay: what it does not read is dropped.
            return qos == 0 ? "stays" : reader.ReadToTheEnd();
        }

        // What all others say fills its queue.
        private static string StallsOnAll(int port, int level)
        {
            using BareClient reader = BareClient.Join(port, level, "all", 60, 4096);
            reader.Subscribe("#", 2);
            using BareClient writer = BareClient.Join(port, 5, "all-flood");
            for (int i = 0; i < 100; i++)
            {
                writer.Send(writer.PublishPacket("all", 900, 1, i + 1));
                Assert.AreEqual(0x40, writer.Receive().First);
            }

            return reader.ReadToTheEnd();
        }

        private static string HalfPackets(int port, int level)
        {
            using BareClient publish = BareClient.Join(port, level, "half-publish", 1);
            publish.Send(publish.PublishPacket("half", 900, 1, 1).AsSpan(0, 500));
            using BareClient ping = BareClient.Join(port, level, "half-ping", 1);
            ping.Send([0xC0]);
            return Same(publish.ReadToTheEnd(), ping.ReadToTheEnd());
        }

        private static string HalfConnects(int port, int level)
        {
            using BareClient one = new(port, level);
            one.Send([0x10]);
            using BareClient half = new(port, level);
            half.Send(half.ConnectPacket("half", 60).AsSpan(0, 12));
            return Same(one.ReadToTheEnd(), half.ReadToTheEnd());
        }

        private static string QoS2WithoutRelease(int port, int level)
        {
            using BareClient client = BareClient.Join(port, level, "two");
            try
            {
                for (int i = 1; i <= 20_000; i++)
                {
                    client.Send(client.PublishPacket("two", 1, 2, i));
                }
            }
            catch (IOException)
            {
                // Sent away by now.
            }

            return client.ReadToTheEnd();
        }

        private static string SaysNothing(int port, int level)
        {
            List<BareClient> silent = [];
            for (int i = 0; i < 6; i++)
            {
                silent.Add(new BareClient(port, level));
            }

            string told = silent.Select(client => client.ReadToTheEnd()).Aggregate(Same);
            silent.ForEach(client => client.Dispose());
            return told;
        }

        private static string Reconnects(int port, int level)
        {
            HashSet<int> codes = [];
            bool isTold = true;
            for (int i = 0; i < 300; i++)
            {
                using BareClient client = new(port, level);
                int code = client.Connect($"again{level}", 60);
                codes.Add(code);
                isTold &= code == 0 || level == 4 || client.AnswerText.Contains("retry-after-ms", StringComparison.Ordinal);
            }

            Assert.IsTrue(isTold, "not told when to come");
            return string.Join(' ', codes.Where(code => code != 0).Select(code => $"0x{code:X2}"));
        }

        private static string OpensEverySocket(int port, int level)
        {
            List<BareClient> all = [];
            for (int i = 0; i < 300; i++)
            {
                all.Add(new BareClient(port, level));
            }

            // Who speaks gets an answer all the same.
            using BareClient speaks = new(port, level);
            int code = speaks.Connect("speaks", 60);
            all.ForEach(client => client.Dispose());
            return $"0x{code:X2}";
        }

        // Nothing is read from its socket, nor sent, nor is it closed: as when the network is gone.
        private static string Vanishes(int port, int level)
        {
            List<BareClient> gone = [];
            for (int i = 0; i < 3; i++)
            {
                gone.Add(BareClient.Join(port, level, $"gone{i}", 1));
            }

            string told = gone.Select(client => client.ReadToTheEnd()).Aggregate(Same);
            gone.ForEach(client => client.Dispose());
            return told;
        }

        private static string Breaks(int port, int level)
        {
            for (int i = 0; i < 5; i++)
            {
                BareClient client = new(port, level);
                int code = client.Connect($"break{i}", 60);
                client.Reset();
                Assert.AreEqual(0, code);
            }

            return "";
        }

        private static string Same(string one, string other)
        {
            Assert.AreEqual(one, other);
            return one;
        }
    }
}
