using System;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>The scenarios that mosquitto's command line clients can play.</summary>
    [TestClass]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public class MosquittoClientTests
    {
        private const string V311 = "mqttv311";
        private const string V5 = "mqttv5";

        [TestMethod]
        [DataRow(V311, 0)]
        [DataRow(V311, 1)]
        [DataRow(V311, 2)]
        [DataRow(V5, 0)]
        [DataRow(V5, 1)]
        [DataRow(V5, 2)]
        public void MessageArrivesWithItsQoS(string version, int qos)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            string level = qos.ToString();
            using RunningProgram subscriber = Subscribe(port, version, "-t", "a/+", "-q", "2", "-C", "1", "-F", "%t %q %r %p");
            subscriber.WaitForOutput("Subscribed (mid: 1): 2");
            Publish(port, version, "-t", "a/b", "-q", level, "-m", "hello");
            Assert.AreEqual(0, subscriber.WaitForExit(), subscriber.Error);
            subscriber.WaitForOutput($"a/b {level} 0 hello");
        }

        [TestMethod]
        [DataRow(V311)]
        [DataRow(V5)]
        public void RetainedMessageIsServedToALateSubscriber(string version)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            Publish(port, version, "-t", "a/b", "-q", "1", "-r", "-m", "old");
            Publish(port, version, "-t", "a/b", "-q", "1", "-r", "-m", "kept");
            using RunningProgram subscriber = Subscribe(port, version, "-t", "a/#", "-q", "1", "-C", "1", "-F", "%t %r %p");
            subscriber.WaitForOutput("a/b 1 kept");
            Assert.AreEqual(0, subscriber.WaitForExit(), subscriber.Error);
        }

        [TestMethod]
        [DataRow(V311)]
        [DataRow(V5)]
        public void WillIsPublishedAfterACrash(string version)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            using RunningProgram subscriber = Subscribe(port, version, "-t", "wills", "-q", "1", "-C", "1", "-F", "%q %p");
            subscriber.WaitForOutput("Subscribed");
            string[] will = ["--will-topic", "wills", "--will-payload", "gone", "--will-qos", "1"];
            using RunningProgram victim = Subscribe(port, version, ["-t", "x", .. will]);
            victim.WaitForOutput("Subscribed");
            victim.Crash();
            subscriber.WaitForOutput("1 gone");
            Assert.AreEqual(0, subscriber.WaitForExit(), subscriber.Error);
        }

        [TestMethod]
        [DataRow(V311)]
        [DataRow(V5)]
        public void DurableSessionGetsWhatWasQueued(string version)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            List<string> session = ["-t", "a/b", "-q", "1", "-c", "-i", "sensor"];
            if (version == V5)
            {
                session.AddRange(["-x", "600"]);
            }

            using RunningProgram first = Subscribe(port, version, [.. session, "-E"]);
            Assert.AreEqual(0, first.WaitForExit(), first.Error);
            foreach (string payload in new[] { "one", "two", "three" })
            {
                Publish(port, version, "-t", "a/b", "-q", "1", "-m", payload);
            }

            using RunningProgram second = Subscribe(port, version, [.. session, "-C", "3", "-F", "got %p"]);
            Assert.AreEqual(0, second.WaitForExit(), second.Error);
            int one = second.Output.IndexOf("got one", StringComparison.Ordinal);
            int two = second.Output.IndexOf("got two", StringComparison.Ordinal);
            int three = second.Output.IndexOf("got three", StringComparison.Ordinal);
            Assert.IsTrue(one >= 0 && one < two && two < three, second.Output);
        }

        [TestMethod]
        public void UserPropertiesArrive()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            using RunningProgram subscriber = Subscribe(port, V5, "-t", "a", "-q", "1", "-C", "1", "-F", "%p %P");
            subscriber.WaitForOutput("Subscribed");
            Publish(port, V5, "-t", "a", "-q", "1", "-m", "x", "-D", "publish", "user-property", "unit", "celsius");
            subscriber.WaitForOutput("x unit:celsius");
            Assert.AreEqual(0, subscriber.WaitForExit(), subscriber.Error);
        }

        [TestMethod]
        public void SharedSubscriptionGivesEachMessageToOneMember()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            string[] member = ["-t", "$share/group/a", "-q", "1", "-C", "1", "-F", "got %p"];
            using RunningProgram first = Subscribe(port, V5, member);
            using RunningProgram second = Subscribe(port, V5, member);
            first.WaitForOutput("Subscribed");
            second.WaitForOutput("Subscribed");

            // Each member leaves after one message: both can end only if no message went to both.
            Publish(port, V5, "-t", "a", "-q", "1", "-m", "one");
            Publish(port, V5, "-t", "a", "-q", "1", "-m", "two");
            Assert.AreEqual(0, first.WaitForExit(), first.Error);
            Assert.AreEqual(0, second.WaitForExit(), second.Error);
            string both = first.Output + second.Output;
            Assert.IsTrue(both.Contains("got one") && both.Contains("got two"), both);
        }

        [TestMethod]
        public void ClientIsToldThatTheServerShutsDown()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            using RunningProgram subscriber = Subscribe(port, V5, "-t", "a");
            subscriber.WaitForOutput("Subscribed");
            broker.Terminate();
            subscriber.WaitForOutput("DISCONNECT (139)");
            Assert.AreEqual(0, broker.WaitForExit());
        }

        private static RunningProgram Subscribe(int port, string version, params string[] arguments)
        {
            string[] common = ["-h", "127.0.0.1", "-p", port.ToString(), "-V", version, "-d"];
            return ClientPrograms.StartMosquitto("mosquitto_sub", [.. common, .. arguments]);
        }

        private static void Publish(int port, string version, params string[] arguments)
        {
            string[] common = ["-h", "127.0.0.1", "-p", port.ToString(), "-V", version];
            using RunningProgram publisher = ClientPrograms.StartMosquitto("mosquitto_pub", [.. common, .. arguments]);
            Assert.AreEqual(0, publisher.WaitForExit(), publisher.Error);
        }
    }
}
