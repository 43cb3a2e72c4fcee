using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Authorizing
{
    /// <summary>User names, enhanced authentication, re-authentication (5.0, section 4.12).</summary>
    [TestClass]
    public class AuthenticationTests
    {
        private const int V5 = ProtocolLevel.V5;

        // [MQTT-3.1.3-11] [MQTT5-3.1.3-12] [MQTT5-3.1.4-2] [MQTT5-3.1.2-16] [MQTT5-3.1.2-17] [MQTT5-3.1.2-18]
        // [MQTT5-3.1.2-19] [MQTT-3.1.2-18] [MQTT-3.1.2-21]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, ReasonCode.BadUserNameOrPassword, "CONNACK 04; closed")]
        [DataRow(ProtocolLevel.V311, ReasonCode.NotAuthorized, "CONNACK 05; closed")]
        [DataRow(ProtocolLevel.V311, ReasonCode.Banned, "CONNACK 05; closed")]
        [DataRow(ProtocolLevel.V311, ReasonCode.ServerUnavailable, "CONNACK 03; closed")]
        [DataRow(V5, ReasonCode.BadUserNameOrPassword, "CONNACK 86; closed")]
        [DataRow(V5, ReasonCode.Banned, "CONNACK 8A; closed")]
        public void PasswordDecides(int level, int refusal, string answer)
        {
            BrokerBench bench = new BrokerBench();
            ScriptedAuthenticator authenticator = new ScriptedAuthenticator();
            authenticator.Refusal = refusal;
            bench.Authenticator = authenticator;
            SimClient client = bench.Client(level, "c");
            client.Options.UserName = Bytes.OfText("user");
            client.Options.Password = Bytes.OfText("wrong");
            client.Open();
            client.SendConnect();
            Expect.All(client, answer);
            client.Options.UserName = null;
            client.Options.Password = null;
            client.Open();
            client.SendConnect();
            Expect.All(client, answer);
            Leaks.AssertNone(bench);

            client.Options.UserName = Bytes.OfText("user");
            client.Options.Password = Bytes.OfText("pass");
            Assert.AreEqual("CONNACK 00", client.Connect());
        }

        [TestMethod]
        public void RefusedClientDoesNotTakeOver()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient owner = bench.Client(V5, "c");
            owner.Options.UserName = Bytes.OfText("user");
            owner.Options.Password = Bytes.OfText("pass");
            Assert.AreEqual("CONNACK 00", owner.Connect());
            SimClient thief = bench.Client(V5, "c");
            Assert.AreEqual("CONNACK 86", thief.Connect());

            owner.Ping();
            Expect.All(owner, "PINGRESP");
        }

        // [MQTT5-4.12.0-2] [MQTT5-4.12.0-3] [MQTT5-4.12.0-5] [MQTT5-3.15.2-1]
        [TestMethod]
        public void EnhancedAuthenticationGoesBackAndForthAndThenConnects()
        {
            BrokerBench bench = new BrokerBench();
            ScriptedAuthenticator authenticator = new ScriptedAuthenticator();
            bench.Authenticator = authenticator;
            SimClient client = WithMethod(bench, "script", "go on");
            client.Options.WillTopic = Bytes.OfText("will");
            Assert.AreEqual("AUTH 18", client.Connect());
            Assert.AreEqual("method=script data=challenge", client.Last.Properties);
            Assert.AreEqual(0, bench.Broker.ConnectedCount);
            client.Auth(ReasonCode.ContinueAuthentication, "script", "go on");
            Expect.Next(client, "AUTH 18");
            client.Auth(ReasonCode.ContinueAuthentication, "script", "welcome");
            Expect.Next(client, "CONNACK 00");
            Assert.IsTrue(client.Last.Properties.EndsWith("method=script data=proof"), client.Last.Properties);
            Assert.AreEqual("00:go on 18:go on 18:welcome", authenticator.Steps);
            Assert.AreEqual(1, bench.Broker.ConnectedCount);
            client.Disconnect();
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void MethodThatNeedsOneStepConnectsAtOnce()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "welcome");

            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.IsTrue(client.Last.Properties.EndsWith("method=script data=proof"), client.Last.Properties);
        }

        // [MQTT5-4.12.0-1] [MQTT5-4.12.0-4]
        [TestMethod]
        [DataRow("other", "x", "CONNACK 8C; closed")]
        [DataRow("script", "no", "CONNACK 87; closed")]
        public void RefusedMethodIsAnsweredInConnack(string method, string data, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, method, data);
            client.Open();
            client.SendConnect();

            Expect.All(client, answer);
            Leaks.AssertNone(bench);
        }

        // [MQTT5-4.12.0-4]
        [TestMethod]
        public void RefusalInALaterStepIsAnsweredInConnackToo()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "go on");
            Assert.AreEqual("AUTH 18", client.Connect());
            client.Auth(ReasonCode.ContinueAuthentication, "script", "no");

            Expect.All(client, "CONNACK 87; closed");
            Leaks.AssertNone(bench);
        }

        // [MQTT5-4.12.0-1]
        [TestMethod]
        public void WithoutAuthenticatorNoMethodIsSupported()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = WithMethod(bench, "script", "welcome");
            client.Open();
            client.SendConnect();

            Expect.All(client, "CONNACK 8C; closed");
        }

        // [MQTT5-3.1.2-30] [MQTT5-3.14.0-1]
        [TestMethod]
        [DataRow("C0 00")]
        [DataRow("30 05 00 01 61 00 62")]
        [DataRow("E0 00")]
        public void OtherPacketWhileAuthenticatingClosesWithoutAWord(string hex)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "go on");
            Assert.AreEqual("AUTH 18", client.Connect());
            client.SendHex(hex);

            Expect.All(client, "closed");
            Leaks.AssertNone(bench);
        }

        [TestMethod]
        public void AuthenticationThatTakesTooLongIsClosed()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "go on");
            Assert.AreEqual("AUTH 18", client.Connect());
            bench.Advance(4999);
            Expect.Nothing(client);
            bench.Advance(1);

            Expect.All(client, "closed");
        }

        // [MQTT5-4.12.1-1] [MQTT5-4.12.1-2]
        [TestMethod]
        public void ReauthenticationGoesOnBesideTheTraffic()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "welcome");
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Auth(ReasonCode.ReAuthenticate, "script", "go on");
            Expect.Next(client, "AUTH 18");
            client.Ping();
            Expect.Next(client, "PINGRESP");
            client.Auth(ReasonCode.ContinueAuthentication, "script", "welcome");
            Expect.Next(client, "AUTH 00");
            Assert.AreEqual("method=script data=proof", client.Last.Properties);
            client.Auth(ReasonCode.ReAuthenticate, "script", "no");
            Expect.Disconnected(client, ReasonCode.NotAuthorized);
        }

        // [MQTT5-4.12.0-6] [MQTT5-4.12.0-7]
        [TestMethod]
        public void AuthWithoutMethodInConnectIsAProtocolError()
        {
            BrokerBench bench = new BrokerBench();
            ScriptedAuthenticator authenticator = new ScriptedAuthenticator();
            bench.Authenticator = authenticator;
            SimClient client = bench.Client(V5, "c");
            client.Options.UserName = Bytes.OfText("user");
            client.Options.Password = Bytes.OfText("pass");
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.IsTrue(client.Last.Properties.IndexOf("method") < 0);
            client.Auth(ReasonCode.ReAuthenticate, "script", "welcome");

            Expect.Disconnected(client, ReasonCode.ProtocolError);
            Assert.AreEqual("", authenticator.Steps);
        }

        // [MQTT5-4.12.0-5] [MQTT5-4.12.1-1]
        [TestMethod]
        public void OtherMethodInAuthIsAProtocolError()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "welcome");
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Auth(ReasonCode.ReAuthenticate, "scripT", "welcome");

            Expect.Disconnected(client, ReasonCode.ProtocolError);
        }

        // [MQTT5-3.15.1-1]
        [TestMethod]
        [DataRow("F1 00")]
        [DataRow("F0 02 7F 00")]
        public void IllFormedAuthEndsTheConnection(string hex)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator();
            SimClient client = WithMethod(bench, "script", "welcome");
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.SendHex(hex);
            string answer = client.NextAll();

            Assert.IsTrue(answer == "DISCONNECT 81; closed" || answer == "DISCONNECT 82; closed", answer);
        }

        [TestMethod]
        public void AuthIsAProtocolErrorBefore5()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = bench.Connect(ProtocolLevel.V311, "c");
            client.SendHex("F0 00");

            Expect.Disconnected(client, ReasonCode.ProtocolError);
        }

        // [MQTT-3.3.5-2] [MQTT5-3.1.4-2]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, "SUBACK i1 80", "PUBACK i2; PUBREC i3")]
        [DataRow(V5, "SUBACK i1 87", "PUBACK i2 87; PUBREC i3 87")]
        public void AuthorizerDecidesOverTopics(int level, string suback, string acknowledgements)
        {
            BrokerBench bench = new BrokerBench();
            ScriptedAuthorizer authorizer = new ScriptedAuthorizer();
            bench.Authorizer = authorizer;
            SimClient client = bench.Connect(level, "c");
            SimClient watcher = Expect.Subscriber(bench, level, "w", "#", 2);
            client.Subscribe("no/x", 1);
            Expect.All(client, suback);
            Assert.AreEqual("c", authorizer.LastIdentifier);
            client.Publish("no/x", "1", 0, true, null);
            client.Publish("no/x", "2", 1, true, null);
            client.Publish("no/x", "3", 2, true, null);
            Expect.All(client, acknowledgements);
            Expect.Nothing(watcher);
            Assert.AreEqual(0, bench.Broker.RetainedCount);
            client.Subscribe("low/x", 2);
            Expect.All(client, "SUBACK i4 00");
            client.Publish("yes", "4", 0);
            Expect.All(watcher, "PUBLISH yes '4' q0");
        }

        [TestMethod]
        [DataRow(ProtocolLevel.V311, "CONNACK 05; closed")]
        [DataRow(V5, "CONNACK 87; closed")]
        public void AuthorizerDecidesOverWills(int level, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authorizer = new ScriptedAuthorizer();
            SimClient client = bench.Client(level, "c");
            client.Options.WillTopic = Bytes.OfText("no/will");
            client.Open();
            client.SendConnect();

            Expect.All(client, answer);
            Leaks.AssertNone(bench);
        }

        // A refused QoS 2 message leaves its identifier free [MQTT5-4.3.3-9].
        [TestMethod]
        public void IdentifierOfARefusedMessageIsFree()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authorizer = new ScriptedAuthorizer();
            SimClient watcher = Expect.Subscriber(bench, V5, "w", "yes", 0);
            SimClient client = bench.Connect(V5, "c");
            client.PublishAgain("no", "1", 2, false, false, 7, null);
            client.PublishAgain("yes", "2", 2, false, false, 7, null);

            Expect.All(client, "PUBREC i7 87; PUBREC i7");
            Expect.All(watcher, "PUBLISH yes '2' q0");
        }

        private static SimClient WithMethod(BrokerBench bench, string method, string data)
        {
            SimClient client = bench.Client(V5, "c");
            client.Options.Properties = new PropertyList()
                .Text(PropertyId.AuthenticationMethod, method)
                .Text(PropertyId.AuthenticationData, data)
                .ToBytes();
            return client;
        }
    }
}
