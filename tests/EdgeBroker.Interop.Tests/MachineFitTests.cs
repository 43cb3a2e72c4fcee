using System;
using System.Collections.Generic;
using EdgeBroker.DesktopProgram;
using EdgeBroker.Limits;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>Bounds that the machine can't hold are lowered, with a line that says so, and fit together after that.</summary>
    [TestClass]
    public class MachineFitTests
    {
        private readonly List<string> _lines = [];

        [TestMethod]
        [DataRow(48 << 20, 16 << 20)]
        [DataRow(1 << 20, 2 << 20)]
        public void QueuesTakeAThirdOfTheMemory(int available, int bytes)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            MachineFit.FitMemory(limits, available, MakeLog());
            Assert.AreEqual(bytes, limits.QueueBytesMax);
            Assert.AreEqual($"warning queue-bytes-max is {bytes}: the process may have no more memory", _lines[0][25..]);
            Assert.IsNull(limits.Check());
        }

        [TestMethod]
        [DataRow(2L << 20, 1835008)]
        [DataRow(0L, 24576)]
        public void StoreLeavesAPartOfTheDisk(long available, int bytes)
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
            MachineFit.FitDisk(limits, available, MakeLog());
            Assert.AreEqual(bytes, limits.StoreBytesMax);
            Assert.AreEqual($"warning store-bytes-max is {bytes}: the disk has no more room", _lines[0][25..]);
            Assert.IsNull(limits.Check());
        }

        [TestMethod]
        public void WhatFitsIsLeftAsItIs()
        {
            BrokerLimits limits = BrokerLimits.ForProfile(Profile.Esp32);
            MachineFit.FitMemory(limits, 1 << 20, MakeLog());
            MachineFit.FitDisk(limits, 1 << 20, MakeLog());
            MachineFit.FitConnections(limits, limits.ConnectionsMax, MakeLog());
            Assert.IsEmpty(_lines);
            Assert.AreEqual(BrokerLimits.ForProfile(Profile.Esp32).QueueBytesMax, limits.QueueBytesMax);
            Assert.AreEqual(BrokerLimits.ForProfile(Profile.Esp32).StoreBytesMax, limits.StoreBytesMax);
        }

        private Log MakeLog() => new(_lines.Add, LogLevel.Info, TimeProvider.System);
    }
}
