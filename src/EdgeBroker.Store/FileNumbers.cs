namespace EdgeBroker.Store
{
    /// <summary>Which file is what (SPEC.md).</summary>
    internal static class FileNumbers
    {
        /// <summary>Says which format the other files have.</summary>
        public const int Format = 0;

        /// <summary>The first tail file.</summary>
        public const int FirstTail = 1;

        /// <summary>The last tail file there can be.</summary>
        public const int LastTail = 99;

        /// <summary>The file of segment 0; the others follow.</summary>
        public const int FirstSegment = 100;
    }
}
