using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// Keeps a folder to one program, by a lock on a file in it. The operating system lets go of the lock when the program ends,
    /// however it does; the file stays and means nothing by itself.
    /// </summary>
    public sealed class FolderLock : IDisposable
    {
        private const string Name = "lock";

        // Who has the lock is for the message only. It stands in another file, since no other program can read a locked one.
        private const string OwnerName = "lock-owner";

        private readonly string _path;
        private readonly SafeFileHandle? _handle;
        private readonly string? _owner;

        private FolderLock(string folder, SafeFileHandle? handle, string? owner)
        {
            _path = Path.Combine(folder, Name);
            _handle = handle;
            _owner = owner;
        }

        /// <summary>Whether a file of a folder belongs to its lock.</summary>
        public static bool IsOwn(string name)
        {
            return name is Name or OwnerName;
        }

        /// <summary>Locks a folder that is to be written to, and is made if it is not there.</summary>
        /// <exception cref="StorageException">It can't be had, or not be written to.</exception>
        public static FolderLock ToWrite(string folder)
        {
            CheckIsNoFile(folder);
            try
            {
                Make(folder);
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                throw StorageException.From(error, folder, true);
            }

            SafeFileHandle handle = Open(folder, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            string owner = Path.Combine(folder, OwnerName);
            try
            {
                File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Encoding.ASCII);
                return new FolderLock(folder, handle, owner);
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                handle.Dispose();
                throw StorageException.From(error, folder, true);
            }
        }

        /// <summary>Locks a folder that is to be read: against those who write, and not against others who read.</summary>
        /// <exception cref="StorageException">It is not there, or somebody writes to it.</exception>
        public static FolderLock ToRead(string folder)
        {
            CheckIsNoFile(folder);
            if (!Directory.Exists(folder))
            {
                throw StorageException.NotFound(folder);
            }

            // Without the file no broker has it, and a folder that can only be read can't be given one.
            bool isThere = File.Exists(Path.Combine(folder, Name));
            return new FolderLock(folder, isThere ? Open(folder, FileMode.Open, FileAccess.Read, FileShare.Read) : null, null);
        }

        /// <summary>Makes sure that the folder is the one that was locked: not removed, and not made anew since.</summary>
        /// <exception cref="FileNotFoundException">It is not.</exception>
        public void CheckIsThere()
        {
            FileCalls.CheckIsThere(_path);
        }

        /// <summary>Lets go of the folder.</summary>
        public void Dispose()
        {
            try
            {
                if (_owner != null)
                {
                    File.Delete(_owner);
                }
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                // What it says is checked before it is told.
            }

            _handle?.Dispose();
        }

        private static void CheckIsNoFile(string path)
        {
            for (string? part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part))
            {
                if (File.Exists(part))
                {
                    throw StorageException.NotAFolder(path, part);
                }
            }
        }

        // Each new level is a name in the one above it.
        private static void Make(string path)
        {
            List<string> above = new List<string>();
            string? level = Path.GetFullPath(path);
            while (level != null && !Directory.Exists(level))
            {
                level = Path.GetDirectoryName(level);
                above.Add(level ?? path);
            }

            Directory.CreateDirectory(path);
            foreach (string folder in above)
            {
                try
                {
                    FileCalls.FlushFolder(folder);
                }
                catch (UnauthorizedAccessException)
                {
                    // It may be written to but not read, which flushing needs: the system writes it in some seconds.
                }
            }
        }

        private static SafeFileHandle Open(string folder, FileMode mode, FileAccess access, FileShare share)
        {
            try
            {
                return File.OpenHandle(Path.Combine(folder, Name), mode, access, share);
            }
            catch (IOException error) when (FileError.IsLocked(error))
            {
                throw StorageException.InUse(folder, ReadOwner(folder));
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                throw StorageException.From(error, folder, access != FileAccess.Read);
            }
        }

        private static int ReadOwner(string folder)
        {
            try
            {
                string text = File.ReadAllText(Path.Combine(folder, OwnerName), Encoding.ASCII);
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                {
                    return 0;
                }

                // A broker that was killed left its own; then it is one who reads that has the folder.
                using Process owner = Process.GetProcessById(id);
                return id;
            }
            catch (Exception error) when (FileError.IsExpected(error) || error is ArgumentException)
            {
                return 0;
            }
        }
    }
}
