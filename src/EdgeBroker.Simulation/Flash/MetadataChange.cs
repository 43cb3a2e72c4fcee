namespace EdgeBroker.Simulation.Flash
{
    /// <summary>One change to a directory, on its way into a commit.</summary>
    internal sealed class MetadataChange
    {
        /// <summary>One of <see cref="MetadataKind"/>: Create, Inline, Chain, Delete or Tail.</summary>
        public byte Kind;

        /// <summary>The file's place in its pair.</summary>
        public int Index;

        /// <summary>The file's name, of Create.</summary>
        public int Name;

        /// <summary>The size of the file, of Inline and Chain.</summary>
        public int Size;

        /// <summary>The last block of the file, of Chain.</summary>
        public int Head;

        /// <summary>The content, of Inline, from its start.</summary>
        public byte[] Data;

        /// <summary>Bytes that the change takes in a log.</summary>
        public int LogSize
        {
            get
            {
                switch (Kind)
                {
                    case MetadataKind.Create:
                        return MetadataLog.NameSize + MetadataLog.HeaderSize;
                    case MetadataKind.Inline:
                        return MetadataLog.HeaderSize + Size;
                    case MetadataKind.Chain:
                    case MetadataKind.Tail:
                        return MetadataLog.ReferenceSize;
                    default:
                        return MetadataLog.HeaderSize;
                }
            }
        }
    }
}
