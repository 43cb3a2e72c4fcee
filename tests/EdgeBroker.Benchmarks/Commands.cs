using System;
using System.IO;

namespace EdgeBroker.Benchmarks;

/// <summary>The command lines that start the brokers, each set up so that it loses nothing.</summary>
internal static class Commands
{
    private const string AedesScript = """
        import { createServer } from 'node:net';
        const [folder, port] = process.argv.slice(2);
        const { Aedes } = await import(folder + '/node_modules/aedes/aedes.js');
        const broker = await Aedes.createBroker();
        createServer({ noDelay: true }, broker.handle).listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 });
        """;

    /// <summary>EdgeBroker, as edgebroker.dll or as a program of its own.</summary>
    public static string EdgeBroker(string program, string mode, int port, string folder)
    {
        string start = program.EndsWith(".dll", StringComparison.Ordinal) ? "dotnet " + program : program;
        string data = mode == "safe" ? " --data " + folder : string.Empty;

        // Room for all that a subscriber who is away does not fetch.
        return $"{start} --port {port} --log-level error --set connections-max=10000 --set sys-interval-s=0 --mode {mode}{data}"
            + " --set session-queue-bytes-max=1073741824 --set queue-bytes-max=1073741824 --set store-bytes-max=2147483647";
    }

    /// <summary>mosquitto.</summary>
    public static string Mosquitto(string program, int port, string folder)
    {
        string config = Path.Combine(folder, "mosquitto.conf");

        // Started as root it would change to a user who may not read the folder.
        File.WriteAllLines(
            config,
            [
                $"listener {port} 127.0.0.1",
                "allow_anonymous true",
                "persistence false",
                "log_type error",
                "max_inflight_messages 0",
                "max_queued_messages 0",
                "sys_interval 0",
                "set_tcp_nodelay true",
                "user root",
            ]);
        return $"{program} -c {config}";
    }

    /// <summary>aedes 1, on Node.js.</summary>
    /// <param name="installed">The folder in which npm installed it.</param>
    /// <param name="port">Where to listen.</param>
    /// <param name="folder">For the script.</param>
    public static string Aedes(string installed, int port, string folder)
    {
        string script = Path.Combine(folder, "broker.mjs");
        File.WriteAllText(script, AedesScript);
        return $"node {script} {Path.GetFullPath(installed)} {port}";
    }

    /// <summary>This program as the relay that stands for no broker at all.</summary>
    public static string Relay(int port) => $"dotnet {typeof(Commands).Assembly.Location} relay {port}";
}
