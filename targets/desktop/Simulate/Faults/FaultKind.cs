namespace EdgeBroker.DesktopProgram.Simulate.Faults
{
    /// <summary>What can be done to a gateway.</summary>
    internal enum FaultKind
    {
        /// <summary>The power is gone, in the middle of whatever it was doing.</summary>
        CutPower,

        /// <summary>The radio is gone: nothing arrives at either end, and nobody is told.</summary>
        DropWifi,

        /// <summary>The flash is full.</summary>
        FillFlash,

        /// <summary>Every write to the flash fails.</summary>
        FailFlash,

        /// <summary>Something else on the device takes most of the heap.</summary>
        SqueezeHeap,

        /// <summary>A subscriber stops to read.</summary>
        StallSubscriber,

        /// <summary>Many Clients come at once.</summary>
        Crowd,

        /// <summary>The gateway stood still: ten minutes have passed between two ticks.</summary>
        ClockJump,
    }
}
