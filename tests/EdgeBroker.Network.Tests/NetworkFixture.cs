using System;
using System.Collections.Generic;
using EdgeBroker.Ports;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    /// <summary>A network under test with its Clients, and what tests do with them again and again.</summary>
    public abstract class NetworkFixture
    {
        // Each round waits up to a second for a condition that loopback meets at once.
        private protected const int RoundsMax = 20;

        private readonly List<IPeer> _peers = new List<IPeer>();
        private INetwork? _network;

        private protected INetwork Network => _network!;

        [TestInitialize]
        public void Initialize()
        {
            _network = Create(3);
        }

        [TestCleanup]
        public void Cleanup()
        {
            foreach (IPeer peer in _peers)
            {
                peer.Dispose();
            }

            (_network as IDisposable)?.Dispose();
        }

        private protected abstract INetwork Create(int handlesMax);

        private protected abstract IPeer CreatePeer(INetwork network);

        private protected IPeer Connect()
        {
            IPeer peer = CreatePeer(Network);
            _peers.Add(peer);
            return peer;
        }

        private protected IPeer Connect(out int handle)
        {
            IPeer peer = Connect();
            handle = Accept();
            return peer;
        }

        private protected int Accept()
        {
            int handle = Network.Accept();
            for (int i = 0; i < RoundsMax && handle == NetworkResult.NoConnection; i++)
            {
                Network.Wait(1000);
                handle = Network.Accept();
            }

            Assert.IsTrue(handle >= 0 && handle < Network.HandlesMax, "no connection came");
            return handle;
        }

        private protected int WaitFor(int handle, int events)
        {
            for (int i = 0; i < RoundsMax; i++)
            {
                int count = Network.Wait(1000);
                for (int j = 0; j < count; j++)
                {
                    int bits = Network.GetEvent(j, out int ready);
                    if (ready == handle && (bits & events) == events)
                    {
                        return bits;
                    }
                }
            }

            Assert.Fail("the event did not come");
            return 0;
        }

        private protected byte[] ReceiveAll(int handle, int count)
        {
            byte[] buffer = new byte[count];
            int length = 0;
            Network.SetInterest(handle, NetworkEvents.Readable);
            while (length < count)
            {
                WaitFor(handle, NetworkEvents.Readable);
                int result = Network.Receive(handle, buffer, length, count - length);
                Assert.IsTrue(result > 0, "bytes were announced");
                length += result;
            }

            return buffer;
        }

        private protected void SendAll(int handle, byte[] data)
        {
            int length = 0;
            while (length < data.Length)
            {
                int result = Network.Send(handle, data, length, data.Length - length);
                Assert.IsTrue(result > 0, "there is room for so few bytes");
                length += result;
            }
        }

        private protected static void AssertBytes(byte[] expected, byte[] actual)
        {
            Assert.AreEqual(Convert.ToHexString(expected), Convert.ToHexString(actual));
        }

        private protected static byte[] Pattern(int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)(i * 7);
            }

            return bytes;
        }
    }
}
