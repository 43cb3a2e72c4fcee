using EdgeBroker.DesktopProgram.Page;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>Who gets an answer from the page.</summary>
    [TestClass]
    public class PageGuardTests
    {
        [TestMethod]
        [DataRow("127.0.0.1:8080")]
        [DataRow("localhost:8080")]
        [DataRow("LocalHost")]
        [DataRow("[::1]:8080")]
        [DataRow("[::1]")]
        public void NamesOfThisMachineAreAnswered(string host)
        {
            Assert.IsTrue(PageGuard.MayRead(host, null, null, false));
            Assert.IsTrue(PageGuard.MayRead(host, "http://" + host, "same-origin", false));
        }

        [TestMethod]
        [DataRow(null)]
        [DataRow("")]
        [DataRow("evil.example:8080")]
        [DataRow("127.0.0.1.evil.example")]
        [DataRow("localhost.evil.example:8080")]
        [DataRow("192.168.1.7:8080")]
        public void OtherNamesAreNot(string? host)
        {
            Assert.IsFalse(PageGuard.MayRead(host, null, null, true));
        }

        [TestMethod]
        [DataRow("http://evil.example", null)]
        [DataRow("null", null)]
        [DataRow("http://localhost:9090", null)]
        [DataRow("https://localhost:8080", null)]
        [DataRow(null, "cross-site")]
        [DataRow(null, "same-site")]
        public void OtherSitesAreNot(string? origin, string? fetchSite)
        {
            Assert.IsFalse(PageGuard.MayRead("localhost:8080", origin, fetchSite, false));
        }

        [TestMethod]
        public void ALinkFromElsewhereMayLeadToThePage()
        {
            Assert.IsTrue(PageGuard.MayRead("localhost:8080", null, "cross-site", true));
        }

        [TestMethod]
        public void ChangesNeedTheToken()
        {
            PageGuard guard = new();
            Assert.IsTrue(guard.MayChange(guard.Token));
            Assert.IsFalse(guard.MayChange(null));
            Assert.IsFalse(guard.MayChange(""));
            Assert.IsFalse(guard.MayChange(new PageGuard().Token));
        }
    }
}
