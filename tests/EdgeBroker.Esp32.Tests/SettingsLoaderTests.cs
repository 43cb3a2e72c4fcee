using System.Text;
using EdgeBroker.Esp32.Settings;
using EdgeBroker.Limits;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Esp32.Tests
{
    /// <summary>What the device makes of a file of settings. Whatever it says, the device comes up.</summary>
    [TestClass]
    public class SettingsLoaderTests
    {
        [TestMethod]
        public void EmptyFileMeansTheDefaults()
        {
            TextLog log = new TextLog();
            DeviceSettings settings = Load("{}", log);

            Assert.AreEqual("", log.Text);
            Assert.IsTrue(settings.IsAccessPoint);
            Assert.IsNull(settings.Ssid);
            Assert.AreEqual(1883, settings.Port);
            Assert.AreEqual(BrokerLimits.ForProfile(Profile.Esp32).SessionsMax, settings.Limits.SessionsMax);
        }

        [TestMethod]
        public void NameOfANetworkMeansToJoinIt()
        {
            TextLog log = new TextLog();
            DeviceSettings settings = Load("{'wifi-ssid':'home','wifi-password':'12345678','port':1884,'wait-ms':500}", log);

            Assert.AreEqual("", log.Text);
            Assert.IsFalse(settings.IsAccessPoint);
            Assert.AreEqual("home", settings.Ssid);
            Assert.AreEqual("12345678", settings.Password);
            Assert.AreEqual(1884, settings.Port);
            Assert.AreEqual(500, settings.Limits.WaitMs);
        }

        [TestMethod]
        public void AccessPointTakesTheNameGiven()
        {
            DeviceSettings settings = Load("{'wifi-mode':'access-point','wifi-ssid':'field'}", new TextLog());

            Assert.IsTrue(settings.IsAccessPoint);
            Assert.AreEqual("field", settings.Ssid);
            Assert.IsNull(settings.Password);
        }

        [TestMethod]
        [DataRow("esp32", Profile.Esp32)]
        [DataRow("esp32-psram", Profile.Esp32Psram)]
        public void ProfileIsChosenWhereverItStands(string name, int profile)
        {
            DeviceSettings settings = Load("{'wait-ms':500,'profile':'" + name + "'}", new TextLog());

            Assert.AreEqual(BrokerLimits.ForProfile(profile).SessionsMax, settings.Limits.SessionsMax);
            Assert.AreEqual(500, settings.Limits.WaitMs);
        }

        [TestMethod]
        [DataRow("{'port':0}", "f line 1: port is not 1 to 65535; the default is used|")]
        [DataRow("{'port':65536}", "f line 1: port is not 1 to 65535; the default is used|")]
        [DataRow("{'port':'x'}", "f line 1: port is not 1 to 65535; the default is used|")]
        [DataRow("{'port':99999999999999999999}", "f line 1: port is not 1 to 65535; the default is used|")]
        [DataRow("{'nothing':1}", "f line 1: nothing: there is no such setting; the default is used|")]
        [DataRow("{\n'wait-ms':'x'}", "f line 2: wait-ms: 'x' is not 0 to 60000 ms; the default is used|")]
        [DataRow("{'wifi-mode':'x'}", "f line 1: wifi-mode is not one of station/access-point; the default is used|"
            + "f: wifi-mode station needs wifi-ssid; an access point is made instead|")]
        [DataRow("{'wifi-mode':'station'}", "f: wifi-mode station needs wifi-ssid; an access point is made instead|")]
        [DataRow("{'wifi-ssid':''}", "f line 1: wifi-ssid is not 1 to 31 bytes; the default is used|")]
        [DataRow("{'wifi-ssid':'\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC\u00FC'}", "f line 1: wifi-ssid is not 1 to 31 bytes; the default is used|")]
        [DataRow("{'wifi-password':'1234567'}", "f line 1: wifi-password is not 8 to 63 bytes, nor empty; the default is used|")]
        [DataRow("{'wifi-ssid':'home','wifi-password':'1234567'}",
            "f line 1: wifi-password is not 8 to 63 bytes, nor empty; the default is used|"
            + "f: home can't be joined without its wifi-password; an access point is made instead|")]
        [DataRow("{'wifi-password':''}", "f: an access point has a password; one is made|")]
        [DataRow("{'profile':'desktop'}", "f line 1: profile is not one of esp32/esp32-psram; esp32 is used|")]
        [DataRow("{'a':1", "f line 1: expected ',' or '}'; it is not used|")]
        public void WhatIsWrongIsSaidAndTheDefaultTaken(string file, string expected)
        {
            TextLog log = new TextLog();
            DeviceSettings settings = Load(file, log);

            Assert.AreEqual(expected, log.Text);
            Assert.AreEqual(1883, settings.Port);
            Assert.IsNull(settings.Limits.Check());
            Assert.IsTrue(settings.IsAccessPoint);
            Assert.IsNull(settings.Ssid);
            Assert.IsNull(settings.Password);
        }

        [TestMethod]
        public void EverySettingCanStandInOneFile()
        {
            string file = "{'wifi-mode':'station','wifi-ssid':'home','wifi-password':'12345678','port':1884,'profile':'esp32'";
            for (int index = 0; index < LimitTable.Count; index++)
            {
                file += ",'" + LimitTable.Name(index) + "':'" + LimitTable.Default(index, Profile.Esp32) + "'";
            }

            TextLog log = new TextLog();
            Load(file + "}", log);

            Assert.AreEqual("", log.Text);
            Assert.IsTrue(file.Length < 4096, "more than the application reads");
        }

        [TestMethod]
        public void BoundsThatDoNotFitEachOtherAreAllDefaults()
        {
            TextLog log = new TextLog();
            DeviceSettings settings = Load("{'packet-size-max':8000,'wait-ms':500}", log);

            Assert.IsTrue(log.Text.IndexOf("outbox-bytes-max") > 0, log.Text);
            Assert.IsTrue(log.Text.IndexOf("the defaults of esp32 are used for all bounds|") > 0, log.Text);
            Assert.AreEqual(1000, settings.Limits.WaitMs);
            Assert.IsNull(settings.Limits.Check());
        }

        private static DeviceSettings Load(string file, TextLog log)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(file);
            for (int i = 0; i < bytes.Length; i++)
            {
                if (bytes[i] == '\'')
                {
                    bytes[i] = (byte)'"';
                }
            }

            return new SettingsLoader(log, "f").Load(bytes, bytes.Length, Profile.Esp32);
        }
    }
}
