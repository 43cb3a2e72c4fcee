namespace EdgeBroker.Simulation.Flash
{
    /// <summary>What an entry of a metadata log says: the first byte of its header.</summary>
    internal static class MetadataKind
    {
        /// <summary>The file system starts here; only in the first pairs.</summary>
        public const byte Superblock = 1;

        /// <summary>A file is put in at an index; those at and behind it move up.</summary>
        public const byte Create = 2;

        /// <summary>A file's content, in the entry itself.</summary>
        public const byte Inline = 3;

        /// <summary>A file's content is in a chain of blocks: its last block, and its size.</summary>
        public const byte Chain = 4;

        /// <summary>The file at an index is taken out; those behind it move down.</summary>
        public const byte Delete = 5;

        /// <summary>Where the directory goes on: the two blocks of the next pair.</summary>
        public const byte Tail = 6;

        /// <summary>All entries since the last one of this kind count, if this checksum is theirs.</summary>
        public const byte Commit = 7;
    }
}
