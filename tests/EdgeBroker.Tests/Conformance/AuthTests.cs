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
    /// <summary>Who may connect, and enhanced authentication with AUTH.</summary>
    [TestClass]
    public class AuthTests
    {
        private const int Continue = ReasonCode.ContinueAuthentication;
        private const int Again = ReasonCode.ReAuthenticate;

        // [MQTT5-4.12.0-2] [MQTT5-4.12.0-3] [MQTT5-4.12.0-5] [MQTT5-3.15.2-2] [MQTT5-3.15.2-3] [MQTT5-3.2.0-1]
        [TestMethod]
        public void AuthGoesBackAndForthWithTheMethodBeforeConnack()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(Bytes.OfText("d"), new int[] { Continue, Continue, 0 });
            SimClient client = ClientWithMethod(bench, "M");

            Assert.AreEqual("AUTH 18", client.Connect());
            Assert.AreEqual("method=M data=d", client.Last.Properties);
            client.Auth(Continue, "M", "1");
            Assert.AreEqual("AUTH 18", client.Next());
            Assert.AreEqual("method=M data=d", client.Last.Properties);
            client.Auth(Continue, "M", "2");
            Assert.AreEqual("CONNACK 00", client.Next());
            Assert.IsTrue(client.Last.Properties.IndexOf("method=M data=d") >= 0, client.Last.Properties);
            Assert.AreEqual("", client.NextAll());
        }

        // [MQTT5-4.12.0-1] [MQTT5-3.2.2-7]
        [TestMethod]
        public void MethodIsRefusedWhereNoneIsSupported()
        {
            BrokerBench bench = new BrokerBench();
            SimClient client = ClientWithMethod(bench, "M");
            client.Open();
            client.SendConnect();
            Assert.AreEqual("CONNACK 8C; closed", client.NextAll());
        }

        // [MQTT5-4.12.0-1] [MQTT5-4.12.0-4] [MQTT5-3.2.2-8]
        [TestMethod]
        [DataRow(ReasonCode.BadAuthenticationMethod, "CONNACK 8C; closed")]
        [DataRow(ReasonCode.NotAuthorized, "CONNACK 87; closed")]
        [DataRow(ReasonCode.KeepAliveTimeout, "CONNACK 80; closed")]
        public void FailedAuthenticationEndsTheConnection(int code, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(null, new int[] { Continue, code, code });
            SimClient client = ClientWithMethod(bench, "M");
            Assert.AreEqual("AUTH 18", client.Connect());
            client.Auth(Continue, "M", "1");
            Assert.AreEqual(answer, client.NextAll());
            client.Open();
            client.SendConnect();
            Assert.AreEqual(answer, client.NextAll());
            Assert.AreEqual(0, bench.Broker.SessionCount);
        }

        // [MQTT5-3.1.2-30] [MQTT5-4.12.0-3] [MQTT5-4.12.0-5] [MQTT5-3.14.0-1] [MQTT5-3.15.1-1]
        [TestMethod]
        [DataRow("C0 00")]
        [DataRow("E0 00")]
        [DataRow("10 11 00 04 4D 51 54 54 05 02 00 00 04 15 00 01 4D 00 01 63")]
        [DataRow("F0 06 19 04 15 00 01 4D")]
        [DataRow("F0 06 18 04 15 00 01 4E")]
        [DataRow("F1 06 18 04 15 00 01 4D")]
        [DataRow("F0 02 18 00")]
        public void NothingElseIsAcceptedBeforeConnack(string packet)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(null, new int[] { Continue, 0 });
            SimClient client = ClientWithMethod(bench, "M");
            Assert.AreEqual("AUTH 18", client.Connect());
            client.SendHex(packet);
            Assert.AreEqual("closed", client.NextAll());
            Assert.AreEqual(0, bench.Broker.SessionCount);
        }

        // [MQTT5-4.12.0-6] [MQTT5-4.12.0-7]
        [TestMethod]
        public void WithoutMethodThereIsNoAuth()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(Bytes.OfText("d"), new int[] { 0 });
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            Assert.AreEqual("CONNACK 00", client.Connect());
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("method"));
            Assert.AreEqual(-1, client.Last.Properties.IndexOf("data"));
            client.Auth(Again, "M", "1");
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());
        }

        // [MQTT5-4.12.0-5] [MQTT5-4.12.1-1]
        [TestMethod]
        public void ClientAuthenticatesAgainWithTheSameMethodWhileItGoesOn()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(Bytes.OfText("d"), new int[] { 0, Continue, 0 });
            SimClient client = ClientWithMethod(bench, "M");
            Assert.AreEqual("CONNACK 00", client.Connect());

            client.Auth(Again, "M", "1");
            Assert.AreEqual("AUTH 18", client.Next());
            client.Publish("a", "x", 1);
            Assert.AreEqual("PUBACK i1 10", client.Next());
            client.Auth(Continue, "M", "2");
            Assert.AreEqual("AUTH 00", client.Next());
            Assert.AreEqual("method=M data=d", client.Last.Properties);

            client.Auth(Again, "N", "1");
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());
        }

        // [MQTT5-4.12.1-2] [MQTT5-3.14.2-1]
        [TestMethod]
        [DataRow(ReasonCode.NotAuthorized, "DISCONNECT 87; closed")]
        [DataRow(ReasonCode.BadUserNameOrPassword, "DISCONNECT 80; closed")]
        public void FailedSecondAuthenticationEndsTheConnection(int code, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(null, new int[] { 0, code });
            SimClient client = ClientWithMethod(bench, "M");
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Auth(Again, "M", "1");
            Assert.AreEqual(answer, client.NextAll());
        }

        // [MQTT5-4.12.0-3]
        [TestMethod]
        public void ContinuationOfNothingIsAProtocolError()
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(null, new int[] { 0 });
            SimClient client = ClientWithMethod(bench, "M");
            Assert.AreEqual("CONNACK 00", client.Connect());
            client.Auth(Continue, "M", "1");
            Assert.AreEqual("DISCONNECT 82; closed", client.NextAll());
        }

        // [MQTT5-3.1.4-2] [MQTT-3.2.2-5] [MQTT-3.2.2-6] [MQTT5-3.2.2-7]
        [TestMethod]
        [DataRow(ProtocolLevel.V311, ReasonCode.NotAuthorized, "CONNACK 05; closed")]
        [DataRow(ProtocolLevel.V311, ReasonCode.BadUserNameOrPassword, "CONNACK 04; closed")]
        [DataRow(ProtocolLevel.V311, ReasonCode.ImplementationSpecificError, "closed")]
        [DataRow(ProtocolLevel.V5, ReasonCode.NotAuthorized, "CONNACK 87; closed")]
        [DataRow(ProtocolLevel.V5, ReasonCode.Banned, "CONNACK 8A; closed")]
        public void ConnectThatIsNotAuthorizedIsRefused(int level, int code, string answer)
        {
            BrokerBench bench = new BrokerBench();
            bench.Authenticator = new ScriptedAuthenticator(null, new int[] { code });
            SimClient client = bench.Client(level, "c");
            client.Open();
            client.SendConnect();
            Assert.AreEqual(answer, client.NextAll());
            Assert.AreEqual(0, bench.Broker.SessionCount);
        }

        private static SimClient ClientWithMethod(BrokerBench bench, string method)
        {
            SimClient client = bench.Client(ProtocolLevel.V5, "c");
            client.Options.Properties = new PropertyList().Text(PropertyId.AuthenticationMethod, method).ToBytes();
            return client;
        }
    }
}
