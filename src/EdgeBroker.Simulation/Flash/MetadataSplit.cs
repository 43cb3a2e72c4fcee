namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// Where a metadata log that has become too large is split. An id counts what a pair holds: the superblock, where there is
    /// one, is 0, then come the files.
    /// </summary>
    internal static class MetadataSplit
    {
        /// <summary>The most files in a pair: an index is one byte, and the last value is kept free.</summary>
        public const int FilesMax = 254;

        // A half block, so that a log that was just compacted has room for commits.
        private const int SizeMax = FlashDevice.BlockSize / 2;

        /// <summary>The id of the first file of a pair.</summary>
        public static int FirstFileId(MetadataPair pair)
        {
            return pair.HasSuperblock ? 1 : 0;
        }

        /// <summary>Bytes that a range of ids takes in a compacted log.</summary>
        public static int SizeOf(MetadataPair pair, int begin, int end)
        {
            int firstFile = FirstFileId(pair);
            int size = 0;
            for (int id = begin; id < end; id++)
            {
                size += id < firstFile ? MetadataLog.SuperblockSize : MetadataLog.FileSize(pair, id - firstFile);
            }

            return size;
        }

        /// <summary>The id from which on a pair goes into another; 0 if all may stay.</summary>
        /// <param name="pair">The pair.</param>
        /// <param name="end">Behind the last id that is still in it.</param>
        /// <remarks>By halving, so that both get room; a single file is never split.</remarks>
        public static int SplitId(MetadataPair pair, int end)
        {
            int split = 0;
            while (end - split > 1 && (end - split > FilesMax || SizeOf(pair, split, end) > SizeMax))
            {
                split += (end - split) / 2;
            }

            return split;
        }
    }
}
