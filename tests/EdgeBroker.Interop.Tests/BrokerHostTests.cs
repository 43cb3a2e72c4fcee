using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram;
using EdgeBroker.Limits;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>The thread of the broker when a port does what it should not: it goes on, gives up, or is cut off.</summary>
    [TestClass]
    public sealed class BrokerHostTests : IDisposable
    {
        private static readonly TimeSpan s_waitMax = TimeSpan.FromMinutes(1);

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgebroker-host-");
        private readonly StopSignals _signals = new();
        private readonly ManualResetEventSlim _cutOff = new();
        private readonly List<string> _lines = [];

        [TestMethod]
        public void FaultOfAPortClosesAllAndWhatWasAcknowledgedIsThere()
        {
            using FileStorage files = FileStorage.Open(_folder.FullName);
            FaultyStorage storage = new(files);
            using DesktopNetwork network = Listen();
            int port = network.LocalEndpoint.Port;
            Task<bool> run = Run(network, storage, 10_000);
            using (WireClient sleeper = new(port, "sleeper", isDurable: true))
            {
                sleeper.Subscribe("t", 1);
                sleeper.Disconnect();
            }

            using (WireClient publisher = new(port, "publisher", isDurable: false))
            {
                Assert.AreEqual(0, publisher.Publish("t", "kept", 1));
                storage.ThrowsLeft = 1;
                Assert.Throws<IOException>(() => publisher.Publish("t", "not acknowledged", 1));
            }

            using (WireClient sleeper = new(port, "sleeper", isDurable: true))
            {
                Assert.IsTrue(sleeper.IsSessionPresent);
                Assert.AreEqual("t kept", sleeper.ReceiveMessage());
            }

            Stop(network);
            Assert.IsTrue(run.WaitAsync(s_waitMax).GetAwaiter().GetResult(), Lines());
            Assert.Contains("error internal error: System.InvalidOperationException: a fault in two lines ", Lines());
            Assert.DoesNotContain("the program ends", Lines());
        }

        [TestMethod]
        public void ThirdFaultEndsTheProgram()
        {
            using FileStorage files = FileStorage.Open(_folder.FullName);
            FaultyStorage storage = new(files);
            using DesktopNetwork network = Listen();
            int port = network.LocalEndpoint.Port;
            Task<bool> run = Run(network, storage, 10_000);
            for (int i = 0; i < 3; i++)
            {
                storage.ThrowsLeft = 1;
                Assert.Throws<IOException>(() => new WireClient(port, $"c{i}", isDurable: true));
            }

            Assert.IsFalse(run.WaitAsync(s_waitMax).GetAwaiter().GetResult(), Lines());
            Assert.Contains("error the third time within 10 minutes: the program ends", Lines());
        }

        [TestMethod]
        public void FaultInModeMemorySaysWhatIsLost()
        {
            using DesktopNetwork network = Listen();
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            limits.Mode = StoreMode.Memory;
            ThrowingClock clock = new();
            BrokerHost host = new(limits, clock, network, MakeLog(), null, null) { CutOff = _cutOff.Set };
            clock.Throws = true;
            Task<bool> run = Task.Run(() => host.Run(_signals));
            using (WireClient client = new(network.LocalEndpoint.Port, "c", isDurable: false))
            {
                Stop(network);
            }

            Assert.IsTrue(run.WaitAsync(s_waitMax).GetAwaiter().GetResult(), Lines());
            Assert.Contains("error memory ran out: all connections are closed, the broker starts anew", Lines());
            Assert.Contains("error mode memory: all Sessions, queued and retained messages are lost", Lines());
        }

        [TestMethod]
        public void StorageThatDoesNotAnswerDoesNotHoldUpTheEnd()
        {
            using FileStorage files = FileStorage.Open(_folder.FullName);
            FaultyStorage storage = new(files);
            using DesktopNetwork network = Listen();
            Task<bool> run = Run(network, storage, 100);
            using (WireClient sleeper = new(network.LocalEndpoint.Port, "sleeper", isDurable: true))
            {
                sleeper.Subscribe("t", 1);
                sleeper.Publish("t", "at the end", 0, isRetained: true);
                sleeper.ReceiveMessage();
                storage.Answers.Reset();
                Stop(network);
                Assert.IsTrue(_cutOff.Wait(s_waitMax), Lines());
                Assert.IsFalse(run.IsCompleted);
            }

            storage.Answers.Set();
            run.WaitAsync(s_waitMax).GetAwaiter().GetResult();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _signals.Dispose();
            _cutOff.Dispose();
            _folder.Delete(recursive: true);
        }

        private static DesktopNetwork Listen() => DesktopNetwork.Listen("127.0.0.1", 0, 100);

        private Task<bool> Run(DesktopNetwork network, IStorage storage, int stopMsMax)
        {
            BrokerHost host = new(BrokerLimits.ForProfile(Profile.Desktop), new MonotonicClock(), network, MakeLog(), null, storage)
            {
                CutOff = _cutOff.Set,
                StopMsMax = stopMsMax,
            };
            _signals.WakeBy(network.Wake);
            return Task.Run(() => host.Run(_signals));
        }

        private void Stop(DesktopNetwork network)
        {
            Assert.IsTrue(_signals.Request());
            network.Wake();
        }

        private Log MakeLog() => new(Add, LogLevel.Info, TimeProvider.System);

        private void Add(string line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }

        private string Lines()
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }
}
