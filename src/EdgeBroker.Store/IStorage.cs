namespace EdgeBroker.Store
{
    /// <summary>
    /// Durable files, known by number. What returns <see cref="StorageResult.Ok"/> survives a power cut; what is cut short has
    /// either happened as a whole or not at all, except that an append may have left a part of its bytes, and that a file that was not
    /// there before may be there, empty.
    /// </summary>
    public interface IStorage
    {
        /// <summary>
        /// Whether appending is cheap: on a desktop it is, on littlefs each reopened append costs an erase and replacing a small
        /// file costs a thirtieth of one.
        /// </summary>
        bool PrefersAppend { get; }

        /// <summary>The numbers of the files there are.</summary>
        /// <param name="files">Gets them, in any order; as many as fit.</param>
        /// <returns>How many there are, or a <see cref="StorageResult"/> below 0.</returns>
        int List(int[] files);

        /// <summary>The size of a file in bytes.</summary>
        /// <returns>The size, or a <see cref="StorageResult"/> below 0.</returns>
        int Size(int file);

        /// <summary>Reads bytes of a file.</summary>
        /// <returns>The bytes read, fewer than asked for at the end of the file, or a <see cref="StorageResult"/> below 0.</returns>
        int Read(int file, int position, byte[] buffer, int offset, int count);

        /// <summary>Makes a file or replaces all of its content.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        int Write(int file, byte[] buffer, int offset, int count);

        /// <summary>
        /// Begins to make a file or to replace all of its content, in parts: what need not be in memory at once. Until the end, files
        /// may be read, other than this; nothing else may be changed. What was begun before and not ended is given up.
        /// </summary>
        /// <param name="file">The file.</param>
        /// <param name="size">The bytes of all parts.</param>
        /// <returns>A <see cref="StorageResult"/>; if it is not Ok nothing was begun.</returns>
        int BeginWrite(int file, int size);

        /// <summary>Adds a part to the file that was begun.</summary>
        /// <returns>A <see cref="StorageResult"/>; if it is not Ok, <see cref="AbandonWrite"/> is all that is left.</returns>
        int WritePart(byte[] buffer, int offset, int count);

        /// <summary>Ends the file that was begun, all of whose bytes were added: now it is there, as after <see cref="Write"/>.</summary>
        /// <returns>A <see cref="StorageResult"/>; whatever it is, the file is not begun any more.</returns>
        int EndWrite();

        /// <summary>
        /// Gives up the file that was begun, if one was. It may be as it was, or have the first of its new bytes, or none: littlefs
        /// can't forget what it was given. After a failure of the storage itself it is as it was.
        /// </summary>
        void AbandonWrite();

        /// <summary>Adds bytes at the end of a file, which is made if it is not there.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        int Append(int file, byte[] buffer, int offset, int count);

        /// <summary>Removes a file.</summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        int Delete(int file);

        /// <summary>
        /// Moves all files away, all of them or none, so that the storage is empty. They are kept for a person to look at, on a
        /// device until their room is needed. What an earlier call has moved away is deleted.
        /// </summary>
        /// <returns>A <see cref="StorageResult"/>.</returns>
        int SetAside();
    }
}
