using System;
using EdgeBroker.Ports;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    /// <summary>What every implementation of the port promises to the broker. One subclass for each implementation.</summary>
    public abstract class NetworkContract : NetworkFixture
    {
        // More than the two ends of a connection buffer on any system.
        private const long BufferedMax = 64_000_000;

        /// <summary>Whether <see cref="INetwork.CloseSend"/> can do something.</summary>
        protected virtual bool CanCloseSend => true;

        [TestMethod]
        public void NobodyConnectedGivesNoConnectionAndNoEvents()
        {
            Assert.AreEqual(NetworkResult.NoConnection, Network.Accept());
            Assert.AreEqual(0, Network.Wait(0));
            Assert.AreEqual(3, Network.HandlesMax);
        }

        [TestMethod]
        public void BytesArriveInOrderBothWays() // [MQTT-7.1.1-1] [MQTT5-4.2.0-1]
        {
            IPeer peer = Connect(out int handle);
            byte[] sent = Pattern(4000);
            peer.Send(sent);
            AssertBytes(sent, ReceiveAll(handle, sent.Length));
            SendAll(handle, sent);
            AssertBytes(sent, peer.Receive(sent.Length));
        }

        [TestMethod]
        public void ReceiveHonoursOffsetAndCount()
        {
            IPeer peer = Connect(out int handle);
            peer.Send(new byte[] { 1, 2, 3, 4 });
            byte[] buffer = new byte[6];
            WaitFor(handle, NetworkEvents.Readable);
            Assert.AreEqual(2, Network.Receive(handle, buffer, 3, 2));
            AssertBytes(new byte[] { 0, 0, 0, 1, 2, 0 }, buffer);
            Assert.AreEqual(2, Network.Receive(handle, buffer, 0, 6));
            AssertBytes(new byte[] { 3, 4, 0, 1, 2, 0 }, buffer);
        }

        [TestMethod]
        public void ReceiveWithoutBytesWouldBlock()
        {
            Connect(out int handle);
            Assert.AreEqual(0, Network.Wait(0));
            Assert.AreEqual(NetworkResult.WouldBlock, Network.Receive(handle, new byte[8], 0, 8));
        }

        [TestMethod]
        public void PeerThatDoesNotReadBlocksSendsUntilItReads()
        {
            IPeer peer = Connect(out int handle);
            byte[] chunk = Pattern(251);
            long total = 0;
            int result;
            Network.SetInterest(handle, NetworkEvents.Writable);
            do
            {
                int start = (int)(total % chunk.Length);
                result = Network.Send(handle, chunk, start, chunk.Length - start);
                total += Math.Max(result, 0);
            }
            while (total < BufferedMax && (result > 0 || (result == NetworkResult.WouldBlock && Network.Wait(0) == 1)));

            // What the two ends buffer is used up, and no event says otherwise.
            Assert.AreEqual(NetworkResult.WouldBlock, result);

            byte[] received = peer.Receive((int)total);
            Assert.AreEqual(total, received.Length);
            for (int i = 0; i < received.Length; i++)
            {
                if (received[i] != chunk[i % chunk.Length])
                {
                    Assert.Fail("byte " + i);
                }
            }

            Assert.AreEqual(NetworkEvents.Writable, WaitFor(handle, NetworkEvents.Writable));
            Assert.AreEqual(5, Network.Send(handle, chunk, 0, 5));
        }

        [TestMethod]
        public void PeersCloseIsSeenAfterItsBytes()
        {
            IPeer peer = Connect(out int handle);
            peer.Send(new byte[] { 7, 8 });
            peer.Close();
            AssertBytes(new byte[] { 7, 8 }, ReceiveAll(handle, 2));
            WaitFor(handle, NetworkEvents.Readable);
            Assert.AreEqual(NetworkResult.Closed, Network.Receive(handle, new byte[8], 0, 8));
        }

        [TestMethod]
        public void PeersResetIsAFailure()
        {
            IPeer peer = Connect(out int handle);
            peer.Reset();
            WaitFor(handle, NetworkEvents.Readable);
            Assert.AreEqual(NetworkResult.Failed, Network.Receive(handle, new byte[8], 0, 8));
        }

        [TestMethod]
        public void SendsToAPeerThatIsGoneFailInTheEnd()
        {
            IPeer peer = Connect(out int handle);
            peer.Reset();
            WaitFor(handle, NetworkEvents.Readable);
            int result = 1;
            for (int i = 0; i < RoundsMax && result >= 0; i++)
            {
                result = Network.Send(handle, new byte[8], 0, 8);
            }

            Assert.AreEqual(NetworkResult.Failed, result);
        }

        [TestMethod]
        public void NoInterestNoEvent()
        {
            IPeer peer = Connect(out int handle);
            IPeer other = Connect(out int otherHandle);
            Assert.AreEqual(0, Network.Wait(0));
            Network.SetInterest(handle, NetworkEvents.None);
            peer.Send(new byte[] { 1 });
            peer.Close();
            other.Send(new byte[] { 2 });
            WaitFor(otherHandle, NetworkEvents.Readable);
            Assert.AreEqual(1, Network.Wait(0));
            Network.GetEvent(0, out int ready);
            Assert.AreEqual(otherHandle, ready);

            Network.SetInterest(handle, NetworkEvents.Readable);
            Assert.AreEqual(NetworkEvents.Readable, WaitFor(handle, NetworkEvents.Readable));
        }

        [TestMethod]
        public void ResetWithoutInterestGivesNoEvent()
        {
            IPeer peer = Connect(out int handle);
            IPeer other = Connect(out int otherHandle);
            Assert.AreEqual(0, Network.Wait(0));
            Network.SetInterest(handle, NetworkEvents.None);
            peer.Reset();
            other.Send(new byte[] { 2 });
            WaitFor(otherHandle, NetworkEvents.Readable);
            Assert.AreEqual(1, Network.Wait(0));
        }

        [TestMethod]
        public void InterestInBothGivesBothInOneEvent()
        {
            IPeer peer = Connect(out int handle);
            Network.SetInterest(handle, NetworkEvents.Readable | NetworkEvents.Writable);
            Assert.AreEqual(NetworkEvents.Writable, WaitFor(handle, NetworkEvents.Writable));
            peer.Send(new byte[] { 1 });
            Assert.AreEqual(NetworkEvents.Readable | NetworkEvents.Writable, WaitFor(handle, NetworkEvents.Readable));
            Assert.AreEqual(1, Network.Wait(0));
        }

        [TestMethod]
        public void EachReadyConnectionHasItsOwnEvent()
        {
            int[] interest = { NetworkEvents.Writable, NetworkEvents.Readable, NetworkEvents.Readable | NetworkEvents.Writable };
            int[] ready = new int[3];
            for (int i = 0; i < 3; i++)
            {
                IPeer peer = Connect(out int handle);
                peer.Send(new byte[] { 1 });
                WaitFor(handle, NetworkEvents.Readable);
                Network.SetInterest(handle, interest[i]);
                ready[handle] = interest[i];
            }

            Assert.AreEqual(3, Network.Wait(0));
            for (int i = 0; i < 3; i++)
            {
                int bits = Network.GetEvent(i, out int handle);
                Assert.AreEqual(ready[handle], bits);
                ready[handle] = -1;
            }
        }

        [TestMethod]
        public void EventsAreRepeatedUntilTheBytesAreReceived()
        {
            IPeer peer = Connect(out int handle);
            peer.Send(new byte[] { 1, 2 });
            WaitFor(handle, NetworkEvents.Readable);
            Assert.AreEqual(1, Network.Wait(0));
            AssertBytes(new byte[] { 1, 2 }, ReceiveAll(handle, 2));
            Assert.AreEqual(0, Network.Wait(0));
        }

        [TestMethod]
        public void UnreadBytesAreSeenWhateverTheInterest()
        {
            IPeer peer = Connect(out int handle);
            Assert.IsFalse(Network.HasUnread(handle));
            peer.Send(new byte[] { 1, 2 });
            WaitFor(handle, NetworkEvents.Readable);
            Network.SetInterest(handle, NetworkEvents.None);
            Assert.IsTrue(Network.HasUnread(handle));
            AssertBytes(new byte[] { 1, 2 }, ReceiveAll(handle, 2));
            Assert.IsFalse(Network.HasUnread(handle));
        }

        [TestMethod]
        public void AnEndedStreamIsNotUnreadBytes()
        {
            IPeer peer = Connect(out int handle);
            peer.Close();
            WaitFor(handle, NetworkEvents.Readable);
            Assert.IsFalse(Network.HasUnread(handle));
        }

        [TestMethod]
        public void HalfCloseArrivesAfterTheBytesAndTheOtherHalfGoesOn()
        {
            IPeer peer = Connect(out int handle);
            SendAll(handle, new byte[] { 5, 6 });
            Network.CloseSend(handle);
            AssertBytes(new byte[] { 5, 6 }, peer.Receive(2));
            if (!CanCloseSend)
            {
                return;
            }

            Assert.IsTrue(peer.IsAtEnd());
            peer.Send(new byte[] { 9 });
            AssertBytes(new byte[] { 9 }, ReceiveAll(handle, 1));
            Assert.AreEqual(NetworkResult.Failed, Network.Send(handle, new byte[1], 0, 1));
        }

        [TestMethod]
        public void PeersHalfCloseLeavesTheWayBack()
        {
            IPeer peer = Connect(out int handle);
            peer.CloseSend();
            WaitFor(handle, NetworkEvents.Readable);
            Assert.AreEqual(NetworkResult.Closed, Network.Receive(handle, new byte[8], 0, 8));
            SendAll(handle, new byte[] { 3, 4 });
            AssertBytes(new byte[] { 3, 4 }, peer.Receive(2));
        }

        [TestMethod]
        public void CloseArrivesAfterTheBytes()
        {
            IPeer peer = Connect(out int handle);
            SendAll(handle, new byte[] { 5, 6 });
            Network.Close(handle);
            AssertBytes(new byte[] { 5, 6 }, peer.Receive(2));
            Assert.IsTrue(peer.IsAtEnd());
        }

        [TestMethod]
        public void HandlesAreBoundedAndUsedAgain()
        {
            bool[] seen = new bool[3];
            int last = -1;
            for (int i = 0; i < 3; i++)
            {
                Connect(out last);
                Assert.IsFalse(seen[last]);
                seen[last] = true;
            }

            Assert.IsFalse(Network.HasNew());
            IPeer fourth = Connect();
            Assert.AreEqual(0, Network.Wait(0));
            Assert.AreEqual(NetworkResult.NoConnection, Network.Accept());
            Assert.IsTrue(Network.HasNew());

            Network.Close(last);
            Assert.AreEqual(last, Accept());
            fourth.Send(new byte[] { 4 });
            AssertBytes(new byte[] { 4 }, ReceiveAll(last, 1));
        }

        [TestMethod]
        public void UsedAgainHandleStartsAfresh()
        {
            IPeer first = Connect(out int handle);
            Network.SetInterest(handle, NetworkEvents.None);
            first.Send(new byte[] { 1 });
            Network.Close(handle);
            IPeer second = Connect(out int again);
            Assert.AreEqual(handle, again);
            Assert.AreEqual(NetworkResult.WouldBlock, Network.Receive(again, new byte[8], 0, 8));
            second.Send(new byte[] { 2 });
            AssertBytes(new byte[] { 2 }, ReceiveAll(again, 1));
        }

        [TestMethod]
        public void HandleOfABrokenConnectionStartsAfresh()
        {
            IPeer first = Connect(out int handle);
            first.Reset();
            WaitFor(handle, NetworkEvents.Readable);
            Assert.AreEqual(NetworkResult.Failed, Network.Receive(handle, new byte[8], 0, 8));
            Network.Close(handle);
            IPeer second = Connect(out int again);
            Assert.AreEqual(handle, again);
            second.Send(new byte[] { 2 });
            AssertBytes(new byte[] { 2 }, ReceiveAll(again, 1));
        }

        [TestMethod]
        public void ManyConnectionsOneAfterTheOther()
        {
            for (int i = 0; i < 50; i++)
            {
                using IPeer peer = Connect(out int handle);
                peer.Send(new byte[] { (byte)i });
                byte[] received = ReceiveAll(handle, 1);
                AssertBytes(new byte[] { (byte)i }, received);
                SendAll(handle, received);
                AssertBytes(received, peer.Receive(1));
                peer.Close();
                Network.Close(handle);
            }
        }
    }
}
