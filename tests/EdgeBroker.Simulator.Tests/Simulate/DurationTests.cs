using EdgeBroker.DesktopProgram;
using EdgeBroker.DesktopProgram.Simulate;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary>Times as people write them.</summary>
    [TestClass]
    public class DurationTests
    {
        [TestMethod]
        [DataRow("90s", 90_000)]
        [DataRow("10m", 600_000)]
        [DataRow("1.5h", 5_400_000)]
        [DataRow("2d", 172_800_000)]
        public void TimesAreRead(string text, long milliseconds)
        {
            Assert.AreEqual(milliseconds, Duration.Parse(text));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("10")]
        [DataRow("m")]
        [DataRow("-1m")]
        [DataRow("0s")]
        [DataRow("400d")]
        [DataRow("1e9d")]
        public void NonsenseIsTold(string text)
        {
            Assert.ThrowsExactly<UsageException>(() => Duration.Parse(text));
        }

        [TestMethod]
        public void TimesAreWritten()
        {
            Assert.AreEqual("0:00:00", Duration.Text(999));
            Assert.AreEqual("25:01:01", Duration.Text(90_061_000));
        }
    }
}
