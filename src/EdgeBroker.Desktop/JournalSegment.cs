namespace EdgeBroker.Desktop
{
    /// <summary>A segment that a <see cref="JournalScan"/> has found.</summary>
    /// <param name="Number">Its number. File 100 is segment 0.</param>
    /// <param name="Bytes">The bytes of its file, or of the tail files that it is made of.</param>
    /// <param name="LiveBytes">The bytes of live items in it.</param>
    /// <param name="TailFiles">How many tail files it is made of; 0 if it is a file.</param>
    public readonly record struct JournalSegment(int Number, int Bytes, int LiveBytes, int TailFiles);
}
