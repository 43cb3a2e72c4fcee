using System;
using System.IO;

namespace EdgeBroker.Desktop
{
    /// <summary>A folder can't be opened as storage. The message is one sentence for the operator, with what to do about it.</summary>
    public sealed class StorageException : Exception
    {
        private StorageException(StorageFailure failure, string message, Exception? cause)
            : base(message, cause)
        {
            Failure = failure;
        }

        /// <summary>The kind of failure.</summary>
        public StorageFailure Failure { get; }

        /// <summary>Makes the exception for a folder that is not there to be read.</summary>
        internal static StorageException NotFound(string path)
        {
            return new StorageException(
                StorageFailure.NotFound,
                $"there is no folder {path}: check its name, or start the broker with it once",
                null);
        }

        /// <summary>Makes the exception for a path that is, or leads through, a file.</summary>
        internal static StorageException NotAFolder(string path, string file)
        {
            return new StorageException(
                StorageFailure.NotAFolder,
                file == path
                    ? $"{path} is a file: name a folder"
                    : $"{path} can't be a folder, since {file} is a file: name another folder",
                null);
        }

        /// <summary>Makes the exception for a folder whose lock another program has.</summary>
        /// <param name="path">The folder.</param>
        /// <param name="processId">Who has it, or 0 if that can't be told.</param>
        internal static StorageException InUse(string path, int processId)
        {
            string who = processId > 0 ? $"process {processId}" : "another process";
            return new StorageException(
                StorageFailure.InUse,
                $"{path} is in use by {who}: stop that one, or use another folder",
                null);
        }

        /// <summary>Makes the exception for an error of the operating system.</summary>
        internal static StorageException From(Exception error, string path, bool isToWrite)
        {
            string verb = isToWrite ? "written to" : "read";
            if (error is UnauthorizedAccessException)
            {
                return new StorageException(
                    StorageFailure.NoPermission,
                    $"no permission for {path}: give this user the right that it can be {verb}, or use another folder",
                    error);
            }

            if (FileError.IsReadOnly(error))
            {
                return new StorageException(
                    StorageFailure.ReadOnly,
                    $"{path} is on a read-only file system: mount it so that it can be written to, or use another folder",
                    error);
            }

            if (FileError.IsFull(error))
            {
                return new StorageException(
                    StorageFailure.Full,
                    $"there is no room for {path}: make room on its file system, or use another folder",
                    error);
            }

            return new StorageException(
                StorageFailure.Other, $"{path} can't be {verb}: the operating system says {error.Message}", error);
        }
    }
}
