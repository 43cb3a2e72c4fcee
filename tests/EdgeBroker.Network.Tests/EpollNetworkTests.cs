using System;
using EdgeBroker.Desktop;
using EdgeBroker.Ports;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    [TestClass]
    [OSCondition(OperatingSystems.Linux)]
    public sealed class EpollNetworkTests : DesktopNetworkContract
    {
        [TestMethod]
        public void TwoThousandConnectionsAreServed()
        {
            const int Count = 2000;
            using DesktopNetwork network = Create("127.0.0.1", 0, Count);
            SocketPeer[] peers = new SocketPeer[Count];
            for (int i = 0; i < Count; i++)
            {
                peers[i] = new SocketPeer(network.LocalEndpoint);
                peers[i].Send(new byte[] { (byte)i, (byte)(i >> 8) });
                network.Wait(1000);
                Assert.AreEqual(i, network.Accept());
            }

            Assert.AreEqual(Count, network.OpenCount);
            byte[] buffer = new byte[8];
            int served = 0;
            for (int round = 0; round < Count && served < Count; round++)
            {
                int events = network.Wait(1000);
                for (int i = 0; i < events; i++)
                {
                    network.GetEvent(i, out int handle);
                    int count = network.Receive(handle, buffer, 0, buffer.Length);
                    Assert.AreEqual(2, count);
                    Assert.AreEqual(2, network.Send(handle, buffer, 0, count));
                    served++;
                }
            }

            Assert.AreEqual(Count, served);
            for (int i = 0; i < Count; i++)
            {
                AssertBytes(new byte[] { (byte)i, (byte)(i >> 8) }, peers[i].Receive(2));
                peers[i].Dispose();
            }
        }

        [TestMethod]
        public void EventsOfAClosedConnectionAreNotGivenToTheNext()
        {
            IPeer first = Connect(out int handle);
            Connect();
            first.Send(new byte[] { 1 });
            WaitFor(handle, NetworkEvents.Readable);
            Network.Close(handle);
            Assert.AreEqual(handle, Accept());
            Assert.AreEqual(NetworkEvents.None, Network.GetEvent(0, out _));
        }

        [TestMethod]
        public void FreeHandlesReachNoFile()
        {
            Connect(out int handle);
            Network.Close(handle);
            for (int free = 0; free < Network.HandlesMax; free++)
            {
                Assert.AreEqual(NetworkResult.Failed, Network.Receive(free, new byte[1], 0, 1));
                Assert.AreEqual(NetworkResult.Failed, Network.Send(free, new byte[1], 0, 1));
                int closed = free;
                Assert.ThrowsExactly<ObjectDisposedException>(() => Network.Close(closed));
            }
        }

        [TestMethod]
        public void NothingIsAllocatedOnThePathOfAPacket()
        {
            SocketPeer peer = (SocketPeer)Connect(out int handle);
            byte[] packet = new byte[64];
            byte[] buffer = new byte[64];
            long allocated = 0;
            for (int i = 0; i < 1000; i++)
            {
                peer.Send(packet);
                long before = GC.GetAllocatedBytesForCurrentThread();
                Network.Wait(1000);
                Network.GetEvent(0, out _);
                Network.SetInterest(handle, NetworkEvents.Readable | NetworkEvents.Writable);
                int count = Network.Receive(handle, buffer, 0, 64);
                Network.HasUnread(handle);
                Network.Send(handle, buffer, 0, count);
                Network.Accept();
                Network.SetInterest(handle, NetworkEvents.Readable);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                peer.Receive(64);
            }

            Assert.AreEqual(0, allocated);
        }

        [TestMethod]
        public void RangesOutsideTheArrayAreRefused()
        {
            Connect(out int handle);
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Network.Receive(handle, new byte[4], 3, 2));
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Network.Send(handle, new byte[4], -1, 2));
        }

        private protected override DesktopNetwork Bind(string address, int port, int handlesMax)
        {
            return new EpollNetwork(address, port, handlesMax);
        }
    }
}
