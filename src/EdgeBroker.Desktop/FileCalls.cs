using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// What makes files durable and .NET does not offer, or offers dearer. Errors are exceptions, as .NET's own calls have them.
    /// </summary>
    internal static partial class FileCalls
    {
        // The same on all processors that Linux runs .NET on; elsewhere the folder's handle is inherited, which does no harm.
        private const int LinuxCloseOnExec = 0x80000;
        private const uint MoveReplaceExisting = 1;
        private const uint MoveWriteThrough = 8;

        /// <summary>Makes durable what has been written to a file, its size included.</summary>
        public static void Flush(SafeFileHandle file)
        {
            if (!OperatingSystem.IsLinux())
            {
                RandomAccess.FlushToDisk(file);
                return;
            }

            // Unlike fsync, which .NET calls, it leaves out the time of the last change.
            while (FlushData(file) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error != LibC.Interrupted)
                {
                    throw ErrorOf(error);
                }
            }
        }

        /// <summary>
        /// Makes sure that a file has the name that it was opened by: an open one can be written to when it has none any more.
        /// </summary>
        /// <exception cref="FileNotFoundException">It has been removed.</exception>
        public static void CheckIsThere(string path)
        {
            if (!File.Exists(path))
            {
                throw new FileNotFoundException(null, path);
            }
        }

        /// <summary>
        /// Makes durable which names are in a folder. Windows has nothing like it: there the change of a name is written through.
        /// </summary>
        public static void FlushFolder(string path)
        {
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            int folder = OpenFolder(path, OperatingSystem.IsLinux() ? LinuxCloseOnExec : 0);
            if (folder < 0)
            {
                throw ErrorOf(Marshal.GetLastPInvokeError());
            }

            int result = FlushFile(folder);
            int error = Marshal.GetLastPInvokeError();
            LibC.Close(folder);
            if (result != 0)
            {
                throw ErrorOf(error);
            }
        }

        /// <summary>Gives a file a new name, in place of the file that may have it: at no time is there none or half of one.</summary>
        public static void Replace(string from, string to)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.Move(from, to, true);
            }
            else if (!MoveFile(from, to, MoveReplaceExisting | MoveWriteThrough))
            {
                throw new IOException(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetHRForLastWin32Error());
            }
        }

        private static Exception ErrorOf(int error)
        {
            string message = Marshal.GetPInvokeErrorMessage(error);
            return error is LibC.AccessDenied or LibC.NotPermitted
                ? new UnauthorizedAccessException(message)
                : new IOException(message, error);
        }

        [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
        private static partial int FlushData(SafeFileHandle file);

        [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
        private static partial int FlushFile(int fd);

        [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        private static partial int OpenFolder(string path, int flags);

        [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
        [return: MarshalAs(UnmanagedType.Bool)]
        private static partial bool MoveFile(string from, string to, uint flags);
    }
}
