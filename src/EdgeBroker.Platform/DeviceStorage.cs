using System;
using System.IO;
using EdgeBroker.Store;

namespace EdgeBroker.Platform
{
    /// <summary>
    /// The storage port on a folder of the device's flash, such as I:\edgebroker: littlefs, where what is written becomes durable
    /// when the file is closed, as a whole. The folder is listed once, when it is opened, since listing leaks memory.
    /// </summary>
    /// <remarks>
    /// The desktop's file systems don't replace a file as a whole: there this port is for tests only.
    /// No exception gets out: whatever it is, the operation has failed.
    /// </remarks>
    public sealed class DeviceStorage : IStorage, IWearSource
    {
        private readonly string _folder;
        private readonly int _bytesMax;
        private readonly int _blocks;
        private readonly FileTable _files = new FileTable();
        private readonly LittleFsWear _wear = new LittleFsWear();
        private readonly string _aside;
        private readonly bool _isOpen;
        private int _asideTaken;
        private FileStream _writing;
        private bool _isAppending;
        private int _writingFile;
        private int _oldSize;
        private int _newSize;

        /// <summary>Opens a folder, which is made if it is not there. If that fails, all operations fail.</summary>
        /// <param name="folder">Its path, without a separator at its end; what stands before its last part has to be there.</param>
        /// <param name="bytesMax">What the files may take, in bytes; the device does not tell how much room there is.</param>
        /// <param name="blocks">The blocks of the flash that it is on, or 0 if that is not known.</param>
        public DeviceStorage(string folder, int bytesMax, int blocks)
        {
            _folder = folder;
            _aside = folder + "-aside";
            _bytesMax = bytesMax;
            _blocks = blocks;
            try
            {
                Load();
                _isOpen = true;
            }
            catch (Exception)
            {
                _isOpen = false;
            }
        }

        /// <inheritdoc/>
        public bool PrefersAppend
        {
            get { return false; }
        }

        /// <summary>Erases since the start, estimated.</summary>
        public long Erases
        {
            get { return _wear.Erases; }
        }

        /// <summary>Bytes programmed since the start, estimated.</summary>
        public long BytesProgrammed
        {
            get { return _wear.BytesProgrammed; }
        }

        /// <inheritdoc/>
        public int Blocks
        {
            get { return _blocks; }
        }

        /// <summary>Not known: -1.</summary>
        public int MostWornErases
        {
            get { return -1; }
        }

        /// <inheritdoc/>
        public int List(int[] files)
        {
            for (int i = 0; i < _files.Count && i < files.Length; i++)
            {
                files[i] = _files.FileAt(i);
            }

            return _isOpen ? _files.Count : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int Size(int file)
        {
            return _isOpen ? _files.SizeOf(file) : StorageResult.Failed;
        }

        /// <inheritdoc/>
        public int Read(int file, int position, byte[] buffer, int offset, int count)
        {
            int size = Size(file);
            if (size < 0)
            {
                return size;
            }

            count = count < size - position ? count : size - position;
            if (count <= 0)
            {
                return 0;
            }

            FileStream stream = null;
            try
            {
                stream = new FileStream(PathOf(file), FileMode.Open, FileAccess.Read);
                stream.Seek(position, SeekOrigin.Begin);
                return FileStreams.ReadAll(stream, buffer, offset, count) ? count : StorageResult.Failed;
            }
            catch (Exception)
            {
                return StorageResult.Failed;
            }
            finally
            {
                FileStreams.Abandon(stream);
            }
        }

        /// <inheritdoc/>
        public int Write(int file, byte[] buffer, int offset, int count)
        {
            return WriteWhole(file, FileMode.Create, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int BeginWrite(int file, int size)
        {
            return Begin(file, FileMode.Create, size);
        }

        /// <inheritdoc/>
        public int WritePart(byte[] buffer, int offset, int count)
        {
            try
            {
                if (count > 0)
                {
                    _writing.Write(buffer, offset, count);
                }

                return StorageResult.Ok;
            }
            catch (Exception)
            {
                return StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int EndWrite()
        {
            FileStream closing = _writing;
            _writing = null;
            if (!FileStreams.Complete(closing, _newSize))
            {
                Review(_writingFile);
                return StorageResult.Failed;
            }

            _files.Set(_writingFile, _newSize);
            if (_isAppending)
            {
                _wear.Appended(_oldSize, _newSize);
            }
            else
            {
                _wear.Written(_oldSize, _newSize);
            }

            return StorageResult.Ok;
        }

        /// <inheritdoc/>
        public void AbandonWrite()
        {
            if (_writing != null)
            {
                FileStreams.Abandon(_writing);
                _writing = null;
                Review(_writingFile);
            }
        }

        /// <inheritdoc/>
        public int Append(int file, byte[] buffer, int offset, int count)
        {
            return WriteWhole(file, FileMode.Append, buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Delete(int file)
        {
            int size = Size(file);
            if (size < 0)
            {
                return size;
            }

            try
            {
                File.Delete(PathOf(file));
                _wear.Deleted(size);
                _files.Remove(file);
                return StorageResult.Ok;
            }
            catch (Exception)
            {
                return StorageResult.Failed;
            }
        }

        /// <inheritdoc/>
        public int SetAside()
        {
            if (!_isOpen)
            {
                return StorageResult.Failed;
            }

            try
            {
                DeleteAside();

                // One change of the file system. Without the folder, the next start makes it.
                Directory.Move(_folder, _aside);
                _asideTaken = _files.TotalTaken();
                _files.Clear();
                _wear.Emptied();
                Directory.CreateDirectory(_folder);
                return StorageResult.Ok;
            }
            catch (Exception)
            {
                return StorageResult.Failed;
            }
        }

        private void Load()
        {
            if (!Directory.Exists(_folder))
            {
                Directory.CreateDirectory(_folder);
            }

            string[] paths = Directory.GetFiles(_folder);
            for (int i = 0; i < paths.Length; i++)
            {
                int file = FileNames.NumberOf(Path.GetFileName(paths[i]));
                if (file != FileNames.None)
                {
                    int size = FileStreams.Measure(paths[i]);
                    _files.Set(file, size);
                    _wear.Found(size);
                }
            }

            paths = Directory.Exists(_aside) ? Directory.GetFiles(_aside) : new string[0];
            for (int i = 0; i < paths.Length; i++)
            {
                _asideTaken += FileTable.Taken(FileStreams.Measure(paths[i]));
            }
        }

        private void DeleteAside()
        {
            if (!Directory.Exists(_aside))
            {
                return;
            }

            string[] paths = Directory.GetFiles(_aside);
            for (int i = 0; i < paths.Length; i++)
            {
                File.Delete(paths[i]);
                _wear.Deleted(0);
            }

            Directory.Delete(_aside);
            _asideTaken = 0;
        }

        private bool HasRoom(int oldSize, int size)
        {
            // Old content goes only when the new one is there, so for a moment both need room. In the directory's log there is some.
            int needed = _files.TotalTaken() + FileTable.Taken(size);
            if (size <= LittleFsWear.InlineMax && oldSize > 0)
            {
                needed -= FileTable.Taken(oldSize);
            }

            if (needed + _asideTaken > _bytesMax && _asideTaken > 0)
            {
                try
                {
                    DeleteAside();
                }
                catch (Exception)
                {
                    return false;
                }
            }

            return needed + _asideTaken <= _bytesMax;
        }

        private int WriteWhole(int file, FileMode mode, byte[] buffer, int offset, int count)
        {
            int result = Begin(file, mode, count);
            result = result == StorageResult.Ok ? WritePart(buffer, offset, count) : result;
            if (result == StorageResult.Ok)
            {
                return EndWrite();
            }

            AbandonWrite();
            return result;
        }

        private int Begin(int file, FileMode mode, int count)
        {
            AbandonWrite();
            int oldSize = Size(file);
            if (oldSize == StorageResult.Failed)
            {
                return oldSize;
            }

            _isAppending = mode == FileMode.Append;
            _oldSize = oldSize < 0 ? -1 : oldSize;
            _newSize = _isAppending && oldSize > 0 ? oldSize + count : count;
            if (!HasRoom(oldSize, _newSize))
            {
                return StorageResult.Full;
            }

            try
            {
                _writingFile = file;
                _writing = new FileStream(PathOf(file), mode, FileAccess.Write);
                return StorageResult.Ok;
            }
            catch (Exception)
            {
                Review(file);
                return StorageResult.Failed;
            }
        }

        // After a failure a file may be there as it was, or as it was to be.
        private void Review(int file)
        {
            try
            {
                string path = PathOf(file);
                if (File.Exists(path))
                {
                    _files.Set(file, FileStreams.Measure(path));
                }
                else
                {
                    _files.Remove(file);
                }
            }
            catch (Exception)
            {
                // Nothing can be said of it; what was known stays.
                return;
            }
        }

        private string PathOf(int file)
        {
            return Path.Combine(_folder, FileNames.NameOf(file));
        }
    }
}
