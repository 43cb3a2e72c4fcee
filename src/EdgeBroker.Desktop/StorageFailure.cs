namespace EdgeBroker.Desktop
{
    /// <summary>Why a folder can't be opened as storage.</summary>
    public enum StorageFailure
    {
        /// <summary>A broker uses it, or a program that reads it.</summary>
        InUse,

        /// <summary>It is a file, or a part of its path is.</summary>
        NotAFolder,

        /// <summary>It is to be read, and is not there.</summary>
        NotFound,

        /// <summary>The operating system does not let this user read it or write to it.</summary>
        NoPermission,

        /// <summary>It is on a medium that can't be written to.</summary>
        ReadOnly,

        /// <summary>The medium is full.</summary>
        Full,

        /// <summary>Anything else; the message says what the operating system says.</summary>
        Other,
    }
}
