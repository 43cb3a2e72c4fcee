namespace EdgeBroker.Simulation.Flash
{
    /// <summary>What operations on the simulated flash and its file system answer besides a count of bytes.</summary>
    public static class FlashResult
    {
        /// <summary>Done.</summary>
        public const int Ok = 0;

        /// <summary>There is no file of this name.</summary>
        public const int NotFound = -1;

        /// <summary>No block is left; the file is as it was, or there and empty if it is new.</summary>
        public const int NoSpace = -2;

        /// <summary>
        /// The device reported an error. Whether the operation was done is open, as after a power cut: an error may come after
        /// the bytes that matter are on the flash.
        /// </summary>
        public const int Failed = -3;

        /// <summary>The power is off: nothing more happens until <see cref="FlashDevice.PowerOn"/>.</summary>
        public const int PowerLost = -4;

        /// <summary>What is stored contradicts itself: no file system, or one that is damaged beyond use.</summary>
        public const int Damaged = -5;

        /// <summary>Another file is open for writing, or none is.</summary>
        public const int Refused = -6;
    }
}
