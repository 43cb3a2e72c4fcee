using System;
using System.Collections.Generic;
using System.IO;
using EdgeBroker.Store;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// The storage port on a folder of the desktop. An append is one write and one flush; a file is replaced by a temporary one
    /// that is flushed and renamed. One program at a time has the folder.
    /// </summary>
    /// <remarks>
    /// Invariants: the table has every file and its size, which on the disk may be followed by zeros in the one that is open to
    /// grow. While there are changed names that are not flushed, no operation answers that it is done; nor where somebody has removed
    /// the file or the folder, since a system that allows that lets the open file be written to as if nothing were.
    /// </remarks>
    public sealed class FileStorage : IStorage, IDisposable
    {
        private const string TemporaryName = "replace.tmp";

        private readonly string _folder;
        private readonly FolderLock _lock;
        private readonly bool _isReadOnly;
        private readonly AsideFolders _aside;
        private readonly Dictionary<int, int> _sizes = new Dictionary<int, int>();
        private GrowingFile? _growing;
        private SafeFileHandle? _writing;
        private int _writingFile;
        private int _writingSize;
        private SafeFileHandle? _reading;
        private int _readingFile;
        private bool _hasChangedNames;
        private bool _isBroken;

        private FileStorage(string folder, FolderLock folderLock, bool isReadOnly)
        {
            _folder = folder;
            _lock = folderLock;
            _isReadOnly = isReadOnly;
            _aside = new AsideFolders(folder);
        }

        /// <inheritdoc/>
        public bool PrefersAppend => true;

        /// <summary>What the operating system said when something failed last, or null.</summary>
        public string? LastError { get; private set; }

        /// <summary>Opens a folder, which is made if it is not there, and keeps it from other programs until it is disposed.</summary>
        /// <exception cref="StorageException">It can't be had, or not be written to.</exception>
        public static FileStorage Open(string path)
        {
            return Start(new FileStorage(path, FolderLock.ToWrite(path), false));
        }

        /// <summary>Opens a folder to look at it: nothing is changed, and everything that would change something fails.</summary>
        /// <exception cref="StorageException">It is not there, or a broker uses it.</exception>
        public static FileStorage OpenReadOnly(string path)
        {
            return Start(new FileStorage(path, FolderLock.ToRead(path), true));
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            if (_isBroken)
            {
                return StorageResult.Failed;
            }

            int count = 0;
            foreach (int file in _sizes.Keys)
            {
                if (count < files.Length)
                {
                    files[count] = file;
                }

                count++;
            }

            return count;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            return _isBroken ? StorageResult.Failed : _sizes.TryGetValue(file, out int size) ? size : StorageResult.NotFound;
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            if (Size(file) < 0)
            {
                return Size(file);
            }

            try
            {
                Span<byte> bytes = buffer.AsSpan(offset, count);
                return _growing?.Number == file ? _growing.Read(position, bytes) : GrowingFile.ReadAll(HandleOf(file), position, bytes);
            }
            catch (Exception error) when (IsExpected(error))
            {
                return StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            int result = BeginWrite(file, count);
            result = result == StorageResult.Ok ? WritePart(buffer, offset, count) : result;
            if (result == StorageResult.Ok)
            {
                return EndWrite();
            }

            AbandonWrite();
            return result;
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            AbandonWrite();
            if (_isReadOnly || _isBroken)
            {
                return StorageResult.Failed;
            }

            try
            {
                _writing = File.OpenHandle(TemporaryPath, FileMode.Create, FileAccess.Write);
                _writingFile = file;
                _writingSize = 0;
                return StorageResult.Ok;
            }
            catch (Exception error) when (IsExpected(error))
            {
                return FileError.IsFull(error) ? StorageResult.Full : StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            try
            {
                RandomAccess.Write(_writing!, buffer.AsSpan(offset, count), _writingSize);
                _writingSize += count;
                return StorageResult.Ok;
            }
            catch (Exception error) when (IsExpected(error))
            {
                return FileError.IsFull(error) ? StorageResult.Full : StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            bool isUnchanged = true;
            try
            {
                FileCalls.Flush(_writing!);
                _writing!.Dispose();
                _writing = null;
                Close(_writingFile);
                isUnchanged = false;
                _hasChangedNames = true;
                FileCalls.Replace(TemporaryPath, PathOf(_writingFile));
                _sizes[_writingFile] = _writingSize;
                FlushNames();
                return StorageResult.Ok;
            }
            catch (Exception error) when (IsExpected(error))
            {
                AbandonWrite();
                DeleteIfPossible(TemporaryPath);
                return isUnchanged && FileError.IsFull(error) ? StorageResult.Full : StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            if (_writing != null)
            {
                _writing.Dispose();
                _writing = null;
                DeleteIfPossible(TemporaryPath);
            }
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            int size = Size(file);
            if (_isReadOnly || size == StorageResult.Failed || Math.Max(size, 0) > int.MaxValue - count)
            {
                return StorageResult.Failed;
            }

            try
            {
                if (_growing?.Number != file)
                {
                    _lock.CheckIsThere();
                    Close(file);
                    _growing?.Dispose();
                    _growing = null;
                    _hasChangedNames |= size < 0;
                    _growing = new GrowingFile(PathOf(file), file, Math.Max(size, 0));
                    _sizes[file] = _growing.Size;
                }

                _growing.Append(buffer.AsSpan(offset, count));
                _sizes[file] = _growing.Size;
                FlushNames();
                _growing.CheckIsThere();
                return StorageResult.Ok;
            }
            catch (Exception error) when (IsExpected(error))
            {
                return AfterFailedAppend(error);
            }
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            if (_isReadOnly || Size(file) < 0)
            {
                return _isReadOnly ? StorageResult.Failed : Size(file);
            }

            try
            {
                Close(file);
                _hasChangedNames = true;
                File.Delete(PathOf(file));
                _sizes.Remove(file);
                FlushNames();
                return StorageResult.Ok;
            }
            catch (Exception error) when (IsExpected(error))
            {
                return StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            if (_isReadOnly || _isBroken)
            {
                return StorageResult.Failed;
            }

            try
            {
                CloseAll();
                _aside.Move(_sizes.Keys);
                _sizes.Clear();
                return StorageResult.Ok;
            }
            catch (Exception error) when (IsExpected(error))
            {
                // Some files may have gone and others not: the next opening goes on with it.
                _isBroken = true;
                return StorageResult.Failed;
            }
        }

        /// <summary>Lets go of the folder.</summary>
        public void Dispose()
        {
            AbandonWrite();
            CloseAll();
            _lock.Dispose();
        }

        private string TemporaryPath => Path.Combine(_folder, TemporaryName);

        private static FileStorage Start(FileStorage storage)
        {
            try
            {
                if (!storage._isReadOnly)
                {
                    storage._aside.Finish();
                    File.Delete(storage.TemporaryPath);
                }

                foreach (FileInfo file in new DirectoryInfo(storage._folder).EnumerateFiles())
                {
                    int number = FileNames.NumberOf(file.Name);
                    if (number != FileNames.None)
                    {
                        storage._sizes.Add(number, (int)Math.Min(file.Length, int.MaxValue));
                    }
                }

                return storage;
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                storage.Dispose();
                throw StorageException.From(error, storage._folder, !storage._isReadOnly);
            }
        }

        private bool IsExpected(Exception error)
        {
            bool isExpected = FileError.IsExpected(error);
            LastError = isExpected ? error.Message : LastError;
            return isExpected;
        }

        // After a flush that failed the system may hold for written what is not: the file is closed, and what was appended
        // counts for nothing. An append that follows writes those places again.
        private int AfterFailedAppend(Exception error)
        {
            if (FileError.IsFull(error) && (_growing == null || _growing.IsUnchanged))
            {
                return StorageResult.Full;
            }

            _growing?.Dispose();
            _growing = null;
            return StorageResult.Failed;
        }

        private SafeFileHandle HandleOf(int file)
        {
            // Messages of a queue are read one after the other, most of them from the same file.
            if (_reading == null || _readingFile != file)
            {
                _reading?.Dispose();
                _reading = null;
                _reading = File.OpenHandle(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                _readingFile = file;
            }

            return _reading;
        }

        private void Close(int file)
        {
            if (_growing?.Number == file)
            {
                _growing.Dispose();
                _growing = null;
            }

            if (_readingFile == file)
            {
                _reading?.Dispose();
                _reading = null;
            }
        }

        private void CloseAll()
        {
            _growing?.Dispose();
            _growing = null;
            _reading?.Dispose();
            _reading = null;
        }

        private void FlushNames()
        {
            if (_hasChangedNames)
            {
                FileCalls.FlushFolder(_folder);
                _hasChangedNames = false;
            }
        }

        private static void DeleteIfPossible(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception error) when (FileError.IsExpected(error))
            {
                // The next one replaces it.
            }
        }

        private string PathOf(int file)
        {
            return Path.Combine(_folder, FileNames.NameOf(file));
        }
    }
}
