using System;
using EdgeBroker.Ports;
using EdgeBroker.Simulation;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    /// <summary>The network in memory keeps the contract, and its faults are what they say.</summary>
    [TestClass]
    public sealed class VirtualNetworkTests : NetworkContract
    {
        private readonly byte[] _buffer = new byte[16];

        private VirtualNetwork Virtual => (VirtualNetwork)Network;

        [TestMethod]
        public void ReadsAndSendsCanBeSplit()
        {
            IPeer peer = Connect(out int handle);
            Virtual.ReceiveSizeMax = 1;
            Virtual.SendSizeMax = 2;
            peer.Send(new byte[] { 1, 2 });
            Assert.AreEqual(1, Network.Receive(handle, _buffer, 0, 16));
            Assert.AreEqual(1, Network.Receive(handle, _buffer, 1, 15));
            Assert.AreEqual(NetworkResult.WouldBlock, Network.Receive(handle, _buffer, 2, 14));
            Assert.AreEqual(2, Network.Send(handle, _buffer, 0, 16));
            AssertBytes(new byte[] { 1, 2 }, peer.Receive(16));
        }

        [TestMethod]
        public void BytesKeepTheirOrderAsAPipeGrows()
        {
            IPeer peer = Connect(out int handle);
            byte[] sent = Pattern(200);
            byte[] received = new byte[200];
            peer.Send(sent.AsSpan(0, 50).ToArray());
            Assert.AreEqual(20, Network.Receive(handle, received, 0, 20));
            peer.Send(sent.AsSpan(50, 30).ToArray());
            peer.Send(sent.AsSpan(80).ToArray());
            Assert.AreEqual(180, Network.Receive(handle, received, 20, 180));
            AssertBytes(sent, received);
        }

        [TestMethod]
        public void ReceiveWindowBoundsSends()
        {
            int link = Virtual.Connect();
            int handle = Accept();
            Virtual.SetReceiveWindow(link, 5);
            Assert.AreEqual(5, Network.Send(handle, _buffer, 0, 16));
            Assert.AreEqual(0, Virtual.ClientWindow(link));
            Assert.AreEqual(NetworkResult.WouldBlock, Network.Send(handle, _buffer, 0, 16));
            Assert.AreEqual(2, Virtual.ClientReceive(link, _buffer, 0, 2));
            Assert.AreEqual(3, Virtual.ClientAvailable(link));
            Assert.AreEqual(2, Virtual.ClientWindow(link));
            Assert.AreEqual(2, Network.Send(handle, _buffer, 0, 16));
        }

        [TestMethod]
        public void CutLinkCarriesNothingAndLosesNothing()
        {
            int link = Virtual.Connect();
            int handle = Accept();
            Virtual.SetHalfOpen(link, true);
            Virtual.ClientSend(link, new byte[] { 1 }, 0, 1);
            Virtual.ClientClose(link);
            Assert.AreEqual(0, Network.Wait(0));
            Assert.IsFalse(Network.HasUnread(handle));
            Assert.AreEqual(NetworkResult.WouldBlock, Network.Receive(handle, _buffer, 0, 16));
            Assert.AreEqual(3, Network.Send(handle, _buffer, 0, 3));
            Assert.AreEqual(0, Virtual.ClientReceive(link, _buffer, 0, 16));

            Virtual.SetHalfOpen(link, false);
            Assert.AreEqual(3, Virtual.ClientReceive(link, _buffer, 0, 16));
            Assert.AreEqual(1, Network.Receive(handle, _buffer, 0, 16));
            Assert.AreEqual(NetworkResult.Closed, Network.Receive(handle, _buffer, 0, 16));
        }

        [TestMethod]
        public void ResetLosesBytesInTheAir()
        {
            int link = Virtual.Connect();
            int handle = Accept();
            Virtual.ClientSend(link, new byte[] { 1 }, 0, 1);
            Assert.AreEqual(1, Virtual.ServerUnread(link));
            Virtual.ClientReset(link);
            Assert.AreEqual(NetworkResult.Failed, Network.Receive(handle, _buffer, 0, 16));
        }

        [TestMethod]
        public void ClosingBeforeAllIsReadResetsTheClient()
        {
            int link = Virtual.Connect();
            int handle = Accept();
            Virtual.ClientSend(link, new byte[] { 1 }, 0, 1);
            Network.Send(handle, _buffer, 0, 3);
            Network.Close(handle);
            Assert.IsTrue(Virtual.ServerReset(link));
            Assert.IsTrue(Virtual.ServerClosed(link));
            Assert.AreEqual(0, Virtual.ClientReceive(link, _buffer, 0, 16));
        }

        [TestMethod]
        public void ClosedLinkResetsAClientThatSendsOn()
        {
            int link = Virtual.Connect();
            int handle = Accept();
            Network.Send(handle, _buffer, 0, 3);
            Network.Close(handle);
            Assert.IsFalse(Virtual.ServerReset(link));
            Assert.IsFalse(Virtual.ServerClosed(link));
            Virtual.ClientSend(link, new byte[] { 1 }, 0, 1);
            Assert.IsTrue(Virtual.ServerReset(link));
            Assert.AreEqual(0, Virtual.ClientReceive(link, _buffer, 0, 16));
        }

        [TestMethod]
        public void FullBacklogRefuses()
        {
            Virtual.BacklogMax = 1;
            Assert.AreEqual(0, Virtual.Connect());
            Assert.AreEqual(VirtualNetwork.Refused, Virtual.Connect());
            Accept();
            Assert.AreEqual(1, Virtual.Connect());
        }

        [TestMethod]
        public void BacklogKeepsItsOrderAsItGrows()
        {
            Connect(out int first);
            Network.Close(first);
            for (int i = 0; i < 9; i++)
            {
                Connect().Send(new byte[] { (byte)i });
            }

            for (int i = 0; i < 9; i++)
            {
                int handle = Accept();
                AssertBytes(new byte[] { (byte)i }, ReceiveAll(handle, 1));
                Network.Close(handle);
            }
        }

        [TestMethod]
        public void EventsComeInTheOrderOfHandles()
        {
            IPeer first = Connect(out _);
            IPeer second = Connect(out _);
            second.Send(new byte[] { 1 });
            first.Send(new byte[] { 1 });
            Assert.AreEqual(2, Network.Wait(77));
            Assert.AreEqual(77, Virtual.LastTimeoutMs);
            Network.GetEvent(0, out int handle);
            Assert.AreEqual(0, handle);
            Network.GetEvent(1, out handle);
            Assert.AreEqual(1, handle);
        }

        [TestMethod]
        public void ForgottenLinksAreUsedAgain()
        {
            int link = Virtual.Connect();
            Virtual.Forget(link);
            Assert.AreEqual(1, Virtual.Connect());
            Assert.AreEqual(-1, Virtual.HandleOf(link));
            int handle = Accept();
            Assert.AreEqual(handle, Virtual.HandleOf(link));
            Network.Close(handle);
            Assert.AreEqual(-1, Virtual.HandleOf(link));
            Virtual.Forget(link);
            Assert.AreEqual(link, Virtual.Connect());
        }

        private protected override INetwork Create(int handlesMax)
        {
            return new VirtualNetwork(handlesMax);
        }

        private protected override IPeer CreatePeer(INetwork network)
        {
            return new VirtualPeer((VirtualNetwork)network);
        }
    }
}
