using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;

namespace EdgeBroker.Benchmarks;

/// <summary>A broker that runs as a process of its own, on one core, and what it uses up.</summary>
internal sealed unsafe partial class BrokerProcess : IDisposable
{
    private const int StartMsMax = 20000;

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _cpuClock;

    private BrokerProcess(Process process, IPEndPoint endpoint, string folder, long startedAt)
    {
        _process = process;
        _folder = folder;
        Endpoint = endpoint;
        StartedAt = startedAt;

        // How Linux numbers the clock that counts a process's time on processors, to the nanosecond.
        _cpuClock = (~process.Id << 3) | 2;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>When it was started, by the stopwatch.</summary>
    public long StartedAt { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>Processor time so far, of all threads, in user and kernel mode.</summary>
    public double CpuSeconds
    {
        get
        {
            long* time = stackalloc long[2];
            return GetTime(_cpuClock, time) == 0 ? time[0] + (time[1] / 1e9) : throw new LoadException("The broker is gone.");
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>Starts a broker and waits until it accepts connections.</summary>
    /// <param name="core">The core to run on, or -1 for any.</param>
    /// <param name="command">Makes the command line, of a port and a folder that is deleted in the end.</param>
    public static BrokerProcess Start(int core, Func<int, string, string> command)
    {
        IPEndPoint endpoint = new(IPAddress.Loopback, FreePort());
        string folder = Directory.CreateTempSubdirectory("edgebroker-bench").FullName;
        string line = command(endpoint.Port, folder);
        string[] words = (core < 0 ? line : $"taskset -c {core} {line}").Split(' ');
        ProcessStartInfo info = new(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        long startedAt = Stopwatch.GetTimestamp();
        Process process = Process.Start(info) ?? throw new LoadException($"{line} does not start.");
        BrokerProcess broker = new(process, endpoint, folder, startedAt);
        broker.Drain();
        while (!broker.Answers())
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds > StartMsMax)
            {
                broker.Dispose();
                throw new LoadException($"{words[0]} does not listen: {line}");
            }

            Thread.Sleep(1);
        }

        return broker;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(_folder, true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);

    // A full pipe would stop the broker.
    private void Drain()
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private bool Answers()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(Endpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
