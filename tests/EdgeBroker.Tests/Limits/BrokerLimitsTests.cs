using EdgeBroker.Limits;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Tests.Limits
{
    [TestClass]
    public class BrokerLimitsTests
    {
        [TestMethod]
        public void EveryDefaultOfEveryProfileIsInItsRange()
        {
            for (int profile = 0; profile < Profile.Count; profile++)
            {
                BrokerLimits limits = BrokerLimits.ForProfile(profile);
                for (int index = 0; index < LimitTable.Count; index++)
                {
                    string context = LimitTable.Name(index) + " in " + Profile.Name(profile);
                    string text = LimitTable.Default(index, profile);
                    Assert.IsTrue(limits.TrySet(LimitTable.Name(index), text), context);
                    Assert.AreEqual(text, limits.ValueText(index), context);
                }
            }
        }

        [TestMethod]
        public void EveryProfileHoldsTheRelations()
        {
            for (int profile = 0; profile < Profile.Count; profile++)
            {
                Assert.IsNull(BrokerLimits.ForProfile(profile).Check(), Profile.Name(profile));
            }
        }

        [TestMethod]
        public void EveryRowIsComplete()
        {
            for (int index = 0; index < LimitTable.Count; index++)
            {
                string name = LimitTable.Name(index);
                Assert.IsTrue(name.Length > 0, "row " + index);
                Assert.IsTrue(LimitTable.Unit(index).Length > 0, name);
                Assert.IsTrue(LimitTable.Minimum(index) >= 0, name);
                Assert.IsTrue(LimitTable.Maximum(index) > LimitTable.Minimum(index), name);
                Assert.IsTrue(LimitTable.Meaning(index).Length > 0, name);
                Assert.AreEqual(index, LimitTable.IndexOf(name), name);
            }
        }

        [TestMethod]
        public void EverySettingReachesAFieldOfItsOwn()
        {
            for (int index = 0; index < LimitTable.Count; index++)
            {
                BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
                Assert.IsTrue(limits.TrySet(LimitTable.Name(index), OtherValue(index)));
                for (int other = 0; other < LimitTable.Count; other++)
                {
                    string expected = other == index ? OtherValue(index) : LimitTable.Default(other, Profile.Esp32);
                    Assert.AreEqual(expected, limits.ValueText(other), LimitTable.Name(index));
                }
            }
        }

        [TestMethod]
        public void FieldsHoldTheDefaultsOfTheSmallestProfile()
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);

            Assert.AreEqual(12, limits.ConnectionsMax);
            Assert.AreEqual(24, limits.SessionsMax);
            Assert.AreEqual(128, limits.SubscriptionsMax);
            Assert.AreEqual(64, limits.RetainedMax);
            Assert.AreEqual(1024, limits.PacketSizeMax);
            Assert.AreEqual(16, limits.ReceiveMax);
            Assert.AreEqual(4, limits.TopicAliasMax);
            Assert.AreEqual(2, limits.MaximumQoS);
            Assert.IsTrue(limits.RetainAvailable);
            Assert.IsTrue(limits.WildcardAvailable);
            Assert.IsTrue(limits.SharedAvailable);
            Assert.IsTrue(limits.SubscriptionIdsAvailable);
            Assert.AreEqual(65536, limits.SessionQueueBytesMax);
            Assert.AreEqual(16384, limits.QueueBytesMax);
            Assert.AreEqual(131072, limits.StoreBytesMax);
            Assert.AreEqual(16384, limits.BufferBytesMax);
            Assert.AreEqual(1460, limits.ReceiveBufferBytes);
            Assert.AreEqual(2048, limits.OutboxBytesMax);
        }

        [TestMethod]
        public void FieldsHoldTheDefaultTimesAndChoicesOfTheSmallestProfile()
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);

            Assert.AreEqual(0, limits.ServerKeepAliveS);
            Assert.AreEqual(5000, limits.ConnectTimeoutMs);
            Assert.AreEqual(604800, limits.SessionExpiryMaxS);
            Assert.AreEqual(1000, limits.WaitMs);
            Assert.AreEqual(300, limits.HoldMs);
            Assert.AreEqual(1000, limits.CommitIntervalMs);
            Assert.AreEqual(10000, limits.RetainedCommitMs);
            Assert.AreEqual(QueueFullPolicy.RefuseThenDrop, limits.QueueFull);
            Assert.AreEqual(60, limits.QueueFullPatienceS);
            Assert.AreEqual(StoreMode.Safe, limits.Mode);
            Assert.AreEqual(5, limits.FlashLifeYears);
            Assert.AreEqual(60, limits.SysIntervalS);
            Assert.AreEqual("", limits.ServerReference);
        }

        [TestMethod]
        [DataRow("queue-full", "refuse-then-drop", 0)]
        [DataRow("queue-full", "refuse", 1)]
        [DataRow("queue-full", "drop-oldest", 2)]
        [DataRow("queue-full", "end-session", 3)]
        public void QueueFullTakesItsWords(string name, string word, int value)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            Assert.IsTrue(limits.TrySet(name, word));
            Assert.AreEqual(value, limits.QueueFull);
        }

        [TestMethod]
        [DataRow("safe", 0)]
        [DataRow("relaxed", 1)]
        [DataRow("memory", 2)]
        public void ModeTakesItsWords(string word, int value)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            Assert.IsTrue(limits.TrySet("mode", word));
            Assert.AreEqual(value, limits.Mode);
        }

        [TestMethod]
        [DataRow("false", false)]
        [DataRow("0", false)]
        [DataRow("true", true)]
        [DataRow("1", true)]
        public void BooleansTakeWordsAndDigits(string text, bool value)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            limits.SharedAvailable = !value;
            Assert.IsTrue(limits.TrySet("shared-available", text));
            Assert.AreEqual(value, limits.SharedAvailable);
        }

        [TestMethod]
        [DataRow("connections-max", "0", "connections-max: '0' is not 1 to 1000000 count")]
        [DataRow("connections-max", "1000001", "connections-max: '1000001' is not 1 to 1000000 count")]
        [DataRow("connections-max", "", "connections-max: '' is not 1 to 1000000 count")]
        [DataRow("connections-max", "-5", "connections-max: '-5' is not 1 to 1000000 count")]
        [DataRow("connections-max", "+5", "connections-max: '+5' is not 1 to 1000000 count")]
        [DataRow("connections-max", " 5", "connections-max: ' 5' is not 1 to 1000000 count")]
        [DataRow("connections-max", "1e3", "connections-max: '1e3' is not 1 to 1000000 count")]
        [DataRow("store-bytes-max", "2147483648", "store-bytes-max: '2147483648' is not 24576 to 2147483647 bytes")]
        [DataRow("store-bytes-max", "99999999999999999999", "store-bytes-max: '99999999999999999999' is not 24576 to 2147483647 bytes")]
        [DataRow("mode", "1", "mode: '1' is not one of safe/relaxed/memory")]
        [DataRow("mode", "Safe", "mode: 'Safe' is not one of safe/relaxed/memory")]
        [DataRow("retain-available", "2", "retain-available: '2' is not one of false/true")]
        [DataRow("retain-available", "yes", "retain-available: 'yes' is not one of false/true")]
        [DataRow("server-reference", "caf\u00e9", "server-reference: 'caf\u00e9' is not 0 to 128 printable ASCII characters")]
        [DataRow("Connections-Max", "5", "Connections-Max: there is no such setting")]
        [DataRow("", "5", ": there is no such setting")]
        public void WrongValuesChangeNothingAndAreExplained(string name, string value, string message)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            Assert.IsFalse(limits.TrySet(name, value));
            Assert.AreEqual(message, limits.Error);
            for (int index = 0; index < LimitTable.Count; index++)
            {
                Assert.AreEqual(LimitTable.Default(index, Profile.Desktop), limits.ValueText(index));
            }
        }

        [TestMethod]
        public void AGoodValueClearsTheError()
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            Assert.IsFalse(limits.TrySet("wait-ms", "x"));
            Assert.IsTrue(limits.TrySet("wait-ms", "500"));
            Assert.IsNull(limits.Error);
            Assert.AreEqual(500, limits.WaitMs);
        }

        [TestMethod]
        [DataRow("connections-max", "25", "sessions-max is 24 and must be at least 25 (connections-max)")]
        [DataRow("sessions-max", "11", "sessions-max is 11 and must be at least 12 (connections-max)")]
        [DataRow("packet-size-max", "1473", "outbox-bytes-max is 2048 and must be at least 2049 (packet-size-max + 8")]
        [DataRow("receive-max", "121", "outbox-bytes-max is 2048 and must be at least 2056 (packet-size-max + 8")]
        [DataRow("outbox-bytes-max", "1599", "outbox-bytes-max is 1599 and must be at least 1600 (packet-size-max + 8")]
        [DataRow("buffer-bytes-max", "3071", "buffer-bytes-max is 3071 and must be at least 3072 (outbox-bytes-max + packet")]
        [DataRow("session-queue-bytes-max", "1023", "session-queue-bytes-max is 1023 and must be at least 1024 (packet-size-max)")]
        [DataRow("queue-bytes-max", "2047", "queue-bytes-max is 2047 and must be at least 2048 (2 x packet-size-max)")]
        public void BrokenRelationsAreNamed(string name, string value, string message)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
            Assert.IsTrue(limits.TrySet(name, value));
            string problem = limits.Check();
            Assert.IsNotNull(problem);
            Assert.IsTrue(problem.StartsWith(message), problem);
        }

        [TestMethod]
        [DataRow("connections-max", "24")]
        [DataRow("packet-size-max", "1472")]
        [DataRow("receive-max", "120")]
        [DataRow("outbox-bytes-max", "1600")]
        [DataRow("buffer-bytes-max", "3072")]
        [DataRow("session-queue-bytes-max", "16384")]
        [DataRow("queue-bytes-max", "2048")]
        public void RelationsAtTheirEdgeHold(string name, string value)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
            Assert.IsTrue(limits.TrySet(name, value));
            Assert.IsNull(limits.Check());
        }

        [TestMethod]
        public void ALargestPacketDoesNotOverflowTheRelations()
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            Assert.IsTrue(limits.TrySet("packet-size-max", "268435455"));
            Assert.IsTrue(limits.TrySet("receive-max", "65535"));
            Assert.IsTrue(limits.TrySet("outbox-bytes-max", "1073741824"));
            Assert.IsTrue(limits.Check().StartsWith("buffer-bytes-max is 1073741824 and must be at least 1342177279"));
        }

        [TestMethod]
        public void FieldsSetInCodeAreCheckedToo()
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            limits.MaximumQoS = 3;
            Assert.AreEqual("maximum-qos is not 0 to 2 level", limits.Check());
            limits.MaximumQoS = 2;
            limits.ServerReference = null;
            Assert.AreEqual("server-reference is not 0 to 128 printable ASCII characters", limits.Check());
        }

        [TestMethod]
        public void ProfilesAreFoundByName()
        {
            Assert.AreEqual(Profile.Esp32, Profile.IndexOf("esp32"));
            Assert.AreEqual(Profile.Esp32Psram, Profile.IndexOf("esp32-psram"));
            Assert.AreEqual(Profile.Desktop, Profile.IndexOf("desktop"));
            Assert.AreEqual(-1, Profile.IndexOf("Desktop"));
        }

        // A value that no profile has.
        private static string OtherValue(int index)
        {
            if (LimitTable.IsText(index))
            {
                return "other.example:1883";
            }

            string unit = LimitTable.Unit(index);
            if (unit == "false/true")
            {
                return "false";
            }

            if (unit == "level")
            {
                return "1";
            }

            if (LimitTable.IsChoice(index))
            {
                string[] words = unit.Split(new char[] { '/' });
                return words[words.Length - 1];
            }

            return (LimitTable.Maximum(index) - 1).ToString();
        }
    }
}
