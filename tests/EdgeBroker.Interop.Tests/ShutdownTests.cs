using System;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>The program is asked to end, as by an update: in order, in bounded time, and at once if it is asked twice.</summary>
    [TestClass]
    public sealed class ShutdownTests : IDisposable
    {
        private const int SignalTerminate = 15;

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgebroker-stop-");

        [TestMethod]
        public void EverybodyIsToldAndWhatWasAcknowledgedIsThereAfterwards()
        {
            using (RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32", "--data", _folder.FullName))
            {
                using WireClient sleeper = new(port, "sleeper", isDurable: true);
                sleeper.Subscribe("t", 1);
                sleeper.Disconnect();
                using BareClient old = BareClient.Join(port, 4, "old");
                using BareClient young = BareClient.Join(port, 5, "young");
                using BareClient deaf = Deaf(port);
                using WireClient publisher = new(port, "publisher", isDurable: false, isV5: true);
                Assert.AreEqual(0, publisher.Publish("t", "kept", 1));

                broker.Terminate();
                Assert.AreEqual("DISCONNECT 0x8B", young.ReadToTheEnd());
                Assert.AreEqual("closed", old.ReadToTheEnd());
                Assert.AreEqual(0, broker.WaitForExit(), broker.Error);
                Assert.Contains(" clients connected, 10000 ms at the most", broker.Error);
                Assert.Contains("info stopped", broker.Error);
            }

            using RunningProgram again = BrokerProgram.StartServing(out int next, "--profile", "esp32", "--data", _folder.FullName);
            using WireClient back = new(next, "sleeper", isDurable: true);
            Assert.IsTrue(back.IsSessionPresent);
            Assert.AreEqual("t kept", back.ReceiveMessage());
        }

        // One that does not read would take five seconds.
        [TestMethod]
        public void SecondSignalEndsItAtOnce()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32");
            using BareClient deaf = Deaf(port);
            broker.Terminate();
            broker.WaitForError("stopping");
            broker.Terminate();
            Assert.AreEqual(128 + SignalTerminate, broker.WaitForExit());
            Assert.DoesNotContain("stopped", broker.Error);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _folder.Delete(recursive: true);
        }

        // Its outbox is full, and stays so.
        private static BareClient Deaf(int port)
        {
            BareClient deaf = BareClient.Join(port, 5, "deaf", 0, 4096);
            deaf.Subscribe("flood", 0);
            using BareClient writer = BareClient.Join(port, 5, "writer");
            byte[] message = writer.PublishPacket("flood", 900, 0, 0);
            for (int i = 0; i < 10_000; i++)
            {
                writer.Send(message);
            }

            return deaf;
        }
    }
}
