using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>The gateway's flash: it is there before the power comes and after it went.</summary>
    internal sealed class GatewayFlash
    {
        private const int SecondsOfYear = 31_557_600;
        private const int EarlyS = 60;
        private const double CyclesOfBlock = 100_000;

        // No file of the store has this name.
        private const int FillerName = 999_999;

        private readonly FlashDevice _device;
        private readonly VirtualClock _clock;
        private readonly byte[] _block = new byte[FlashDevice.BlockSize];
        private LittleFs _files;
        private int _used;
        private long _foreignErases;

        /// <summary>Makes a new flash with an empty file system.</summary>
        internal GatewayFlash(VirtualClock clock, int seed)
        {
            _clock = clock;
            _device = new FlashDevice(FlashDevice.BlockCountDefault, seed, clock);
            _files = new LittleFs(_device);
            _files.Format();
            _device.ResetCounts();
        }

        /// <summary>Whether something else has taken all room.</summary>
        internal bool IsFilled { get; private set; }

        /// <summary>How full and how worn it is.</summary>
        internal FlashFigures Figures
        {
            get
            {
                if (_device.IsPowered && _files.CountUsedBlocks(out int count) == FlashResult.Ok)
                {
                    _used = count;
                }

                double erases = _device.EraseCount - _foreignErases;
                double seconds = _clock.NowMs / 1000.0;

                // Half of it: littlefs spreads the wear over the blocks that are free, not evenly.
                double cycles = _device.BlockCount * CyclesOfBlock / 2;
                double years = erases > 0 && seconds > EarlyS ? (cycles - erases) * seconds / erases / SecondsOfYear : 0;
                return new FlashFigures(
                    (double)_used * FlashDevice.BlockSize, (double)_device.BlockCount * FlashDevice.BlockSize, erases, years);
            }
        }

        /// <summary>The power goes or comes.</summary>
        internal void SetPower(bool isOn)
        {
            if (isOn)
            {
                _device.PowerOn();
                _files = new LittleFs(_device);
                _files.Mount();
                if (!IsFilled)
                {
                    Fill(false);
                }
            }
            else
            {
                _device.PowerOff();
            }
        }

        /// <summary>Something else takes all room that is left, or gives it back.</summary>
        internal void Fill(bool isFilled)
        {
            // What others do to the flash says nothing about the broker.
            long before = _device.EraseCount;
            IsFilled = isFilled;
            if (!isFilled)
            {
                _files.Delete(FillerName);
            }

            while (isFilled && _files.Append(FillerName, _block, 0, _block.Length) == FlashResult.Ok)
            {
            }

            _foreignErases += _device.EraseCount - before;
        }

        /// <summary>Every write fails, or none.</summary>
        internal void Fail(bool fails)
        {
            _device.Faults.WriteFailRate = fails ? FlashFaults.RateMax : 0;
        }
    }
}
