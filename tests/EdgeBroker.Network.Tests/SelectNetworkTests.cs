using EdgeBroker.Desktop;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Network.Tests
{
    [TestClass]
    public sealed class SelectNetworkTests : DesktopNetworkContract
    {
        private protected override DesktopNetwork Bind(string address, int port, int handlesMax)
        {
            return new SelectNetwork(address, port, handlesMax);
        }
    }
}
