using System;
using EdgeBroker.Soak.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>Proves the soak: rules of the overload ladder are taken out of the broker, one at a time, and it has to notice.</summary>
    [TestClass]
    public class SoakSabotageTests
    {
        private const int Clients = 1000;
        private const int Seconds = 500;
        private const int Seeds = 4;

        private const string Silent = "got no answer to CONNECT";
        private const string Code = "with a code that it does not deserve";
        private const string NotTold = "was not told why";

        // Memory that leaks is missed when what is left is counted, or by who comes when the pressure is over.
        private const string Leaks = "Messages.Count is|Buffers.BytesInUse is|is never answered|is not served within";
        private const string Stays = "was closed without a word";

        [TestMethod]
        [DataRow("Delivery.ReplySender.Refuse", "ReplySender.SendLastConnack", 1, Silent)]
        [DataRow("Delivery.ReplySender.SendDisconnect", "ReplySender.SendLast", 1, Stays)]
        [DataRow("Connections.ConnectionCloser.Disconnect", "ReplySender.Redirect", 0x93, Code)]
        [DataRow("Delivery.SessionQueue.Release", "MessagePool.Release", 0, Leaks)]
        [DataRow("Connections.ConnectionCloser.ReleaseTail", "BufferPool.Give", 0, Leaks)]
        [DataRow("Delivery.OverloadText.For", null, 0, NotTold)]
        public void IsNoticed(string method, string? call, int answer, string violation)
        {
            string assembly = method.StartsWith("Delivery.OverloadText", StringComparison.Ordinal) ? "EdgeBroker.Foundation" : "EdgeBroker.Core";
            using SabotagedCopy copy = new(new Patch(assembly, "EdgeBroker." + method, answer) { Call = call });
            string? failure = null;
            for (int seed = 1; seed <= Seeds && failure == null; seed++)
            {
                failure = copy.Run(typeof(SoakRun), nameof(SoakRun.Check), seed, Clients, Seconds)?.Message;
            }

            Assert.IsNotNull(failure, "nothing was noticed");
            Assert.IsTrue(Array.Exists(violation.Split('|'), text => failure.Contains(text, StringComparison.Ordinal)), failure);
        }
    }
}
