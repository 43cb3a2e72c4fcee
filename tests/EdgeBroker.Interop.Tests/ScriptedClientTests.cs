using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>Scenarios that the scripts in <c>clients</c> play with client libraries of others.</summary>
    [TestClass]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public class ScriptedClientTests
    {
        private const string Paho = "Paho";

        [TestMethod]
        [DataRow(Paho, "3.1.1", "round_trip")]
        [DataRow(Paho, "3.1.1", "retained")]
        [DataRow(Paho, "3.1.1", "will")]
        [DataRow(Paho, "3.1.1", "durable")]
        [DataRow(Paho, "5.0", "round_trip")]
        [DataRow(Paho, "5.0", "retained")]
        [DataRow(Paho, "5.0", "will")]
        [DataRow(Paho, "5.0", "durable")]
        [DataRow(Paho, "5.0", "shared")]
        [DataRow(Paho, "5.0", "user_properties")]
        [DataRow("MQTT.js", "3.1.1", "round_trip")]
        [DataRow("MQTT.js", "3.1.1", "retained")]
        [DataRow("MQTT.js", "3.1.1", "will")]
        [DataRow("MQTT.js", "3.1.1", "durable")]
        [DataRow("MQTT.js", "5.0", "round_trip")]
        [DataRow("MQTT.js", "5.0", "retained")]
        [DataRow("MQTT.js", "5.0", "will")]
        [DataRow("MQTT.js", "5.0", "durable")]
        [DataRow("MQTT.js", "5.0", "shared")]
        [DataRow("MQTT.js", "5.0", "user_properties")]
        public void ScenarioHolds(string library, string version, string scenario)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            using RunningProgram client = Start(library, port, version, scenario);
            int exitCode = client.WaitForExit();
            Assert.AreEqual(0, exitCode, $"{client.Error}\nThe broker's log:\n{broker.Error}");
            Assert.AreEqual("done", client.Output);
        }

        [TestMethod]
        [DataRow(Paho)]
        [DataRow("MQTT.js")]
        public void ClientIsToldThatTheServerShutsDown(string library)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port);
            using RunningProgram client = Start(library, port, "5.0", "shutdown");
            client.WaitForOutput("ready");
            broker.Terminate();
            int exitCode = client.WaitForExit();
            Assert.AreEqual(0, exitCode, $"{client.Error}\nThe broker's log:\n{broker.Error}");
            Assert.AreEqual(0, broker.WaitForExit());
        }

        private static RunningProgram Start(string library, int port, string version, string scenario)
        {
            return library == Paho
                ? ClientPrograms.StartPaho(port.ToString(), version, scenario)
                : ClientPrograms.StartMqttJs(port.ToString(), version, scenario);
        }
    }
}
