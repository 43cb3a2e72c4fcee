namespace EdgeBroker.Store
{
    /// <summary>What storage operations answer besides a count of bytes. All are values: a full flash is no exception.</summary>
    public static class StorageResult
    {
        /// <summary>Done, and durable.</summary>
        public const int Ok = 0;

        /// <summary>There is no room; nothing has changed, except that a new file may be there, empty.</summary>
        public const int Full = -1;

        /// <summary>The medium failed. What was to be written may be there or not, whole; nothing else has changed.</summary>
        public const int Failed = -2;

        /// <summary>There is no such file.</summary>
        public const int NotFound = -3;
    }
}
