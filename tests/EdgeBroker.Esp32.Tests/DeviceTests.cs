using EdgeBroker.Esp32.Settings;
using EdgeBroker.Limits;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Esp32.Tests
{
    /// <summary>What follows from the chip: names, sockets, when it is time to reboot.</summary>
    [TestClass]
    public class DeviceTests
    {
        [TestMethod]
        public void WhatFailedIsTriedLaterAndLater()
        {
            Retry retry = new Retry();
            retry.Note(false, 1000);
            Assert.IsFalse(retry.IsDue(100000000));
            long nowMs = 1000;
            int[] minutes = { 1, 2, 4, 8, 16, 32, 60, 60 };
            for (int i = 0; i < minutes.Length; i++)
            {
                retry.Note(true, nowMs);
                nowMs += minutes[i] * 60000L;
                Assert.IsFalse(retry.IsDue(nowMs - 1), "too early: " + i.ToString());
                Assert.IsTrue(retry.IsDue(nowMs), "too late: " + i.ToString());
            }

            retry.Note(false, nowMs);
            Assert.IsFalse(retry.IsDue(nowMs + 100000000));
            retry.Note(true, nowMs);
            Assert.IsTrue(retry.IsDue(nowMs + 60000));
        }

        [TestMethod]
        public void NameAndPasswordFollowFromTheAddress()
        {
            byte[] mac = { 0x24, 0x6F, 0x28, 0x01, 0xAB, 0x0C };
            byte[] next = { 0x24, 0x6F, 0x28, 0x01, 0xAB, 0x0D };

            Assert.AreEqual("EdgeBroker-AB0C", DeviceName.Ssid(mac));
            Assert.AreEqual(DeviceName.Password(mac), DeviceName.Password(mac));
            Assert.AreEqual(12, DeviceName.Password(mac).Length);
            Assert.AreNotEqual(DeviceName.Password(mac), DeviceName.Password(next));
        }

        [TestMethod]
        public void PasswordsOfNeighboursShareFewCharacters()
        {
            byte[] mac = { 0x24, 0x6F, 0x28, 0x01, 0xAB, 0 };
            int same = 0;
            string before = DeviceName.Password(mac);
            for (int last = 1; last < 256; last++)
            {
                mac[5] = (byte)last;
                string password = DeviceName.Password(mac);
                for (int i = 0; i < 12; i++)
                {
                    same += password[i] == before[i] ? 1 : 0;
                }

                before = password;
            }

            // One in 32 by chance: 96 of 3,060.
            Assert.IsTrue(same < 160, "the same: " + same);
        }

        [TestMethod]
        [DataRow("ESP32_PSRAM_REV3", 16)]
        [DataRow("ESP32_S3_BLE", 16)]
        [DataRow("ESP32_C3", 8)]
        [DataRow("XIAO_ESP32C3", 8)]
        [DataRow("", 16)]
        public void SocketsFollowFromTheFirmware(string name, int sockets)
        {
            Assert.AreEqual(sockets, SocketBudget.Of(name));
        }

        [TestMethod]
        [DataRow(16, 0, 12, "")]
        [DataRow(16, 1, 12, "")]
        [DataRow(16, 3, 11, "connections-max is 11 instead of 12: the chip has 16 sockets|")]
        [DataRow(8, 0, 6, "connections-max is 6 instead of 12: the chip has 8 sockets|")]
        [DataRow(8, 1, 5, "connections-max is 5 instead of 12: the chip has 8 sockets|")]
        public void ConnectionsAreLoweredToTheSockets(int sockets, int used, int expected, string line)
        {
            TextLog log = new TextLog();
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
            SocketBudget.Fit(limits, sockets, used, log);

            Assert.AreEqual(expected, limits.ConnectionsMax);
            Assert.AreEqual(line, log.Text);
            Assert.IsNull(limits.Check());

            // Listener, one Client to be refused, and what else is used.
            Assert.IsTrue(SocketBudget.HandlesMax(limits) + 1 + used <= sockets, "too many");
        }

        [TestMethod]
        [DataRow("0 1 2", "001")]
        [DataRow("0 1 600000", "000")]
        [DataRow("0 1 599999", "001")]
        [DataRow("0 500000 700000 1000000", "0001")]
        [DataRow("0 1 2 3 4", "00111")]
        public void ThirdFaultInTenMinutesRebootsTheDevice(string timesMs, string expected)
        {
            FaultCount faults = new FaultCount();
            string answers = "";
            string[] times = timesMs.Split(new char[] { ' ' });
            for (int i = 0; i < times.Length; i++)
            {
                answers += faults.Add(int.Parse(times[i])) ? "1" : "0";
            }

            Assert.AreEqual(expected, answers);
        }
    }
}
