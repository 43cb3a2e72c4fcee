using System;
using System.Runtime.InteropServices;
using EdgeBroker.Ports;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// A Linux epoll instance, level-triggered, and the memory for what it reports. Each file has a key by which its events are
    /// known. It does not know sockets.
    /// </summary>
    internal sealed unsafe class EpollSet : IDisposable
    {
        /// <summary>The most events one wait reports; the kernel gives the rest, in turn, with the next one.</summary>
        public const int EventsMax = 512;

        // The kernel packs its structure on x64, and only there: 32 bits of events, then 64 bits for the caller.
        private static readonly int s_keyOffset =
            RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

        private static readonly int s_eventSize = s_keyOffset + sizeof(ulong);

        private readonly int _epoll;
        private readonly byte* _events;

        /// <summary>Creates a set without files.</summary>
        public EpollSet()
        {
            _epoll = LibC.EpollCreate(LibC.SocketCloseOnExec);
            if (_epoll < 0)
            {
                throw LinuxListener.SystemFailure();
            }

            _events = (byte*)NativeMemory.AllocZeroed((nuint)(EventsMax * s_eventSize));
        }

        /// <summary>The events of epoll for a set of <see cref="NetworkEvents"/>.</summary>
        public static uint Bits(int events)
        {
            uint bits = (events & NetworkEvents.Readable) != 0 ? LibC.EpollIn : 0;
            return (events & NetworkEvents.Writable) != 0 ? bits | LibC.EpollOut : bits;
        }

        /// <summary>Changes which events of a file are looked for; 0 takes the file out.</summary>
        /// <param name="fd">The file.</param>
        /// <param name="key">What <see cref="Wait"/> is to report it by.</param>
        /// <param name="before">The events that were looked for until now; 0 if it is not in the set.</param>
        /// <param name="after">The events to look for from now on.</param>
        /// <returns>Whether it is done; false if the kernel has no room for another file now.</returns>
        public bool Change(int fd, ulong key, uint before, uint after)
        {
            // Taken out rather than set to no events: errors and hang-ups are reported even then, and would make waits turn.
            int operation = after == 0 ? LibC.EpollDelete : before == 0 ? LibC.EpollAdd : LibC.EpollModify;
            byte* change = stackalloc byte[16];
            *(uint*)change = after;
            *(ulong*)(change + s_keyOffset) = key;
            return LibC.EpollControl(_epoll, operation, fd, change) == 0;
        }

        /// <summary>Waits until a file is ready, a signal comes or the time is up.</summary>
        /// <returns>The number of events.</returns>
        public int Wait(int timeoutMs)
        {
            int count = LibC.EpollWait(_epoll, _events, EventsMax, timeoutMs);
            return count < 0 ? 0 : count;
        }

        /// <summary>Reads an event of the last <see cref="Wait"/>.</summary>
        /// <returns>The bits of <c>LibC.Epoll…</c>.</returns>
        public uint GetEvent(int index, out ulong key)
        {
            byte* source = _events + (index * s_eventSize);
            key = *(ulong*)(source + s_keyOffset);
            return *(uint*)source;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            LibC.Close(_epoll);
            NativeMemory.Free(_events);
        }
    }
}
