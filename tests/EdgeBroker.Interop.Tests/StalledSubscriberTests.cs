using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// A durable subscriber that reads nothing, under a flood at QoS 1 over real sockets: it is told why it has to go, nothing that
    /// was acknowledged is lost to it, and others are served all the while. EDGEBROKER_FLOOD, in messages, makes the flood longer.
    /// </summary>
    [TestClass]
    public sealed class StalledSubscriberTests : IDisposable
    {
        private const int PubAck = 0x40;
        private const int Disconnect = 0xE0;
        private const int QuotaExceeded = 0x97;
        private const int ServerBusy = 0x89;
        private const int Window = 10;
        private const string FloodDefault = "200000";
        private const int TalksMin = 200;

        // However long the flood: the queues are at their bounds.
        private const long ResidentBytesMax = 128 * 1024 * 1024;

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgebroker-stalled-");
        private readonly List<int> _accepted = [];
        private int _refused;
        private volatile bool _isOver;

        // The queue of the desktop is so long that no flood of a test fills it.
        [TestMethod]
        [DataRow(0, "--profile", "esp32")]
        [DataRow(4096, "--profile", "desktop", "--set", "session-queue-bytes-max=2097152")]
        public void StalledSubscriberIsToldAndGetsWhatWasAcknowledged(int receiveBytes, params string[] arguments)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, [.. arguments, "--data", _folder.FullName]);
            using RawClient stalled = new(port, "stalled", receiveBytes);
            Assert.AreEqual(1, stalled.Subscribe("flood"));
            string text = Environment.GetEnvironmentVariable("EDGEBROKER_FLOOD") ?? FloodDefault;
            int count = int.Parse(text, CultureInfo.InvariantCulture);
            Task flood = Task.Run(() => Flood(port, count));
            int talks = TalkMeanwhile(port);
            flood.GetAwaiter().GetResult();
            int told = ReadToTheEnd(stalled, out int seen);
            Assert.IsTrue(told is QuotaExceeded or ServerBusy, $"told 0x{told:X2} after {seen} messages; {broker.Error}");
            AssertAllReach(port, broker);
            long peak = broker.PeakResidentBytes;
            Console.WriteLine($"{_accepted.Count} accepted, {_refused} refused, others exchanged {talks} messages, {peak} bytes resident");
            Assert.IsLessThan(ResidentBytesMax, peak);
            Assert.IsTrue(talks > TalksMin, $"others exchanged {talks} messages");
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _folder.Delete(recursive: true);
        }

        private void Flood(int port, int count)
        {
            try
            {
                using RawClient publisher = new(port, "publisher");
                Queue<int> waiting = new();
                string padding = new('x', 200);
                for (int number = 1; number <= count; number++)
                {
                    publisher.Publish("flood", $"{number} {padding}", (number % 65535) + 1);
                    waiting.Enqueue(number);
                    if (waiting.Count == Window)
                    {
                        TakeAnswer(publisher, waiting);
                    }
                }

                while (waiting.Count > 0)
                {
                    TakeAnswer(publisher, waiting);
                }
            }
            finally
            {
                _isOver = true;
            }
        }

        private void TakeAnswer(RawClient publisher, Queue<int> waiting)
        {
            (int first, byte[] body) = publisher.Receive();
            Assert.AreEqual(PubAck, first, $"the publisher got 0x{first:X2} {Convert.ToHexString(body)}");
            int number = waiting.Dequeue();
            Assert.AreEqual((number % 65535) + 1, (body[0] << 8) | body[1], "acknowledged out of order");
            if (body.Length > 2 && body[2] >= 0x80)
            {
                Assert.AreEqual(QuotaExceeded, body[2]);
                _refused++;
            }
            else
            {
                _accepted.Add(number);
            }
        }

        // Another pair's messages, one after the other until the flood is over: how many there were.
        private int TalkMeanwhile(int port)
        {
            using WireClient reader = new(port, "reader", isDurable: false);
            reader.Subscribe("other", 1);
            using WireClient writer = new(port, "writer", isDurable: false);
            int number = 0;
            while (!_isOver)
            {
                Assert.AreEqual(0, writer.Publish("other", $"{number}", 1));
                Assert.AreEqual($"other {number}", reader.ReceiveMessage());
                number++;
            }

            return number;
        }

        // The code of the DISCONNECT that came last, or -1.
        private static int ReadToTheEnd(RawClient stalled, out int seen)
        {
            int told = -1;
            seen = 0;
            while (true)
            {
                (int first, byte[] body) = stalled.Receive();
                if (first < 0)
                {
                    return told;
                }

                Assert.AreEqual(-1, told, "a packet after DISCONNECT");
                told = first == Disconnect ? body[0] : -1;
                seen++;
            }
        }

        private void AssertAllReach(int port, RunningProgram broker)
        {
            using RawClient back = new(port, "stalled");
            Assert.AreEqual(1, back.Answer[0], $"no Session: 0x{back.Answer[1]:X2}; {broker.Error}");
            foreach (int number in _accepted)
            {
                (int first, byte[] body) = back.Receive();
                Assert.AreEqual(0x32, first & 0xF7, $"waiting for {number} of {_accepted.Count}: 0x{first:X2} {Convert.ToHexString(body)}");
                string payload = RawClient.Payload(body);
                Assert.AreEqual(number, int.Parse(payload[..payload.IndexOf(' ')], CultureInfo.InvariantCulture));
                back.Acknowledge(body);
            }
        }
    }
}
