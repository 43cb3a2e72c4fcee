using System.Net;
using System.Net.Sockets;
using EdgeBroker.Platform;
using EdgeBroker.Ports;
using EdgeBroker.Simulation;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    /// <summary>The device's network, on the desktop's sockets.</summary>
    [TestClass]
    public sealed class PollNetworkTests : NetworkContract
    {
        protected override bool CanCloseSend => false;

        [TestMethod]
        public void ListensWhenItCanAfterItCouldNot()
        {
            using Socket other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            other.Listen(1);
            int port = ((IPEndPoint)other.LocalEndPoint!).Port;
            VirtualClock clock = new VirtualClock();
            using PollNetwork network = new PollNetwork(IPAddress.Loopback, port, 1, clock);
            Assert.AreEqual(0, network.LocalPort);
            Assert.AreEqual(0, network.Wait(0));
            Assert.AreEqual(NetworkResult.NoConnection, network.Accept());

            // Not again at once: a device without Wi-Fi would do nothing else.
            other.Dispose();
            clock.Advance(999);
            network.Wait(0);
            Assert.AreEqual(0, network.LocalPort);
            clock.Advance(1);
            network.Wait(0);
            Assert.AreEqual(port, network.LocalPort);
        }

        [TestMethod]
        public void FullTableLeavesNewcomersWaiting()
        {
            VirtualClock clock = new VirtualClock();
            using PollNetwork network = new PollNetwork(IPAddress.Loopback, 0, 1, clock);
            IPEndPoint endpoint = new IPEndPoint(IPAddress.Loopback, network.LocalPort);
            using SocketPeer first = new SocketPeer(endpoint);
            using SocketPeer second = new SocketPeer(endpoint);
            Assert.AreEqual(0, network.Accept());
            Assert.AreEqual(NetworkResult.NoConnection, network.Accept());
            network.Close(0);
            Assert.AreEqual(0, network.Accept());
        }

        [TestMethod]
        public void ListeningAnewKeepsConnectionsAndThePort()
        {
            int port;
            using (PollNetwork any = new PollNetwork(IPAddress.Loopback, 0, 1, new VirtualClock()))
            {
                port = any.LocalPort;
            }

            using PollNetwork network = new PollNetwork(IPAddress.Loopback, port, 2, new VirtualClock());
            IPEndPoint endpoint = new IPEndPoint(IPAddress.Loopback, port);
            using SocketPeer first = new SocketPeer(endpoint);
            Assert.AreEqual(0, network.Accept());

            network.Relisten();
            Assert.AreEqual(port, network.LocalPort);
            using SocketPeer second = new SocketPeer(endpoint);
            Assert.AreEqual(1, network.Accept());
            Assert.AreEqual(1, network.Send(0, new byte[] { 7 }, 0, 1));
            CollectionAssert.AreEqual(new byte[] { 7 }, first.Receive(1));
        }

        [TestMethod]
        public void DeviceClockGoesForward()
        {
            DeviceClock clock = new DeviceClock();
            long before = clock.NowMs;
            Assert.IsTrue(before > 0 && clock.NowMs >= before);
        }

        private protected override INetwork Create(int handlesMax)
        {
            return new PollNetwork(IPAddress.Loopback, 0, handlesMax, new DeviceClock());
        }

        private protected override IPeer CreatePeer(INetwork network)
        {
            return new SocketPeer(new IPEndPoint(IPAddress.Loopback, ((PollNetwork)network).LocalPort));
        }
    }
}
