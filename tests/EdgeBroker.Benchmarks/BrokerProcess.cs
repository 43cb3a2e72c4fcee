using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Benchmarks;

/// <summary>A broker that runs as a process of its own, on one core, and what it uses up.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private const int StartMsMax = 20000;

    // What Linux shows processor time in, whatever its own clock does.
    private const double TicksPerSecond = 100;

    private readonly Process _process;
    private readonly string? _folder;

    private BrokerProcess(string name, Process process, IPEndPoint endpoint, string? folder)
    {
        Name = name;
        _process = process;
        Endpoint = endpoint;
        _folder = folder;
    }

    /// <summary>How the tables call it.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Processor time so far, of all threads, in user and kernel mode.</summary>
    public double CpuSeconds
    {
        get
        {
            // After the name in parentheses, which may hold spaces, come the fields from the third on.
            string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (ulong.Parse(fields[11], CultureInfo.InvariantCulture) + ulong.Parse(fields[12], CultureInfo.InvariantCulture))
                / TicksPerSecond;
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

    /// <summary>Starts EdgeBroker.</summary>
    /// <param name="program">The path of edgebroker.dll, or of a program that takes the same arguments.</param>
    /// <param name="core">The core to run on, or -1 for any.</param>
    /// <param name="mode">safe, on a folder of its own, or memory.</param>
    public static BrokerProcess StartEdgeBroker(string program, int core, string mode)
    {
        string? folder = mode == "safe" ? Directory.CreateTempSubdirectory("edgebroker-bench").FullName : null;
        string arguments = $"--port 0 --log-level error --set connections-max=10000 --set sys-interval-s=0 --mode {mode}";
        if (folder != null)
        {
            arguments += " --data " + folder;
        }

        // Room for all that a subscriber who is away does not fetch.
        arguments += " --set session-queue-bytes-max=1073741824 --set queue-bytes-max=1073741824 --set store-bytes-max=2147483647";
        bool isAssembly = program.EndsWith(".dll", StringComparison.Ordinal);
        Process process = Start(core, (isAssembly ? "dotnet " : string.Empty) + program + " " + arguments);
        BlockingCollection<string?> lines = [];
        process.OutputDataReceived += (_, output) => lines.TryAdd(output.Data);
        Drain(process);
        string? line;
        do
        {
            // No line in time is the same as the end of the output.
            _ = lines.TryTake(out line, StartMsMax);
        }
        while (line != null && !line.StartsWith("listening on ", StringComparison.Ordinal));

        if (line == null)
        {
            process.Kill();
            throw new LoadException($"{program} does not listen.");
        }

        string name = "edgebroker" + (folder == null ? string.Empty : " safe");
        return new BrokerProcess(name, process, IPEndPoint.Parse(line["listening on ".Length..].Trim()), folder);
    }

    /// <summary>Starts mosquitto, set up so that it loses nothing.</summary>
    public static BrokerProcess StartMosquitto(string program, int core)
    {
        IPEndPoint endpoint = new(IPAddress.Loopback, FreePort());
        string folder = Directory.CreateTempSubdirectory("edgebroker-bench").FullName;
        string config = Path.Combine(folder, "mosquitto.conf");

        // Started as root it would change to a user who may not read the folder.
        File.WriteAllLines(
            config,
            [
                $"listener {endpoint.Port} 127.0.0.1",
                "allow_anonymous true",
                "persistence false",
                "log_type error",
                "max_inflight_messages 0",
                "max_queued_messages 0",
                "sys_interval 0",
                "set_tcp_nodelay true",
                "user root",
            ]);
        Process process = Start(core, $"{program} -c {config}");
        Drain(process);
        Stopwatch waited = Stopwatch.StartNew();
        while (!Answers(endpoint))
        {
            if (process.HasExited || waited.ElapsedMilliseconds > StartMsMax)
            {
                process.Kill();
                throw new LoadException("mosquitto does not listen.");
            }

            Thread.Sleep(20);
        }

        return new BrokerProcess("mosquitto", process, endpoint, folder);
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
        if (_folder != null)
        {
            Directory.Delete(_folder, true);
        }
    }

    private static Process Start(int core, string command)
    {
        string[] words = (core < 0 ? command : $"taskset -c {core} {command}").Split(' ');
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new LoadException($"{command} does not start.");
    }

    // A full pipe would stop the broker.
    private static void Drain(Process process)
    {
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(IPEndPoint endpoint)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(endpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
