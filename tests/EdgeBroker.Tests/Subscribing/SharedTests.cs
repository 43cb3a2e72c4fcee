using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Subscribing
{
    /// <summary>Shared Subscriptions: who gets what, and what becomes of it when a member goes (5.0, section 4.8.2).</summary>
    [TestClass]
    public class SharedTests
    {
        private const int V5 = ProtocolLevel.V5;

        [TestMethod]
        public void MembersTakeTurns()
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = Expect.Subscriber(bench, V5, "a", "$share/g/t", 1);
            SimClient b = Expect.Subscriber(bench, ProtocolLevel.V311, "b", "$share/g/t", 1);
            SimClient c = Expect.Subscriber(bench, V5, "c", "$share/g/t", 1);
            SimClient publisher = bench.Connect(V5, "p");
            for (int i = 1; i <= 6; i++)
            {
                publisher.Publish("t", i.ToString(), 0);
            }

            Expect.All(a, "PUBLISH t '1' q0; PUBLISH t '4' q0");
            Expect.All(b, "PUBLISH t '2' q0; PUBLISH t '5' q0");
            Expect.All(c, "PUBLISH t '3' q0; PUBLISH t '6' q0");
        }

        [TestMethod]
        public void EveryGroupAndEveryPlainSubscriptionGetsItsCopy()
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = Expect.Subscriber(bench, V5, "a", "$share/g/t", 0);
            Expect.Subscribed(a, "$share/h/t", 0);
            Expect.Subscribed(a, "t", 0);
            SimClient b = Expect.Subscriber(bench, V5, "b", "$share/g/+", 0);
            bench.Connect(V5, "p").Publish("t", "x", 0);

            Expect.All(a, "PUBLISH t 'x' q0; PUBLISH t 'x' q0; PUBLISH t 'x' q0");
            Expect.All(b, "PUBLISH t 'x' q0");
        }

        // [MQTT5-4.8.2-3] [MQTT5-4.8.2-1]
        [TestMethod]
        public void GrantedQoSAndSubscriptionIdentifierAreTheChosenMembers()
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = bench.Connect(V5, "a");
            a.Subscribe("$share/g/t", 0, 5);
            a.Next();
            SimClient b = bench.Connect(V5, "b");
            b.Subscribe("$share/g/t", 1, 6);
            b.Next();
            SimClient publisher = bench.Connect(V5, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "1", 2);
            publisher.Publish("t", "2", 2);

            Expect.All(a, "PUBLISH t '1' q0 {sub=5}");
            Expect.All(b, "PUBLISH t '2' q1 i1 {sub=6}");
        }

        [TestMethod]
        public void MembersThatAreOnlineComeFirst()
        {
            BrokerBench bench = new BrokerBench();
            SimClient away = Expect.DurableSubscriber(bench, V5, "away", "$share/g/t", 1);
            away.Disconnect();
            SimClient here = Expect.Subscriber(bench, V5, "here", "$share/g/t", 1);
            here.AutoAcknowledge = true;
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 1);
            publisher.Publish("t", "3", 0);
            Expect.All(here, "PUBLISH t '1' q1 i1; PUBLISH t '2' q1 i2; PUBLISH t '3' q0");

            here.Disconnect();
            publisher.Publish("t", "4", 1);
            publisher.Publish("t", "5", 0);
            Expect.All(publisher, "PUBACK i1; PUBACK i2; PUBACK i3");
            Assert.AreEqual("CONNACK 00 present", away.Connect());
            Expect.All(away, "PUBLISH t '4' q1 i1");
        }

        [TestMethod]
        public void MemberWithAFullWindowIsPassedOver()
        {
            BrokerBench bench = new BrokerBench();
            SimClient slow = bench.Client(V5, "slow");
            slow.Options.ReceiveMaximum = 1;
            slow.Connect();
            Expect.Subscribed(slow, "$share/g/t", 1);
            SimClient quick = Expect.Subscriber(bench, V5, "quick", "$share/g/t", 1);
            quick.AutoAcknowledge = true;
            SimClient publisher = bench.Connect(V5, "p");
            for (int i = 1; i <= 4; i++)
            {
                publisher.Publish("t", i.ToString(), 1);
                bench.Run();
            }

            Expect.All(slow, "PUBLISH t '1' q1 i1");
            Expect.All(quick, "PUBLISH t '2' q1 i1; PUBLISH t '3' q1 i2; PUBLISH t '4' q1 i3");
        }

        // QoS 1: to another member when the Session of the chosen one ends. [MQTT5-4.8.2-5]: QoS 2 to nobody.
        [TestMethod]
        [DataRow("t")]
        [DataRow("#")]
        public void UnacknowledgedQoS1MessagesAreHandedOverAndThoseOfQoS2AreNot(string filter)
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = Expect.Subscriber(bench, V5, "a", "$share/g/" + filter, 2);
            SimClient publisher = bench.Connect(V5, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 2);
            publisher.Publish("t", "3", 1);
            publisher.Publish("t", "4", 1);
            bench.Run();
            a.Ack(PacketType.Puback, 3);
            SimClient b = Expect.Subscriber(bench, V5, "b", "$share/g/" + filter, 1);
            a.Reset();

            Expect.All(b, "PUBLISH t '1' q1 i1; PUBLISH t '4' q1 i2");
            Assert.AreEqual(1L, bench.Broker.Counters.Drops[DropReason.SessionEnded]);
            b.Ack(PacketType.Puback, 1);
            b.Disconnect();
            publisher.Disconnect();
            Leaks.AssertNone(bench);
        }

        // [MQTT5-4.8.2-4]
        [TestMethod]
        public void DurableMemberKeepsItsMessagesUntilItsSessionEnds()
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = bench.Client(V5, "a");
            a.Options.CleanStart = false;
            a.Options.SessionExpiryIntervalS = 100;
            a.Connect();
            Expect.Subscribed(a, "$share/g/t", 2);
            SimClient publisher = bench.Connect(V5, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 2);
            bench.Run();
            SimClient b = Expect.Subscriber(bench, V5, "b", "$share/g/t", 2);
            a.Reset();
            bench.Advance(99000);
            Expect.Nothing(b);
            Assert.AreEqual("CONNACK 00 present", a.Connect());
            Expect.All(a, "PUBLISH t '1' q1 i1 dup; PUBLISH t '2' q2 i2 dup");
            a.Reset();
            bench.Advance(100000);
            Expect.All(b, "PUBLISH t '1' q1 i1");
        }

        // [MQTT5-4.8.2-6]
        [TestMethod]
        public void MessageThatTheChosenMemberRefusesGoesToNobodyElse()
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = Expect.Subscriber(bench, V5, "a", "$share/g/t", 2);
            SimClient publisher = bench.Connect(V5, "p");
            publisher.AutoAcknowledge = true;
            publisher.Publish("t", "1", 1);
            publisher.Publish("t", "2", 2);
            bench.Run();
            SimClient b = Expect.Subscriber(bench, V5, "b", "$share/g/t", 2);
            a.Ack(PacketType.Puback, 1, ReasonCode.UnspecifiedError);
            a.Ack(PacketType.Pubrec, 2, ReasonCode.UnspecifiedError);
            bench.Run();
            a.Reset();

            Expect.Nothing(b);
            Assert.AreEqual(0, bench.Broker.Context.Deliveries.Count);
        }

        [TestMethod]
        public void MemberThatUnsubscribesLeavesTheGroup()
        {
            BrokerBench bench = new BrokerBench();
            SimClient a = Expect.Subscriber(bench, V5, "a", "$share/g/t", 0);
            SimClient b = Expect.Subscriber(bench, V5, "b", "$share/g/t", 0);
            SimClient publisher = bench.Connect(V5, "p");
            publisher.Publish("t", "1", 0);
            bench.Run();
            a.NextAll();
            a.Unsubscribe("$share/h/t");
            a.Unsubscribe("$share/g/t");
            Expect.All(a, "UNSUBACK i2 11; UNSUBACK i3 00");
            publisher.Publish("t", "2", 0);
            publisher.Publish("t", "3", 0);
            Expect.All(b, "PUBLISH t '2' q0; PUBLISH t '3' q0");
            b.Unsubscribe("$share/g/t");
            b.NextAll();
            publisher.Publish("t", "4", 1);
            Expect.All(publisher, "PUBACK i1 10");
            Assert.AreEqual(0, bench.Broker.SubscriptionCount);
        }

        // A queue that is full is full for its shared messages too: another member, or the publisher is refused.
        [TestMethod]
        public void FullQueueOfAnAbsentMemberIsRespected()
        {
            BrokerBench bench = new BrokerBench();
            bench.Limits.PacketSizeMax = 1000;
            bench.Limits.SessionQueueBytesMax = 1000;
            SimClient a = Expect.DurableSubscriber(bench, V5, "a", "$share/g/t", 1);
            SimClient b = Expect.DurableSubscriber(bench, V5, "b", "$share/g/t", 1);
            a.Disconnect();
            b.Disconnect();
            SimClient publisher = bench.Connect(V5, "p");
            string payload = new string('x', 400);
            publisher.Publish("t", payload, 1);
            publisher.Publish("t", payload, 1);
            publisher.Publish("t", payload, 1);
            publisher.Publish("t", payload, 1);
            Expect.All(publisher, "PUBACK i1; PUBACK i2; PUBACK i3; PUBACK i4");
            publisher.Publish("t", payload, 1);
            Expect.All(publisher, "PUBACK i5 97");
        }
    }
}
