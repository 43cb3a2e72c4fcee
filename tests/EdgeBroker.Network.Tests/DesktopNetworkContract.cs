using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using EdgeBroker.Desktop;
using EdgeBroker.Ports;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    /// <summary>What the networks of a desktop promise to their host besides.</summary>
    public abstract class DesktopNetworkContract : NetworkContract
    {
        // Far more than waking takes; only a failing test waits for it.
        private const int LongMs = 30_000;

        private readonly MonotonicClock _clock = new();

        private DesktopNetwork Desktop => (DesktopNetwork)Network;

        [TestMethod]
        public void AnotherThreadWakesAWait()
        {
            long before = _clock.NowMs;
            Thread thread = new Thread(Desktop.Wake);
            thread.Start();
            Assert.AreEqual(0, Network.Wait(LongMs));
            thread.Join();
            Assert.IsTrue(_clock.NowMs - before < LongMs, "it was not woken");
        }

        [TestMethod]
        public void WakingEarlyIsNotLostAndNotRepeated()
        {
            Desktop.Wake();
            Desktop.Wake();
            long before = _clock.NowMs;
            Network.Wait(LongMs);
            Assert.IsTrue(_clock.NowMs - before < LongMs, "it was not woken");

            // A wake that is left over would end this wait before its time.
            before = _clock.NowMs;
            Network.Wait(50);
            Assert.IsTrue(_clock.NowMs - before >= 40, "it was woken again");
        }

        // A Client without Keep Alive that vanished would have its place for ever. The kernel tells of its timers: 2 is that of keep
        // alive, and behind it is the time that is left, in hundredths of a second.
        [TestMethod]
        [OSCondition(OperatingSystems.Linux)]
        public void PeersThatSayNothingAreProbedAfterAMinute()
        {
            SocketPeer peer = (SocketPeer)Connect(out _);
            int peerPort = IPEndPoint.Parse(peer.LocalEndpoint).Port;
            string ports = $":{Desktop.LocalEndpoint.Port:X4} 0100007F:{peerPort:X4} 01";
            string row = File.ReadLines("/proc/net/tcp").Single(line => line.Contains(ports, StringComparison.Ordinal));
            string[] timer = row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5].Split(':');
            Assert.AreEqual("02", timer[0], row);
            Assert.IsInRange(1, 6000, int.Parse(timer[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        [TestMethod]
        public void WakingAfterTheEndDoesNothing()
        {
            Desktop.Dispose();
            Desktop.Wake();
            Desktop.Dispose();
        }

        [TestMethod]
        public void ConnectionsBeyondTheBoundDoNotEndWaits()
        {
            for (int i = 0; i < 3; i++)
            {
                Connect(out _);
            }

            Connect();
            long before = _clock.NowMs;
            Assert.AreEqual(0, Network.Wait(50));
            Assert.IsTrue(_clock.NowMs - before >= 40, "the wait turned");
        }

        [TestMethod]
        public void PortInUseIsSaidWithWhatToDo()
        {
            ListenException? failure = FailureOf("127.0.0.1", Desktop.LocalEndpoint.Port);
            Assert.AreEqual(ListenFailure.PortInUse, failure?.Failure);
            Assert.Contains("port " + Desktop.LocalEndpoint.Port + " on 127.0.0.1 is in use", failure!.Message);
            Assert.Contains("choose another port", failure.Message);
        }

        [TestMethod]
        [DataRow("mars", 0, ListenFailure.BadAddress)]
        [DataRow("", 0, ListenFailure.BadAddress)]
        [DataRow("192.0.2.77", 0, ListenFailure.BadAddress)]
        [DataRow("127.0.0.1", 65536, ListenFailure.BadPort)]
        [DataRow("127.0.0.1", -1, ListenFailure.BadPort)]
        public void UnusablePlacesAreSaidWithWhatToDo(string address, int port, ListenFailure expected)
        {
            ListenException? failure = FailureOf(address, port);
            Assert.AreEqual(expected, failure?.Failure);
            Assert.Contains(expected == ListenFailure.BadPort ? "port " + port : address, failure!.Message);
        }

        [TestMethod]
        public void RemoteEndpointIsThePeers()
        {
            SocketPeer peer = (SocketPeer)Connect(out int handle);
            Assert.AreEqual(peer.LocalEndpoint, Desktop.RemoteEndpoint(handle));
        }

        [TestMethod]
        [DataRow("localhost", "127.0.0.1")]
        [DataRow("*", "0.0.0.0")]
        [DataRow("::1", "::1")]
        public void ListensWhereItIsTold(string address, string expected)
        {
            if (address == "::1" && !Socket.OSSupportsIPv6)
            {
                Assert.Inconclusive("this machine has no IPv6");
            }

            using DesktopNetwork network = Create(address, 0, 1);
            Assert.AreEqual(expected, network.LocalEndpoint.Address.ToString());
            Assert.AreNotEqual(0, network.LocalEndpoint.Port);
            using SocketPeer peer = new SocketPeer(network.LocalEndpoint);
            network.Wait(LongMs);
            int handle = network.Accept();
            Assert.AreEqual(0, handle);
            Assert.AreEqual(peer.LocalEndpoint, network.RemoteEndpoint(handle));
            Assert.AreEqual(1, network.OpenCount);
        }

        [TestMethod]
        public void AllOfIPv6TakesIPv4Too()
        {
            if (!Socket.OSSupportsIPv6)
            {
                Assert.Inconclusive("this machine has no IPv6");
            }

            using DesktopNetwork network = Create("::", 0, 1);
            using SocketPeer peer = new SocketPeer(new IPEndPoint(IPAddress.Loopback, network.LocalEndpoint.Port));
            network.Wait(LongMs);
            Assert.AreEqual(0, network.Accept());
        }

        [TestMethod]
        public void NobodyConnectsBeforeItListens()
        {
            using DesktopNetwork network = Bind("127.0.0.1", 0, 1);
            Assert.ThrowsExactly<SocketException>(() => new SocketPeer(network.LocalEndpoint));
            network.StartListening();
            using SocketPeer peer = new SocketPeer(network.LocalEndpoint);
            network.Wait(LongMs);
            Assert.AreEqual(0, network.Accept());
        }

        private protected abstract DesktopNetwork Bind(string address, int port, int handlesMax);

        private protected DesktopNetwork Create(string address, int port, int handlesMax)
        {
            DesktopNetwork network = Bind(address, port, handlesMax);
            network.StartListening();
            return network;
        }

        private protected override INetwork Create(int handlesMax)
        {
            return Create("127.0.0.1", 0, handlesMax);
        }

        private protected override IPeer CreatePeer(INetwork network)
        {
            return new SocketPeer(((DesktopNetwork)network).LocalEndpoint);
        }

        private ListenException? FailureOf(string address, int port)
        {
            try
            {
                Create(address, port, 1).Dispose();
                return null;
            }
            catch (ListenException exception)
            {
                return exception;
            }
        }
    }
}
