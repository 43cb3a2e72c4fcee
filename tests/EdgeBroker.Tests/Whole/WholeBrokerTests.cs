#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// The whole broker with the state that a device's heap is planned for, in a heap of 90,000 bytes. It prints the free heap
    /// before and after beside what the model says. What has to last is in a virtual flash, which takes of the same heap.
    /// </summary>
    [TestClass]
    public class WholeBrokerTests
    {
        private const int MessagesPerQoS = 1000;

        // What ticks may leave behind until the next collection, and tables that had to grow a step.
        private const int SlackBytes = 2048;

        [TestMethod]
        public void WholeBrokerFitsIntoTheHeapOfADevice()
        {
            int atStart = FreeHeap.Bytes();
            WholeBroker whole = new WholeBroker();
            int empty = FreeHeap.Bytes();
            whole.Connect();
            int connected = FreeHeap.Bytes();
            whole.Keep();
            int filled = FreeHeap.Bytes();
            int flash = whole.Flash.HeapBytes;
            Assert.AreEqual(WholeBroker.Clients, whole.Broker.ConnectedCount);
            Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.Broker.SubscriptionCount);
            Assert.AreEqual(WholeBroker.Retained, whole.Broker.RetainedCount);
            Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.ReceivedCount());
            Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.Broker.QueuedCount);
            Assert.IsTrue(whole.Broker.QueuedBytes <= WholeBroker.RetainedBytes, "queued messages are in the flash only");

            for (int qos = 0; qos <= 2; qos++)
            {
                Assert.AreEqual(MessagesPerQoS, whole.Forward(qos, MessagesPerQoS), "at QoS " + qos.ToString());
            }

            int after = FreeHeap.Bytes();
            int moreFlash = whole.Flash.HeapBytes - flash;
            FreeHeap.Print("free heap before there is a broker", atStart);
            FreeHeap.Print("with an empty broker", empty);
            FreeHeap.Print("with Clients and their subscriptions", connected);
            FreeHeap.Print("with messages", filled);
            FreeHeap.Print("after 1,000 messages at each QoS", after);
            FreeHeap.Print("the broker, its Clients and the virtual flash take", atStart - filled);
            FreeHeap.Print("bytes of files in the virtual flash, before it packs them", whole.Flash.Bytes);
            FreeHeap.Print("they take, packed", whole.Flash.HeapBytes);
            FreeHeap.Print("more than with messages", moreFlash);
            FreeHeap.Print("the model says of the broker alone", HeapFigure.BytesMax);
            FreeHeap.Print("and of the virtual flash", HeapFigure.FlashBytesMax);
            Assert.IsTrue(after >= filled - moreFlash - SlackBytes, "messages that are gone have left something behind");
            CheckRestart(whole);
            FreeHeap.Print("after a restart", FreeHeap.Bytes());
        }

        private static void CheckRestart(WholeBroker whole)
        {
            int queued = WholeBroker.Clients * WholeBroker.Each;
            whole.Restart();
            Assert.AreEqual(WholeBroker.Clients, whole.Broker.SessionCount);
            Assert.AreEqual(queued, whole.Broker.SubscriptionCount);
            Assert.AreEqual(queued, whole.Broker.QueuedCount);
            Assert.AreEqual(WholeBroker.Retained, whole.Broker.RetainedCount);
            whole.Reconnect();
            Assert.AreEqual(WholeBroker.Clients, whole.SessionsPresent);
            Assert.AreEqual(queued, whole.ReceivedCount());
            Assert.AreEqual(0, whole.Broker.QueuedCount);
            whole.FetchRetained();
            Assert.AreEqual(queued + WholeBroker.Retained, whole.ReceivedCount());
        }
    }
}
