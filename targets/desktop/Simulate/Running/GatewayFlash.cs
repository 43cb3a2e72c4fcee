using System;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>The gateway's flash, which is there before the power comes and after it went, as the broker's storage.</summary>
    internal sealed class GatewayFlash : IStorage, IWearSource
    {
        private const int SecondsOfYear = 31_557_600;
        private const int EarlyS = 60;
        private const double CyclesOfBlock = 100_000;

        private readonly FlashDevice _device;
        private readonly VirtualClock _clock;
        private FlashStorage _files;
        private bool _isFull;
        private bool _wasPowered = true;
        private long _foreignErases;
        private int _used;

        /// <summary>Makes a flash: a new one with an empty file system, or the one of a folder.</summary>
        internal GatewayFlash(VirtualClock clock, int seed, FlashFolder? folder)
        {
            _clock = clock;
            _device = new FlashDevice(FlashDevice.BlockCountDefault, seed, clock);
            folder?.Load(_device);
            _files = new FlashStorage(_device);
            if (_files.WasFormatted)
            {
                _device.ResetCounts();
            }
        }

        /// <summary>Hears that the power went in the middle of an operation. Called in that operation.</summary>
        internal Action? PowerLost { get; set; }

        /// <inheritdoc/>
        public bool PrefersAppend => _files.PrefersAppend;

        /// <inheritdoc/>
        public long Erases => _device.EraseCount - _foreignErases;

        /// <inheritdoc/>
        public long BytesProgrammed => _files.BytesProgrammed;

        /// <inheritdoc/>
        public int Blocks => _files.Blocks;

        /// <inheritdoc/>
        public int MostWornErases => _files.MostWornErases;

        /// <summary>Whether it has power.</summary>
        internal bool IsPowered => _device.IsPowered;

        /// <summary>How full and how worn it is.</summary>
        internal FlashFigures Figures
        {
            get
            {
                int count = _device.IsPowered ? _files.CountUsedBlocks() : -1;
                _used = count >= 0 ? count : _used;
                double size = (double)_device.BlockCount * FlashDevice.BlockSize;
                double erases = Erases;
                double seconds = _clock.NowMs / 1000.0;

                // Half of it: littlefs spreads the wear over the blocks that are free, not evenly.
                double cycles = _device.BlockCount * CyclesOfBlock / 2;
                double years = erases > 0 && seconds > EarlyS ? (cycles - erases) * seconds / erases / SecondsOfYear : 0;
                return new FlashFigures((double)_used * FlashDevice.BlockSize, size, erases, MostWornErases, years);
            }
        }

        /// <summary>From here on a folder keeps what is on it.</summary>
        internal void KeepIn(FlashFolder folder)
        {
            folder.Follow(_device);
        }

        /// <summary>The power goes or comes.</summary>
        internal void SetPower(bool isOn)
        {
            _wasPowered = isOn;
            if (isOn)
            {
                _device.PowerOn();
                _files = new FlashStorage(_device);
                Fit();
            }
            else
            {
                _device.Faults.SpareCut();
                _device.PowerOff();
            }
        }

        /// <summary>The power goes in the middle of one of the next operations, if there is any.</summary>
        /// <param name="operation">In which of them: 0 is the next.</param>
        /// <param name="cut">Where in it.</param>
        internal void CutIn(int operation, FlashCut cut)
        {
            _device.Faults.CutAt(_device.OperationCount + operation, cut);
        }

        /// <summary>Takes back a <see cref="CutIn"/> that has not come.</summary>
        internal void SpareCut()
        {
            _device.Faults.SpareCut();
        }

        /// <summary>Something else takes all room that is free, or gives it back.</summary>
        internal void Fill(bool isFull)
        {
            _isFull = isFull;
            Fit();
        }

        /// <summary>Every write fails, or none.</summary>
        internal void Fail(bool fails)
        {
            _device.Faults.WriteFailRate = fails ? FlashFaults.RateMax : 0;
            Fit();
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            return _files.List(files);
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            return _files.Size(file);
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            return _files.Read(file, position, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            return Checked(_files.Write(file, buffer, offset, count));
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            return Checked(_files.BeginWrite(file, size));
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            return Checked(_files.WritePart(buffer, offset, count));
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            return Checked(_files.EndWrite());
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            _files.AbandonWrite();
            Checked(StorageResult.Ok);
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            return Checked(_files.Append(file, buffer, offset, count));
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            return Checked(_files.Delete(file));
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            return Checked(_files.SetAside());
        }

        // What something else takes or gives back, as soon as the flash lets it. Its erases are not the broker's to save.
        private void Fit()
        {
            if (_device.IsPowered)
            {
                long before = _device.EraseCount;
                int result = _isFull ? _files.Fill() : _files.Empty();
                _foreignErases += _device.EraseCount - before;
                Checked(result);
            }
        }

        private int Checked(int result)
        {
            if (_wasPowered && !_device.IsPowered)
            {
                _wasPowered = false;
                PowerLost?.Invoke();
            }

            return result;
        }
    }
}
