#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// The whole broker with the state that a device's heap is planned for, in a heap of 90,000 bytes. It prints the free heap
    /// before and after beside what the model says.
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
            Assert.AreEqual(WholeBroker.Clients, whole.Broker.ConnectedCount);
            Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.Broker.SubscriptionCount);
            Assert.AreEqual(WholeBroker.Retained, whole.Broker.RetainedCount);
            Assert.AreEqual(WholeBroker.Clients * WholeBroker.Each, whole.ReceivedCount());

            for (int qos = 0; qos <= 2; qos++)
            {
                Assert.AreEqual(MessagesPerQoS, whole.Forward(qos, MessagesPerQoS), "at QoS " + qos.ToString());
            }

            int after = FreeHeap.Bytes();
            FreeHeap.Print("free heap before there is a broker", atStart);
            FreeHeap.Print("with an empty broker", empty);
            FreeHeap.Print("with Clients and their subscriptions", connected);
            FreeHeap.Print("with messages", filled);
            FreeHeap.Print("after 1,000 messages at each QoS", after);
            FreeHeap.Print("the broker and its Clients take", atStart - filled);
            FreeHeap.Print("the model says of the broker alone", HeapFigure.BytesMax);
            Assert.IsTrue(after >= filled - SlackBytes, "messages that are gone have left something behind");
        }
    }
}
