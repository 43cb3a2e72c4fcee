using System.Linq;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>What is remembered of Clients, and the rows that the page shows.</summary>
    [TestClass]
    public class ClientBookTests
    {
        private readonly VirtualClock _clock = new();
        private readonly VirtualNetwork _network = new(32);
        private readonly BrokerLimits _limits = BrokerLimits.ForProfile(Profile.Esp32);
        private readonly ClientBook _book;
        private readonly BrokerMonitor _monitor;
        private readonly Broker _broker;

        public ClientBookTests()
        {
            _limits.Mode = StoreMode.Memory;
            _book = new ClientBook(_clock, handle => "link " + handle);
            _monitor = new BrokerMonitor(_limits, "esp32", _book, name => name == "'known'" ? "thermometer" : "");
            _broker = new Broker(_limits, _clock, _network, _book, null, null, null, null);
            _monitor.Attach(_broker, "");
        }

        [TestMethod]
        public void ClientsAreShownWithTheirState()
        {
            Connect("known", false);
            int away = Connect("away", true);
            int gone = Connect("gone", false);
            _clock.Advance(5000);
            _network.ClientReset(away);
            _network.ClientClose(gone);
            Run();
            _clock.Advance(2000);

            ClientRow[] rows = Rows();
            CollectionAssert.AreEqual(
                new[]
                {
                    "'known' connected 7 thermometer ",
                    "'away' away 2 link 1 connection broken",
                    "'gone' gone 2 link 2 closed without DISCONNECT",
                },
                rows.Select(row => $"{row.Name} {row.State} {row.SinceS} {row.Kind} {row.Reason}").ToArray());
            Assert.IsTrue(rows[1].Durable);
        }

        [TestMethod]
        public void WithoutPowerAllAreShownAsTheyWereLast()
        {
            Connect("a", true);
            _clock.Advance(1000);
            Rows();
            _monitor.Attach(null, "the power was cut");
            _clock.Advance(2000);
            ClientRow row = Rows().Single();
            Assert.AreEqual("no power", row.State);
            Assert.AreEqual(2, row.SinceS);
            Assert.IsTrue(row.Durable);
            Assert.AreEqual("the power was cut", row.Reason);
            Assert.IsFalse(_monitor.MakeSample(1, 0, null).Powered);
        }

        [TestMethod]
        public void RefusalsAreCounted()
        {
            for (int i = 0; i < _limits.ConnectionsMax + 1; i++)
            {
                Connect("client" + i, false);
            }

            Assert.IsGreaterThan(0, _book.RefusedCount + _book.SentAwayCount);
        }

        private ClientRow[] Rows()
        {
            return [.. _monitor.MakeState("run", "", 0, _clock.NowMs, new Meter(0, 0)).Clients];
        }

        private int Connect(string name, bool durable)
        {
            ConnectOptions options = new() { ClientIdentifier = Bytes.OfText(name), CleanStart = !durable };
            PacketWriter writer = new();
            byte[] buffer = new byte[256];
            writer.Start(buffer, 0, buffer.Length);
            options.Write(writer, ProtocolLevel.V311);
            int link = _network.Connect();
            _network.ClientSend(link, buffer, 0, writer.Position);
            Run();
            return link;
        }

        private void Run()
        {
            for (int i = 0; i < 4; i++)
            {
                _broker.Tick(0);
            }
        }
    }
}
