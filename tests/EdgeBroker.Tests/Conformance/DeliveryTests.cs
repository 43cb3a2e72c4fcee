using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Conformance
{
    /// <summary>Messages on their way to a Client: identifiers, DUP, windows, order, and what a reconnect does.</summary>
    [TestClass]
    public class DeliveryTests
    {
        // [MQTT-3.3.1-2] [MQTT-3.3.1-3] [MQTT-4.3.1-1] [MQTT-4.3.2-1] [MQTT5-3.3.1-2] [MQTT5-3.3.1-3] [MQTT5-4.3.1-1]
        // [MQTT5-4.3.2-2] [MQTT5-4.3.3-2]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V311, ProtocolLevel.V5)]
        [DataRow(ProtocolLevel.V5, ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5, ProtocolLevel.V5)]
        public void DupOfThePublisherIsNotHandedOn(int from, int to)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(from, "p");
            SimClient subscriber = bench.Connect(to, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();

            publisher.PublishAgain("a", "0", 0, false, false, 0, null);
            publisher.PublishAgain("a", "1", 1, false, true, 7, null);
            publisher.PublishAgain("a", "2", 2, false, true, 8, null);

            Assert.AreEqual("PUBLISH a '0' q0; PUBLISH a '1' q1 i1; PUBLISH a '2' q2 i2", subscriber.NextAll());
        }

        // [MQTT-2.3.1-4] [MQTT-4.3.2-1] [MQTT5-2.2.1-4] [MQTT5-4.3.2-1] [MQTT5-4.3.3-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, 1)]
        [DataRow(ProtocolLevel.V5, 1)]
        [DataRow(ProtocolLevel.V311, 2)]
        [DataRow(ProtocolLevel.V5, 2)]
        public void IdentifierInUseIsSkippedAndZeroNeverGiven(int level, int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            SimClient subscriber = bench.Connect(level, "s");
            subscriber.Subscribe("a", qos);
            subscriber.NextAll();
            publisher.Publish("a", "x", qos);
            publisher.Publish("a", "y", qos);
            Assert.AreEqual(
                "PUBLISH a 'x' q" + qos.ToString() + " i1; PUBLISH a 'y' q" + qos.ToString() + " i2", subscriber.NextAll());

            // The first one stays open, the second is acknowledged, and the count comes to its end.
            Complete(subscriber, qos, 2);
            subscriber.NextAll();
            bench.Broker.Context.Sessions.Find(Bytes.OfText("s"), 0, 1).LastPacketIdentifier = 65534;
            publisher.Publish("a", "z", qos);
            publisher.Publish("a", "z", qos);
            Assert.AreEqual(
                "PUBLISH a 'z' q" + qos.ToString() + " i65535; PUBLISH a 'z' q" + qos.ToString() + " i2", subscriber.NextAll());
        }

        // [MQTT-3.3.1-1] [MQTT-4.3.2-1] [MQTT-4.4.0-1] [MQTT5-3.3.1-1] [MQTT5-4.3.2-3] [MQTT5-4.3.3-3] [MQTT5-4.4.0-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void UnacknowledgedMessagesAreSentAgainInOrderOnReconnectOnly(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            SimClient subscriber = bench.ConnectDurable(level, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "1", 1);
            publisher.Publish("a", "2", 2);
            publisher.Publish("a", "3", 1);
            Assert.AreEqual("PUBLISH a '1' q1 i1; PUBLISH a '2' q2 i2; PUBLISH a '3' q1 i3", subscriber.NextAll());

            // However long it takes, nothing is sent again on the same Network Connection.
            bench.Advance(3600000);
            Assert.AreEqual("", subscriber.NextAll());
            subscriber.Ack(PacketType.Puback, 3);
            subscriber.Next();
            subscriber.Reset();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("PUBLISH a '1' q1 i1 dup; PUBLISH a '2' q2 i2 dup", subscriber.NextAll());
            Complete(subscriber, 1, 1);
            Complete(subscriber, 2, 2);
            subscriber.NextAll();
            subscriber.Reset();
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("", subscriber.NextAll());
        }

        // [MQTT-4.3.3-1] [MQTT5-4.3.3-4] [MQTT5-4.3.3-5] [MQTT5-4.3.3-6] [MQTT5-4.4.0-1]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void AfterPubrecOnlyPubrelIsSentUntilPubcomp(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            SimClient subscriber = bench.ConnectDurable(level, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "1", 2);
            subscriber.NextAll();
            subscriber.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("PUBREL i1", subscriber.NextAll());

            subscriber.Reset();
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("PUBREL i1", subscriber.NextAll());
            subscriber.Ack(PacketType.Pubcomp, 1);
            subscriber.Next();
            subscriber.Reset();
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("", subscriber.NextAll());
        }

        // [MQTT5-4.4.0-2]
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void RefusedDeliveryIsNotSentAgain(int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V5, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "1", qos);
            subscriber.NextAll();

            subscriber.Ack(qos == 1 ? PacketType.Puback : PacketType.Pubrec, 1, ReasonCode.ImplementationSpecificError);
            Assert.AreEqual("", subscriber.NextAll());
            subscriber.Reset();

            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("", subscriber.NextAll());
        }

        // [MQTT5-3.3.4-9] [MQTT5-3.3.4-10] [MQTT5-4.9.0-1] [MQTT5-4.9.0-2] [MQTT5-4.9.0-3]
        [TestMethod]
        public void ReceiveMaximumHoldsUpPublishAboveQoS0AndNothingElse()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.Client(ProtocolLevel.V5, "s");
            subscriber.Options.ReceiveMaximum = 2;
            subscriber.Connect();
            subscriber.SubscribeAll(new string[] { "a", "b" }, 2);
            subscriber.NextAll();

            for (int i = 1; i <= 4; i++)
            {
                publisher.Publish("a", i.ToString(), 1 + (i & 1));
            }

            publisher.Publish("b", "quick", 0);
            subscriber.Publish("c", "own", 2);
            subscriber.Ping();
            subscriber.Subscribe("d", 0);
            Assert.AreEqual(
                "PUBLISH a '1' q2 i1; PUBLISH a '2' q1 i2; PUBREC i2; PINGRESP; SUBACK i3 00; PUBLISH b 'quick' q0", Sorted(subscriber));

            // PUBREC leaves the window as it is and is answered; PUBCOMP and PUBACK make room for one message each.
            subscriber.Ack(PacketType.Pubrec, 1);
            Assert.AreEqual("PUBREL i1", subscriber.NextAll());
            subscriber.Ack(PacketType.Pubcomp, 1);
            Assert.AreEqual("PUBLISH a '3' q2 i3", subscriber.NextAll());
            subscriber.Ack(PacketType.Puback, 2);
            Assert.AreEqual("PUBLISH a '4' q1 i4", subscriber.NextAll());
        }

        // [MQTT5-3.3.4-10] [MQTT5-4.9.0-3] [MQTT-4.4.0-1]
        [TestMethod]
        public void NarrowerWindowAfterReconnectHoldsUpNoPubrel()
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V5, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            for (int i = 1; i <= 5; i++)
            {
                publisher.Publish("a", i.ToString(), 2);
            }

            subscriber.NextAll();
            subscriber.Ack(PacketType.Pubrec, 2);
            subscriber.Ack(PacketType.Pubrec, 4);
            subscriber.Ack(PacketType.Pubrec, 5);
            Assert.AreEqual("PUBREL i2; PUBREL i4; PUBREL i5", subscriber.NextAll());
            subscriber.Reset();

            subscriber.Options.ReceiveMaximum = 1;
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("PUBREL i2; PUBREL i4; PUBREL i5", subscriber.NextAll());
            subscriber.Ack(PacketType.Pubcomp, 2);
            subscriber.Ack(PacketType.Pubcomp, 5);
            Assert.AreEqual("", subscriber.NextAll());
            subscriber.Ack(PacketType.Pubcomp, 4);
            Assert.AreEqual("PUBLISH a '1' q2 i1 dup", subscriber.NextAll());
            Complete(subscriber, 2, 1);
            Assert.AreEqual("PUBREL i1; PUBLISH a '3' q2 i3 dup", subscriber.NextAll());
        }

        // [MQTT-2.3.1-4] [MQTT5-2.2.1-4]
        [TestMethod]
        [DataRow(ProtocolLevel.V311)]
        [DataRow(ProtocolLevel.V5)]
        public void IdentifierInUseIsSkippedAfterPubrelsWentFirst(int level)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(level, "p");
            SimClient subscriber = bench.ConnectDurable(level, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "1", 2);
            publisher.Publish("a", "2", 2);
            subscriber.NextAll();
            subscriber.Ack(PacketType.Pubrec, 2);
            subscriber.NextAll();
            subscriber.Reset();
            Assert.AreEqual("CONNACK 00 present", subscriber.Connect());
            Assert.AreEqual("PUBREL i2; PUBLISH a '1' q2 i1 dup", subscriber.NextAll());

            bench.Broker.Context.Sessions.Find(Bytes.OfText("s"), 0, 1).LastPacketIdentifier = 65535;
            publisher.Publish("a", "3", 2);
            Assert.AreEqual("PUBLISH a '3' q2 i3", subscriber.NextAll());
        }

        // [MQTT-4.6.0-5] [MQTT-4.6.0-6] [MQTT5-4.6.0-5] [MQTT5-4.6.0-6]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, 0)]
        [DataRow(ProtocolLevel.V5, 0)]
        [DataRow(ProtocolLevel.V311, 1)]
        [DataRow(ProtocolLevel.V5, 1)]
        [DataRow(ProtocolLevel.V311, 2)]
        [DataRow(ProtocolLevel.V5, 2)]
        public void OrderIsKeptForASubscriberThatStopsReadingForAWhile(int level, int qos)
        {
            const int count = 300;
            BrokerBench bench = new BrokerBench();
            bench.Limits.ReceiveMax = 7;
            SimClient publisher = bench.Connect(level, "p");
            SimClient subscriber = bench.Connect(level, "s");
            publisher.AutoAcknowledge = true;
            subscriber.AutoAcknowledge = true;
            subscriber.Subscribe("a", qos);
            subscriber.NextAll();

            subscriber.SetReading(false, 50);
            for (int i = 0; i < count / 2; i++)
            {
                publisher.Publish("a", i.ToString(), qos);
                publisher.NextAll();
            }

            subscriber.SetReading(true, 1 << 20);
            for (int i = count / 2; i < count; i++)
            {
                publisher.Publish("a", i.ToString(), qos);
                bench.Round();
            }

            bench.Run();
            int next = 0;
            while (subscriber.InboxCount > 0)
            {
                subscriber.Next();
                if (subscriber.Last.Type == PacketType.Publish)
                {
                    Assert.AreEqual(next.ToString(), subscriber.Last.Payload);
                    next++;
                }
            }

            Assert.AreEqual(count, next);
        }

        // [MQTT-4.5.0-1] [MQTT-3.1.2-5] [MQTT5-4.5.0-1] [MQTT-3.3.2-3] [MQTT5-3.3.2-3]
        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void MessageGoesToEveryMatchingSessionConnectedOrAwayAndToNoOther(int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient away = bench.ConnectDurable(ProtocolLevel.V311, "away");
            SimClient away5 = bench.ConnectDurable(ProtocolLevel.V5, "away5");
            SimClient here = bench.Connect(ProtocolLevel.V311, "here");
            SimClient other = bench.Connect(ProtocolLevel.V5, "other");
            away.Subscribe("+/b", 2);
            away5.Subscribe("a/#", 2);
            here.Subscribe("a/b", 2);
            other.Subscribe("a/c", 2);
            bench.Run();
            away.Disconnect();
            away5.Reset();
            here.NextAll();
            other.NextAll();

            publisher.Publish("a/b", "x", qos);

            string expected = "PUBLISH a/b 'x' q" + qos.ToString() + " i1";
            Assert.AreEqual(expected, here.NextAll());
            Assert.AreEqual("", other.NextAll());
            away.Connect();
            Assert.AreEqual(expected, away.NextAll());
            away5.Connect();
            Assert.AreEqual(expected, away5.NextAll());
        }

        // [MQTT5-3.1.2-24] [MQTT5-3.1.2-25]
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(2)]
        public void MessageTooLargeForTheClientCountsAsDelivered(int qos)
        {
            BrokerBench bench = new BrokerBench();
            SimClient publisher = bench.Connect(ProtocolLevel.V5, "p");
            SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V5, "s");
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "123456789012345678901234567890", qos);
            string whole = subscriber.NextAll();
            int size = subscriber.Last.Raw.Length;
            Assert.IsTrue(whole.IndexOf("123456") > 0);
            subscriber.Disconnect(0, 0);

            subscriber.Options.MaximumPacketSize = size;
            subscriber.Options.ReceiveMaximum = 1;
            Assert.AreEqual("CONNACK 00", subscriber.Connect());
            subscriber.Subscribe("a", 2);
            subscriber.NextAll();
            publisher.Publish("a", "123456789012345678901234567890+", qos);
            Assert.AreEqual("", subscriber.NextAll());
            publisher.Publish("a", "123456789012345678901234567890", qos);
            subscriber.NextAll();
            Assert.AreEqual(size, subscriber.Last.Raw.Length);
            Assert.AreEqual(1L, bench.Broker.Counters.Drops[Ports.DropReason.TooLarge]);
        }

        private static void Complete(SimClient client, int qos, int identifier)
        {
            if (qos == 1)
            {
                client.Ack(PacketType.Puback, identifier);
                return;
            }

            client.Ack(PacketType.Pubrec, identifier);
            client.Ack(PacketType.Pubcomp, identifier);
        }

        // What came, with the message of QoS 0 last: it may overtake.
        private static string Sorted(SimClient client)
        {
            string text = "";
            string quick = "";
            client.Next();
            while (client.Last != null)
            {
                if (client.Last.Type == PacketType.Publish && client.Last.QoS == 0)
                {
                    quick = "; " + client.Last.Text;
                }
                else
                {
                    text += (text.Length == 0 ? "" : "; ") + client.Last.Text;
                }

                client.Next();
            }

            return text + quick;
        }
    }
}
