using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Text;
using EdgeBroker.Desktop;
using EdgeBroker.Simulation.Flash;
using EdgeBroker.Store;
using Microsoft.Win32.SafeHandles;

namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>
    /// The folder of a simulated gateway: the bytes and the wear of its flash, as they are at every moment, and what its devices
    /// remember. A program that is killed leaves what a power cut leaves. One program at a time has it.
    /// </summary>
    internal sealed class FlashFolder : IFlashWatch, IDisposable
    {
        private const string ImageName = "flash";
        private const string MemoryName = "devices.json";
        private const string TemporaryEnd = ".new";
        private const string Magic = "EdgeBroker simulated flash 1\n";

        // The head, then the erases of each block, then the blocks, each part on a page of its own.
        private const int PageSize = 4096;
        private const int CountSize = 4;

        private readonly FolderLock _lock;
        private readonly byte[] _block = new byte[FlashDevice.BlockSize];
        private readonly byte[] _count = new byte[CountSize];
        private SafeFileHandle? _image;

        private FlashFolder(string path, FolderLock folderLock)
        {
            Path = path;
            _lock = folderLock;
        }

        /// <summary>Its name.</summary>
        internal string Path { get; }

        /// <summary>What the devices remember of the run before; null in a new folder.</summary>
        internal WorldMemory? Memory { get; private set; }

        /// <summary>Opens a folder, which is made if it is not there.</summary>
        /// <exception cref="StartException">It can't be used, or is not one of a simulated gateway.</exception>
        internal static FlashFolder Open(string path)
        {
            FolderLock folderLock;
            try
            {
                CheckIsOurs(path);
                folderLock = FolderLock.ToWrite(path);
            }
            catch (StorageException exception)
            {
                throw new StartException("--data: " + exception.Message);
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                throw Unusable(path, exception);
            }

            FlashFolder folder = new(path, folderLock);
            try
            {
                if (IsThere(path))
                {
                    folder._image = OpenImage(path, FileAccess.ReadWrite);
                    CheckHasMemory(folder.PathOf(MemoryName));
                    folder.Memory = WorldMemory.Parse(File.ReadAllBytes(folder.PathOf(MemoryName)));
                }

                return folder;
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                folder.Dispose();
                throw Unusable(path, exception);
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }

        /// <summary>Whether a folder is one of a simulated gateway.</summary>
        internal static bool IsThere(string path)
        {
            return File.Exists(System.IO.Path.Combine(path, ImageName));
        }

        /// <summary>Reads the flash of a gateway that is not simulated now. Nothing is changed.</summary>
        /// <exception cref="StartException">It can't be read.</exception>
        internal static FlashDevice Read(string path)
        {
            try
            {
                using FolderLock folderLock = FolderLock.ToRead(path);
                using SafeFileHandle image = OpenImage(path, FileAccess.Read);
                FlashDevice device = new(FlashDevice.BlockCountDefault, 0, null);
                Load(image, device);
                return device;
            }
            catch (StorageException exception)
            {
                throw new StartException(exception.Message);
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                throw Unusable(path, exception);
            }
        }

        /// <summary>Gives a new device the content of before, if there is any.</summary>
        internal void Load(FlashDevice device)
        {
            if (_image != null)
            {
                Load(_image, device);
            }
        }

        /// <summary>From here on the folder follows the device.</summary>
        /// <exception cref="StartException">It can't be written to.</exception>
        internal void Follow(FlashDevice device)
        {
            try
            {
                _image ??= Create(device);
                device.Watch = this;
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                throw Unusable(Path, exception);
            }
        }

        /// <inheritdoc/>
        public void Changed(FlashDevice device, int block, int position, int count)
        {
            try
            {
                device.CopyTo(block, position, _block, 0, count);
                RandomAccess.Write(_image!, _block.AsSpan(0, count), PositionOf(block) + position);
                if (count == FlashDevice.BlockSize)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(_count, device.EraseCountOf(block));
                    RandomAccess.Write(_image!, _count, PageSize + (block * CountSize));
                }
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                throw Unusable(Path, exception);
            }
        }

        /// <summary>Keeps what the devices remember, all of it or what was before.</summary>
        /// <exception cref="StartException">It can't be written.</exception>
        internal void Keep(WorldMemory memory)
        {
            try
            {
                string path = PathOf(MemoryName);
                File.WriteAllBytes(path + TemporaryEnd, memory.ToBytes());
                File.Move(path + TemporaryEnd, path, true);
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                throw Unusable(Path, exception);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _image?.Dispose();
            _lock.Dispose();
        }

        private static void CheckIsOurs(string path)
        {
            if (!Directory.Exists(path) || IsThere(path))
            {
                return;
            }

            string[] others = [.. Directory.EnumerateFileSystemEntries(path).Select(entry => System.IO.Path.GetFileName(entry))
                .Where(name => !FolderLock.IsOwn(name) && !name.StartsWith(ImageName, StringComparison.Ordinal)
                    && !name.StartsWith(MemoryName, StringComparison.Ordinal))];
            if (others.Length > 0)
            {
                bool isStore = others.Any(name => FileNames.NumberOf(name) != FileNames.None);
                string what = isStore ? "the store of edgebroker run" : $"other files, as {others[0]}";
                throw new StartException($"--data {path}: it holds {what}, and no simulated flash: name a new or an empty folder");
            }
        }

        // Without it devices would forget what they owe and are owed, and blame the broker.
        private static void CheckHasMemory(string name)
        {
            if (!File.Exists(name))
            {
                throw new StartException($"{name} is gone, which belongs to the flash beside it: name another folder");
            }
        }

        private static SafeFileHandle OpenImage(string path, FileAccess access)
        {
            string name = System.IO.Path.Combine(path, ImageName);
            SafeFileHandle image = File.OpenHandle(name, FileMode.Open, access, FileShare.ReadWrite);
            byte[] head = new byte[Magic.Length];
            int size = RandomAccess.Read(image, head, 0);
            if (size == head.Length && Encoding.ASCII.GetString(head) == Magic
                && RandomAccess.GetLength(image) == PositionOf(FlashDevice.BlockCountDefault))
            {
                return image;
            }

            image.Dispose();
            throw new StartException($"{name} is no simulated flash, not all of one, or one of another version: name another folder");
        }

        private static void Load(SafeFileHandle image, FlashDevice device)
        {
            byte[] block = new byte[FlashDevice.BlockSize];
            byte[] count = new byte[CountSize];
            for (int i = 0; i < device.BlockCount; i++)
            {
                RandomAccess.Read(image, block, PositionOf(i));
                RandomAccess.Read(image, count, PageSize + (i * CountSize));
                device.Restore(i, block, 0, BinaryPrimitives.ReadInt32LittleEndian(count));
            }
        }

        private static bool IsExpected(Exception exception)
        {
            return exception is IOException or UnauthorizedAccessException or FormatException;
        }

        private static StartException Unusable(string path, Exception exception)
        {
            return new StartException($"--data {path}: {exception.Message}");
        }

        private static long PositionOf(int block)
        {
            return (2 * PageSize) + ((long)block * FlashDevice.BlockSize);
        }

        // The name comes last, so that a folder has all of it or none.
        private SafeFileHandle Create(FlashDevice device)
        {
            string name = PathOf(ImageName);
            byte[] image = new byte[PositionOf(device.BlockCount)];
            Encoding.ASCII.GetBytes(Magic, image);
            for (int i = 0; i < device.BlockCount; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(PageSize + (i * CountSize)), device.EraseCountOf(i));
                device.CopyTo(i, 0, image, (int)PositionOf(i), FlashDevice.BlockSize);
            }

            File.WriteAllBytes(name + TemporaryEnd, image);
            File.Move(name + TemporaryEnd, name, true);
            return OpenImage(Path, FileAccess.ReadWrite);
        }

        private string PathOf(string name)
        {
            return System.IO.Path.Combine(Path, name);
        }
    }
}
