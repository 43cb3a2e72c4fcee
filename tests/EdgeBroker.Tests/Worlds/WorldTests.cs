#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Worlds
{
    /// <summary>
    /// Whole worlds by seed. To see a failure again, run its seed alone; to look for new ones, run a longer range.
    /// </summary>
    [TestClass]
    public class WorldTests
    {
        // [MQTT-4.1.0-1] [MQTT-4.1.0-2] [MQTT5-4.1.0-1] [MQTT-4.5.0-1] [MQTT5-4.5.0-1] [MQTT-4.6.0-5] [MQTT-4.6.0-6] [MQTT5-4.6.0-6]
        [TestMethod]
        [DataRow(1, 24)]
        public void NothingIsLostDoubledOrOutOfOrder(int first, int last)
        {
            for (int seed = first; seed <= last; seed++)
            {
                string failure = new World(seed).Run();
                Assert.IsNull(failure, failure);
            }
        }
    }
}
