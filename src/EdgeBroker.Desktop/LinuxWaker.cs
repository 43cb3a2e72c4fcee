using System;
using System.Threading;

namespace EdgeBroker.Desktop
{
    /// <summary>A Linux eventfd: one thread waits for its file to be readable, any thread makes it so.</summary>
    internal sealed unsafe class LinuxWaker : IDisposable
    {
        // Held while the file is used from another thread: after Close its number may be some other file's.
        private readonly Lock _lock = new();
        private int _fd;

        /// <summary>Creates a waker that is not set.</summary>
        public LinuxWaker()
        {
            _fd = LibC.EventFd(0, LibC.SocketNonBlocking | LibC.SocketCloseOnExec);
            if (_fd < 0)
            {
                throw LinuxListener.SystemFailure();
            }
        }

        /// <summary>The file to wait for.</summary>
        public int FileDescriptor => _fd;

        /// <summary>Makes the file readable.</summary>
        public void Set()
        {
            lock (_lock)
            {
                if (_fd >= 0)
                {
                    ulong one = 1;
                    _ = LibC.Write(_fd, &one, sizeof(ulong));
                }
            }
        }

        /// <summary>Makes the file not readable.</summary>
        public void Reset()
        {
            ulong count;
            _ = LibC.Read(_fd, &count, sizeof(ulong));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (_lock)
            {
                LibC.Close(_fd);
                _fd = -1;
            }
        }
    }
}
