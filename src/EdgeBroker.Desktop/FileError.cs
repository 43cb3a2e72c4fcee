using System;
using System.IO;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// What an <see cref="IOException"/> means. .NET has no types for these; its HResult is the error number of Linux or macOS, or
    /// that of Windows in the form 0x8007nnnn.
    /// </summary>
    internal static class FileError
    {
        private const int Windows = unchecked((int)0x80070000);
        private const int WindowsSharing = Windows | 32;
        private const int WindowsLock = Windows | 33;
        private const int WindowsHandleDiskFull = Windows | 39;
        private const int WindowsDiskFull = Windows | 112;
        private const int WindowsWriteProtect = Windows | 19;
        private const int TryAgain = 11;
        private const int TryAgainMac = 35;
        private const int FileTooBig = 27;
        private const int NoSpace = 28;
        private const int ReadOnlyFileSystem = 30;
        private const int QuotaMac = 69;
        private const int Quota = 122;

        /// <summary>Whether another program has locked the file.</summary>
        public static bool IsLocked(Exception error)
        {
            return error is IOException && error.HResult is TryAgain or TryAgainMac or WindowsSharing or WindowsLock;
        }

        /// <summary>Whether there is no room, or no more is granted.</summary>
        public static bool IsFull(Exception error)
        {
            return error is IOException
                && error.HResult is NoSpace or Quota or QuotaMac or FileTooBig or WindowsDiskFull or WindowsHandleDiskFull;
        }

        /// <summary>Whether the medium can't be written to.</summary>
        public static bool IsReadOnly(Exception error)
        {
            return error is IOException && error.HResult is ReadOnlyFileSystem or WindowsWriteProtect;
        }

        /// <summary>Whether it is an error of files at all, and not one of the program.</summary>
        public static bool IsExpected(Exception error)
        {
            return error is IOException or UnauthorizedAccessException;
        }
    }
}
