namespace EdgeBroker.Soak.Tests
{
    /// <summary>What the machine does wrong.</summary>
    internal enum Fault
    {
        /// <summary>No write or erase succeeds.</summary>
        StorageFails,

        /// <summary>Some writes and erases fail.</summary>
        WritesStumble,

        /// <summary>Some reads fail.</summary>
        ReadsStumble,

        /// <summary>Something else on the device has taken all of the flash.</summary>
        StorageFull,

        /// <summary>Erases take long.</summary>
        SlowErases,

        /// <summary>Nobody can be accepted.</summary>
        AcceptFails,

        /// <summary>The free heap is low.</summary>
        HeapLow,

        /// <summary>The network moves a few bytes at a time.</summary>
        SmallPieces,

        /// <summary>The broker finds that it was not called for a while.</summary>
        Jump,

        /// <summary>The power goes.</summary>
        Cut,

        /// <summary>The power goes in a write or erase.</summary>
        CutInside,

        /// <summary>Allocations fail.</summary>
        Memory,

        /// <summary>A connection breaks in the middle of a call.</summary>
        Break,

        /// <summary>The gateway is updated: it stops in order and starts again.</summary>
        Update,
    }
}
