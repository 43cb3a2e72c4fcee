namespace EdgeBroker.Store
{
    /// <summary>What writing has cost the medium. A storage on flash offers it besides <see cref="IStorage"/>.</summary>
    public interface IWearSource
    {
        /// <summary>
        /// Erases of blocks. They may count from the start of the program or from when the medium was new: what has meaning is the
        /// difference between two readings. -1 if it is not known.
        /// </summary>
        long Erases { get; }

        /// <summary>Bytes programmed, counted from when erases are. -1 if it is not known.</summary>
        long BytesProgrammed { get; }

        /// <summary>The blocks that the erases are spread over, unevenly. 0 if it is not known.</summary>
        int Blocks { get; }

        /// <summary>
        /// Erases of the most worn block since the medium was new: that one ends its life first, and has several times the average.
        /// -1 if it is not known.
        /// </summary>
        int MostWornErases { get; }
    }
}
