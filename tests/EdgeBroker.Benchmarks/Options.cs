using System;
using System.Globalization;
using System.IO;

namespace EdgeBroker.Benchmarks;

/// <summary>What to measure, and how often.</summary>
internal sealed class Options
{
    /// <summary>The arguments there are.</summary>
    public const string Usage = """
        EdgeBroker.Benchmarks [--report] [--rounds N] [--scale X] [--only WORD;WORD] [--any-core]
                              [--broker PATH] [--native PATH] [--mosquitto PATH] [--aedes FOLDER]
          measures EdgeBroker and others in turn.
          --report     runs the micro-benchmarks too, and writes RESULTS.md and results.svg beside this program's source.
          --rounds     how often each is measured, in turn; the median counts. Default: 3.
          --scale      a factor on the time that each takes. Default: 1.
          --only       only what has one of the words in its table's title or its own name.
          --any-core   without it the brokers run on core 0 and the clients on the last one.
          --broker     edgebroker.dll. Default: targets/desktop, built for Release.
          --native     edgebroker as dotnet publish makes it; "" for none. Default: targets/desktop, where it was published.
          --mosquitto  the program; "" for none. Default: mosquitto.
          --aedes      the folder in which npm installed aedes; "" for none. Default: $EDGEBROKER_AEDES.
        EdgeBroker.Benchmarks micro
          runs the micro-benchmarks only.
        EdgeBroker.Benchmarks wear
          prints what everyday use costs a device's flash.
        """;

    private const string BuiltFolder = "targets/desktop/bin/Release/net10.0";

    /// <summary>The path of edgebroker.dll.</summary>
    public string Broker { get; private set; } = FindUp($"{BuiltFolder}/edgebroker.dll");

    /// <summary>The path of EdgeBroker compiled ahead of time, or empty.</summary>
    public string Native { get; private set; } = FindUp($"{BuiltFolder}/linux-x64/publish/edgebroker");

    /// <summary>The path of mosquitto, or empty.</summary>
    public string Mosquitto { get; private set; } = "mosquitto";

    /// <summary>Where aedes is, or empty.</summary>
    public string Aedes { get; private set; } = Environment.GetEnvironmentVariable("EDGEBROKER_AEDES") ?? string.Empty;

    /// <summary>Whether to write the results down.</summary>
    public bool WritesReport { get; private set; }

    /// <summary>How often each is measured.</summary>
    public int Rounds { get; private set; } = 3;

    /// <summary>A factor on the time that each scenario takes.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Parts of the names of scenarios and tables; none for all.</summary>
    public string[] Only { get; private set; } = [];

    /// <summary>Where the brokers run; -1 for anywhere.</summary>
    public int BrokerCore { get; private set; } = Environment.ProcessorCount > 1 ? 0 : -1;

    /// <summary>Where the clients run; -1 for anywhere.</summary>
    public int ClientCore { get; private set; } = Environment.ProcessorCount > 1 ? Environment.ProcessorCount - 1 : -1;

    /// <summary>Reads the arguments.</summary>
    /// <returns>The options, or null if an argument is not understood.</returns>
    public static Options? Parse(string[] args)
    {
        Options options = new();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--any-core")
            {
                options.BrokerCore = -1;
                options.ClientCore = -1;
            }
            else if (args[i] == "--report")
            {
                options.WritesReport = true;
            }
            else if (i + 1 == args.Length || !options.Set(args[i], args[++i]))
            {
                return null;
            }
        }

        return options.Broker.Length > 0 ? options : null;
    }

    /// <summary>Finds a file or folder of this repository.</summary>
    /// <returns>Its path, or empty if it is not there.</returns>
    public static string FindUp(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string found = Path.Combine(folder.FullName, path);
            if (Path.Exists(found))
            {
                return found;
            }
        }

        return string.Empty;
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--broker":
                Broker = value;
                return true;
            case "--native":
                Native = value;
                return true;
            case "--mosquitto":
                Mosquitto = value;
                return true;
            case "--aedes":
                Aedes = value;
                return true;
            case "--rounds":
                Rounds = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 0;
                return Rounds > 0;
            case "--scale":
                Scale = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double scale) ? scale : 0;
                return Scale > 0;
            case "--only":
                Only = value.Split(';', StringSplitOptions.RemoveEmptyEntries);
                return true;
            default:
                return false;
        }
    }
}
