using System.Runtime.InteropServices;

namespace EdgeBroker.Benchmarks;

/// <summary>Waits until sockets are ready, by the system's poll: exact to microseconds, and without allocation.</summary>
internal sealed unsafe partial class Poller
{
    private const short In = 1;
    private const short Out = 4;

    private readonly Entry[] _entries;

    /// <summary>Prepares to wait for clients, always in this order.</summary>
    public Poller(LoadClient[] clients)
    {
        Clients = clients;
        _entries = new Entry[clients.Length];
        for (int i = 0; i < clients.Length; i++)
        {
            _entries[i].File = (int)clients[i].Socket.Handle;
        }
    }

    /// <summary>Whom it waits for.</summary>
    public LoadClient[] Clients { get; }

    /// <summary>Waits, and lets those clients that are ready receive and send.</summary>
    /// <param name="waitMicroseconds">The longest wait; 0 for none.</param>
    public void Turn(long waitMicroseconds)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            _entries[i].Wanted = Clients[i].HasUnsent ? (short)(In | Out) : In;
        }

        Time time = new() { Seconds = waitMicroseconds / 1000000, Nanoseconds = waitMicroseconds % 1000000 * 1000 };
        int ready;
        fixed (Entry* entries = _entries)
        {
            ready = Poll(entries, (nuint)_entries.Length, &time, null);
        }

        for (int i = 0; i < _entries.Length && ready > 0; i++)
        {
            short happened = _entries[i].Happened;
            if (happened == 0)
            {
                continue;
            }

            ready--;
            if ((happened & ~Out) != 0)
            {
                Clients[i].Receive();
            }

            if ((happened & Out) != 0)
            {
                Clients[i].Flush();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "ppoll")]
    private static partial int Poll(Entry* entries, nuint count, Time* time, void* signals);

    private struct Entry
    {
        public int File;
        public short Wanted;
        public short Happened;
    }

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
