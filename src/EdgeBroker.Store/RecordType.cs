namespace EdgeBroker.Store
{
    /// <summary>The first byte of a record. Types from <see cref="ItemMin"/> to <see cref="ItemMax"/> are the owner's to name.</summary>
    public static class RecordType
    {
        /// <summary>An item has ended.</summary>
        public const int Delete = 0;

        /// <summary>The digest of an owner's items as they are after the frame.</summary>
        public const int Digest = 1;

        /// <summary>All of an owner's items up to an id have ended.</summary>
        public const int EndOwner = 2;

        /// <summary>The lowest type of an item.</summary>
        public const int ItemMin = 3;

        /// <summary>The highest type of an item.</summary>
        public const int ItemMax = 254;

        /// <summary>Frames before a sequence number are gone, as they should.</summary>
        public const int Base = 255;
    }
}
