using System.Runtime.InteropServices;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// The calls of Linux's C library that <see cref="EpollNetwork"/> needs, with their constants, which are the same on
    /// x64, arm64 and arm. All are plain native calls: suppressing the hand-over to the garbage collector was measured to save
    /// 32 ns of the 6 microseconds that a send takes over loopback, and would stall a collection for as long as the send lasts.
    /// </summary>
    internal static unsafe partial class LibC
    {
        public const int AddressFamilyIPv4 = 2;
        public const int AddressFamilyIPv6 = 10;
        public const int SocketStream = 1;
        public const int SocketNonBlocking = 0x800;
        public const int SocketCloseOnExec = 0x80000;
        public const int LevelSocket = 1;
        public const int LevelTcp = 6;
        public const int LevelIPv6 = 41;
        public const int OptionReuseAddress = 2;
        public const int OptionNoDelay = 1;
        public const int OptionKeepAlive = 9;
        public const int OptionKeepAliveIdleS = 4;
        public const int OptionKeepAliveIntervalS = 5;
        public const int OptionKeepAliveCount = 6;
        public const int OptionIPv6Only = 26;
        public const int MessagePeek = 0x2;
        public const int MessageDontWait = 0x40;
        public const int MessageNoSignal = 0x4000;
        public const int ShutdownSend = 1;
        public const int EpollAdd = 1;
        public const int EpollDelete = 2;
        public const int EpollModify = 3;
        public const uint EpollIn = 0x1;
        public const uint EpollOut = 0x4;
        public const uint EpollError = 0x8;
        public const uint EpollHangUp = 0x10;
        public const short PollIn = 0x1;
        public const int LimitOpenFiles = 7;

        public const int NotPermitted = 1;
        public const int Interrupted = 4;
        public const int TryAgain = 11;
        public const int OutOfMemory = 12;
        public const int AccessDenied = 13;
        public const int TooManyFilesInSystem = 23;
        public const int TooManyFiles = 24;
        public const int FamilyNotSupported = 97;
        public const int AddressInUse = 98;
        public const int AddressNotAvailable = 99;
        public const int NoBufferSpace = 105;

        [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
        public static partial int Socket(int family, int type, int protocol);

        [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
        public static partial int SetSocketOption(int fd, int level, int option, int* value, uint size);

        [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
        public static partial int Bind(int fd, byte* address, uint size);

        [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
        public static partial int Listen(int fd, int backlog);

        [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
        public static partial int GetLocalName(int fd, byte* address, uint* size);

        [LibraryImport("libc", EntryPoint = "getpeername", SetLastError = true)]
        public static partial int GetPeerName(int fd, byte* address, uint* size);

        [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
        public static partial int Accept(int fd, byte* address, uint* size, int flags);

        [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
        public static partial nint Receive(int fd, byte* buffer, nuint count, int flags);

        [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
        public static partial nint Send(int fd, byte* buffer, nuint count, int flags);

        [LibraryImport("libc", EntryPoint = "shutdown")]
        public static partial int Shutdown(int fd, int how);

        [LibraryImport("libc", EntryPoint = "close")]
        public static partial int Close(int fd);

        [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
        public static partial int EpollCreate(int flags);

        [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
        public static partial int EpollControl(int epoll, int operation, int fd, byte* epollEvent);

        [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
        public static partial int EpollWait(int epoll, byte* epollEvents, int count, int timeoutMs);

        [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
        public static partial int Poll(PollFile* files, nuint count, int timeoutMs);

        [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
        public static partial int EventFd(uint start, int flags);

        [LibraryImport("libc", EntryPoint = "read")]
        public static partial nint Read(int fd, void* buffer, nuint count);

        [LibraryImport("libc", EntryPoint = "write")]
        public static partial nint Write(int fd, void* buffer, nuint count);

        [LibraryImport("libc", EntryPoint = "getrlimit")]
        public static partial int GetLimit(int resource, nuint* softAndHard);

        [LibraryImport("libc", EntryPoint = "setrlimit")]
        public static partial int SetLimit(int resource, nuint* softAndHard);
    }
}
