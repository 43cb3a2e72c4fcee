using System;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeBroker.Desktop
{
    /// <summary>Makes listening sockets on Linux and reads the addresses of sockets. It keeps nothing.</summary>
    internal static unsafe class LinuxListener
    {
        // Of the larger of the two address structures, IPv6's.
        private const int NameSizeMax = 28;

        // Files that are not Network Connections: libraries, the store, logs, the page, and some to spare.
        private const int FilesReserved = 128;

        /// <summary>Makes a socket that has an address and port and never blocks.</summary>
        /// <returns>Its file descriptor.</returns>
        /// <exception cref="ListenException">They cannot be had.</exception>
        public static int Bind(IPAddress address, int port)
        {
            bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            int family = isIPv6 ? LibC.AddressFamilyIPv6 : LibC.AddressFamilyIPv4;
            int type = LibC.SocketStream | LibC.SocketNonBlocking | LibC.SocketCloseOnExec;
            int fd = LibC.Socket(family, type, 0);
            if (fd < 0)
            {
                throw Failure(address, port);
            }

            // A restart must not wait for the old connections' last states to pass.
            SetOption(fd, LibC.LevelSocket, LibC.OptionReuseAddress, 1);

            // The broker writes what it has in one piece, so there is nothing to gain from holding bytes back. Accepted sockets
            // inherit it, which saves a call for each.
            SetOption(fd, LibC.LevelTcp, LibC.OptionNoDelay, 1);
            // A Client without Keep Alive that has vanished would have its place for ever. Inherited too.
            SetOption(fd, LibC.LevelSocket, LibC.OptionKeepAlive, 1);
            SetOption(fd, LibC.LevelTcp, LibC.OptionKeepAliveIdleS, DesktopNetwork.KeepAliveIdleS);
            SetOption(fd, LibC.LevelTcp, LibC.OptionKeepAliveIntervalS, DesktopNetwork.KeepAliveIntervalS);
            SetOption(fd, LibC.LevelTcp, LibC.OptionKeepAliveCount, DesktopNetwork.KeepAliveCount);
            if (isIPv6)
            {
                SetOption(fd, LibC.LevelIPv6, LibC.OptionIPv6Only, 0);
            }

            byte* name = stackalloc byte[NameSizeMax];
            uint size = WriteName(name, address, port);
            if (LibC.Bind(fd, name, size) < 0)
            {
                ListenException failure = Failure(address, port);
                LibC.Close(fd);
                throw failure;
            }

            return fd;
        }

        /// <summary>Lets a socket of <see cref="Bind"/> listen.</summary>
        /// <exception cref="ListenException">It cannot listen.</exception>
        public static void Listen(int fd, IPEndPoint where, int backlog)
        {
            if (LibC.Listen(fd, backlog) < 0)
            {
                throw Failure(where.Address, where.Port);
            }
        }

        /// <summary>Whether a connection waits to be accepted.</summary>
        public static bool HasNew(int fd)
        {
            PollFile file = new() { FileDescriptor = fd, Events = LibC.PollIn };
            return LibC.Poll(&file, 1, 0) > 0 && (file.Result & LibC.PollIn) != 0;
        }

        /// <summary>Where a socket is bound, or null.</summary>
        public static IPEndPoint? LocalEndpoint(int fd)
        {
            byte* name = stackalloc byte[NameSizeMax];
            uint size = NameSizeMax;
            return LibC.GetLocalName(fd, name, &size) < 0 ? null : ReadName(name);
        }

        /// <summary>Who is at the other end of a socket, or null.</summary>
        public static IPEndPoint? RemoteEndpoint(int fd)
        {
            byte* name = stackalloc byte[NameSizeMax];
            uint size = NameSizeMax;
            return LibC.GetPeerName(fd, name, &size) < 0 ? null : ReadName(name);
        }

        /// <summary>Lets the process open as many files as its hard limit allows.</summary>
        /// <returns>How many of them can be Network Connections: 1 or more.</returns>
        public static int RaiseFileLimit()
        {
            nuint* limit = stackalloc nuint[2];
            if (LibC.GetLimit(LibC.LimitOpenFiles, limit) < 0)
            {
                return int.MaxValue;
            }

            nuint soft = limit[0];
            limit[0] = limit[1];
            if (soft < limit[1] && LibC.SetLimit(LibC.LimitOpenFiles, limit) < 0)
            {
                limit[0] = soft;
            }

            if (limit[0] > int.MaxValue)
            {
                return int.MaxValue;
            }

            return Math.Max(1, (int)limit[0] - FilesReserved);
        }

        /// <summary>The exception for an error that only the operating system's state explains.</summary>
        public static Exception SystemFailure()
        {
            return new Win32Exception(Marshal.GetLastPInvokeError());
        }

        private static void SetOption(int fd, int level, int option, int value)
        {
            // A refusal costs speed or the second address family, not correctness.
            _ = LibC.SetSocketOption(fd, level, option, &value, sizeof(int));
        }

        private static ListenException Failure(IPAddress address, int port)
        {
            int error = Marshal.GetLastPInvokeError();
            SocketError socketError = error switch
            {
                LibC.AddressInUse => SocketError.AddressAlreadyInUse,
                LibC.AddressNotAvailable => SocketError.AddressNotAvailable,
                LibC.FamilyNotSupported => SocketError.AddressFamilyNotSupported,
                LibC.AccessDenied or LibC.NotPermitted => SocketError.AccessDenied,
                LibC.TooManyFiles or LibC.TooManyFilesInSystem => SocketError.TooManyOpenSockets,
                _ => (SocketError)error,
            };
            return ListenException.From(socketError, address, port);
        }

        // sockaddr_in: family (host order), port (network order), address. sockaddr_in6: flow between port and address, then scope.
        private static uint WriteName(byte* name, IPAddress address, int port)
        {
            bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            new Span<byte>(name, NameSizeMax).Clear();
            *(ushort*)name = (ushort)(isIPv6 ? LibC.AddressFamilyIPv6 : LibC.AddressFamilyIPv4);
            name[2] = (byte)(port >> 8);
            name[3] = (byte)port;
            if (!isIPv6)
            {
                address.TryWriteBytes(new Span<byte>(name + 4, 4), out _);
                return 16;
            }

            address.TryWriteBytes(new Span<byte>(name + 8, 16), out _);
            *(uint*)(name + 24) = (uint)address.ScopeId;
            return 28;
        }

        private static IPEndPoint ReadName(byte* name)
        {
            int port = (name[2] << 8) | name[3];
            if (*(ushort*)name != LibC.AddressFamilyIPv6)
            {
                return new IPEndPoint(new IPAddress(new ReadOnlySpan<byte>(name + 4, 4)), port);
            }

            IPAddress address = new IPAddress(new ReadOnlySpan<byte>(name + 8, 16), *(uint*)(name + 24));
            return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
        }
    }
}
