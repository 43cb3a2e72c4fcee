using System;
using System.Globalization;
using EdgeBroker.DesktopProgram.Simulate.Checks;
using EdgeBroker.DesktopProgram.Simulate.Devices;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>
    /// Cuts the gateway's power and gives it back. Chance decides where a cut falls: between two turns of the broker, or before,
    /// inside or after one of its next writes to the flash.
    /// </summary>
    internal sealed class PowerSwitch
    {
        private const int OperationsMax = 4;
        private const int Places = 3;

        private readonly Gateway _gateway;
        private readonly Radio _radio;
        private readonly Ledger _ledger;
        private readonly VirtualClock _clock;
        private readonly Random _random;

        /// <summary>Makes it, off.</summary>
        internal PowerSwitch(Gateway gateway, Radio radio, Ledger ledger, VirtualClock clock, int seed)
        {
            _gateway = gateway;
            _radio = radio;
            _ledger = ledger;
            _clock = clock;
            _random = new Random(seed);
        }

        /// <summary>When a cut that waits for a write comes at the latest, in milliseconds.</summary>
        internal long DueMs { get; private set; } = long.MaxValue;

        /// <summary>The power comes, or stays if it has not gone yet.</summary>
        /// <returns>Whether it was gone.</returns>
        /// <exception cref="StartException">The port can't be used.</exception>
        internal bool On()
        {
            DueMs = long.MaxValue;
            _gateway.Flash.SpareCut();
            if (_gateway.IsPowered)
            {
                return false;
            }

            _gateway.PowerOn();
            _radio.HasGateway = true;
            return true;
        }

        /// <summary>The power goes, now or with one of the next writes.</summary>
        /// <param name="withinMs">How long to wait for a write, in milliseconds: then it goes without one.</param>
        /// <returns>What happens, in words.</returns>
        internal string Cut(long withinMs)
        {
            if (_random.Next(2) == 0)
            {
                Off();
                return "the power is cut";
            }

            _gateway.Flash.CutIn(_random.Next(OperationsMax), (FlashCut)_random.Next(Places));
            DueMs = _clock.NowMs + withinMs;
            return string.Create(
                CultureInfo.InvariantCulture, $"the power goes with a write to the flash, in {withinMs / 1000} s at the latest");
        }

        /// <summary>Notes that the power went, or lets it go if it is time.</summary>
        /// <returns>Whether it has gone.</returns>
        internal bool Act()
        {
            bool isLost = _gateway.IsPowered && (!_gateway.Flash.IsPowered || _clock.NowMs >= DueMs);
            if (isLost)
            {
                Off();
            }

            return isLost;
        }

        private void Off()
        {
            DueMs = long.MaxValue;
            _ledger.PowerCut(_clock.NowMs, _ledger.LossWindowMs);
            _radio.HasGateway = false;
            _gateway.CutPower();
        }
    }
}
