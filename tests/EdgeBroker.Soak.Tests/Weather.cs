using System;
using EdgeBroker.DeviceProfile.Tests.Faults;
using EdgeBroker.PowerLoss.Tests;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>What the machine under the broker does wrong, as chance has it: for a while, or in a moment.</summary>
    internal sealed class Weather
    {
        private const int EveryS = 15;

        private static readonly Fault[] s_all = Enum.GetValues<Fault>();
        private static readonly FlashCut[] s_cuts = Enum.GetValues<FlashCut>();

        private readonly Soak _soak;
        private readonly Prng _prng;
        private readonly long[] _until = new long[s_all.Length];

        internal Weather(Soak soak)
        {
            _soak = soak;
            _prng = soak.Prng;
        }

        /// <summary>Whether something that lasts goes wrong.</summary>
        internal bool IsOn(Fault fault) => _until[(int)fault] > 0;

        /// <summary>A second passes.</summary>
        internal void Live()
        {
            foreach (Fault fault in s_all)
            {
                if (IsOn(fault) && _soak.Lived >= _until[(int)fault])
                {
                    Stop(fault);
                }
            }

            if (_prng.OneIn(EveryS))
            {
                Fault fault = s_all[_prng.Below(s_all.Length)];
                bool isPossible = _soak.Bench.Flash != null || fault > Fault.SlowErases;
                if (!IsOn(fault) && isPossible && (_soak.Bench.Flash != null || fault != Fault.CutInside))
                {
                    _soak.Count("fault " + fault);
                    _soak.Trace(null, "fault " + fault);
                    Start(fault);
                }
            }
        }

        /// <summary>Nothing goes wrong any more.</summary>
        internal void Calm()
        {
            AllocationFault.Left = -1;
            Array.ForEach(s_all, Stop);
            _soak.Bench.Flash?.Faults.Clear();
        }

        private void Last(Fault fault, int seconds)
        {
            _until[(int)fault] = _soak.Lived + 1 + _prng.Below(seconds);
        }

        private void Start(Fault fault)
        {
            FlashDevice flash = _soak.Bench.Flash;
            switch (fault)
            {
                case Fault.StorageFails:
                    flash.Faults.WriteFailRate = FlashFaults.RateMax;
                    Last(fault, _prng.OneIn(3) ? 60 : 4);
                    break;
                case Fault.WritesStumble:
                    flash.Faults.WriteFailRate = FlashFaults.RateMax / (20 + _prng.Below(300));
                    Last(fault, 60);
                    break;
                case Fault.ReadsStumble:
                    flash.Faults.ReadFailRate = FlashFaults.RateMax / (100 + _prng.Below(1000));
                    Last(fault, 20);
                    break;
                case Fault.StorageFull:
                    _soak.Bench.Storage.Fill();
                    Last(fault, 60);
                    break;
                case Fault.SlowErases:
                    flash.Faults.EraseMs = 45;
                    flash.Faults.SlowEraseMs = 400;
                    flash.Faults.SlowEraseInterval = 1 + _prng.Below(20);
                    Last(fault, 120);
                    break;
                case Fault.AcceptFails:
                    _soak.Network.AcceptFails = true;
                    Last(fault, 20);
                    break;
                case Fault.HeapLow:
                    _soak.Status.HeapFreeBytes = _prng.Below(_soak.Bench.Limits.HeapFreeMinBytes * 3 / 2);
                    Last(fault, 60);
                    break;
                case Fault.SmallPieces:
                    _soak.Bench.Network.ReceiveSizeMax = 1 + _prng.Below(40);
                    _soak.Bench.Network.SendSizeMax = 1 + _prng.Below(40);
                    Last(fault, 20);
                    break;
                default:
                    Strike(fault);
                    break;
            }
        }

        private void Stop(Fault fault)
        {
            FlashDevice flash = _soak.Bench.Flash;
            _until[(int)fault] = 0;
            switch (fault)
            {
                case Fault.StorageFails or Fault.WritesStumble when flash != null:
                    flash.Faults.WriteFailRate = 0;
                    break;
                case Fault.ReadsStumble when flash != null:
                    flash.Faults.ReadFailRate = 0;
                    break;
                case Fault.StorageFull when flash != null:
                    // If that fails it is tried again.
                    _until[(int)fault] = _soak.Bench.Storage.Empty() == 0 ? 0 : _soak.Lived;
                    break;
                case Fault.SlowErases when flash != null:
                    flash.Faults.EraseMs = 0;
                    flash.Faults.SlowEraseMs = 0;
                    break;
                case Fault.AcceptFails:
                    _soak.Network.AcceptFails = false;
                    break;
                case Fault.HeapLow:
                    _soak.Status.HeapFreeBytes = SoakStatus.Plenty;
                    break;
                case Fault.SmallPieces:
                    _soak.Bench.Network.ReceiveSizeMax = int.MaxValue;
                    _soak.Bench.Network.SendSizeMax = int.MaxValue;
                    break;
            }
        }

        private void Strike(Fault fault)
        {
            switch (fault)
            {
                case Fault.Jump:
                    _soak.JumpedMs = _soak.NowMs;
                    _soak.Bench.Clock.Advance(_prng.OneIn(4) ? _prng.Below(1800000) : _prng.Below(30000));
                    break;
                case Fault.Cut:
                    Stop(Fault.ReadsStumble);
                    _soak.Bench.CutPower();
                    break;
                case Fault.CutInside:
                    Stop(Fault.ReadsStumble);
                    FlashDevice flash = _soak.Bench.Flash;
                    flash.Faults.CutAt(flash.OperationCount + _prng.Below(40), s_cuts[_prng.Below(s_cuts.Length)]);
                    break;
                case Fault.Memory:
                    AllocationFault.Failing = _prng.OneIn(4) ? 1000 : 1 + _prng.Below(4);
                    AllocationFault.Left = _prng.Below(200);
                    break;
                case Fault.Break:
                    _soak.BreakOne();
                    break;
                case Fault.Update:
                    _soak.Update();
                    break;
            }
        }
    }
}
