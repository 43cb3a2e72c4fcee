using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Running;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Simulate
{
    /// <summary>The gateway's flash: filled, failing, and without power.</summary>
    [TestClass]
    public class GatewayFlashTests
    {
        private const int Large = 5000;

        private readonly GatewayFlash _flash = new(new VirtualClock(), 1, null);
        private readonly byte[] _bytes = new byte[Large];

        [TestMethod]
        public void WhatFillsItTakesBlocksAndGivesThemBack()
        {
            Assert.AreEqual(StorageResult.Ok, _flash.Write(1, _bytes, 0, Large));
            FlashFigures before = _flash.Figures;
            _flash.Fill(true);
            Assert.AreEqual(before.Size, _flash.Figures.Used);
            Assert.AreEqual(before.Erases, _flash.Figures.Erases, "what others wear is not the broker's");
            Assert.AreEqual(StorageResult.Full, _flash.Write(2, _bytes, 0, Large));
            Assert.AreEqual(Large, _flash.Size(1));
            _flash.Fill(false);
            Assert.AreEqual(before.Used, _flash.Figures.Used);
            Assert.AreEqual(StorageResult.Ok, _flash.Write(2, _bytes, 0, Large));
        }

        [TestMethod]
        public void ItIsStillFullAfterAPowerCut()
        {
            _flash.Fill(true);
            _flash.SetPower(false);
            _flash.SetPower(true);
            Assert.AreEqual(StorageResult.Full, _flash.Write(2, _bytes, 0, Large));
            _flash.SetPower(false);
            _flash.Fill(false);
            _flash.SetPower(true);
            Assert.AreEqual(StorageResult.Ok, _flash.Write(2, _bytes, 0, Large));
        }

        [TestMethod]
        public void WhatFillsItGoesOnceItWorksAgain()
        {
            _flash.Fill(true);
            _flash.Fail(true);
            _flash.Fill(false);
            _flash.Fail(false);
            Assert.AreEqual(StorageResult.Ok, _flash.Write(2, _bytes, 0, Large));
        }

        [TestMethod]
        public void ThePowerGoesInsideOfAWriteOnce()
        {
            int lost = 0;
            _flash.PowerLost = () => lost++;
            _flash.CutIn(1, FlashCut.Torn);
            Assert.AreEqual(StorageResult.Failed, _flash.Write(2, _bytes, 0, Large));
            Assert.AreEqual(StorageResult.Failed, _flash.Write(2, _bytes, 0, Large));
            Assert.IsFalse(_flash.IsPowered);
            Assert.AreEqual(1, lost);
            _flash.SetPower(true);
            Assert.AreEqual(StorageResult.Ok, _flash.Write(2, _bytes, 0, Large));
        }

        [TestMethod]
        public void ACutThatDidNotComeIsTakenBack()
        {
            _flash.CutIn(0, FlashCut.Before);
            _flash.SpareCut();
            Assert.AreEqual(StorageResult.Ok, _flash.Write(2, _bytes, 0, Large));
        }
    }
}
