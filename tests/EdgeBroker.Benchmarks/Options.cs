using System;
using System.Globalization;
using System.IO;

namespace EdgeBroker.Benchmarks;

/// <summary>What to measure, and how often.</summary>
internal sealed class Options
{
    /// <summary>The arguments there are.</summary>
    public const string Usage = """
        EdgeBroker.Benchmarks wear
          prints what everyday use costs a device's flash.
        EdgeBroker.Benchmarks [--broker PATH] [--mosquitto PATH] [--rounds N] [--scale X] [--only WORD,WORD] [--any-core]
          --broker     edgebroker.dll or a program like it; "" for none. Default: targets/desktop, built for Release.
          --mosquitto  the program; "" for none. Default: mosquitto.
          --rounds     how often each is measured, in turn; the median counts. Default: 3.
          --scale      a factor on the time that each takes. Default: 1.
          --only       only scenarios whose names contain one of the words.
          --safe       instead of mosquitto, EdgeBroker in mode safe on a folder, beside mode memory, with durable subscribers.
          --any-core   without it the brokers run on core 0 and the clients on the last one.
        """;

    /// <summary>The path of EdgeBroker, or empty.</summary>
    public string Broker { get; private set; } = DefaultBroker();

    /// <summary>The path of mosquitto, or empty.</summary>
    public string Mosquitto { get; private set; } = "mosquitto";

    /// <summary>Whether to compare the modes safe and memory.</summary>
    public bool IsSafe { get; private set; }

    /// <summary>How often each is measured.</summary>
    public int Rounds { get; private set; } = 3;

    /// <summary>A factor on the time that each scenario takes.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>Parts of the names of scenarios; none for all.</summary>
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
            else if (args[i] == "--safe")
            {
                options.IsSafe = true;
            }
            else if (i + 1 == args.Length || !options.Set(args[i], args[++i]))
            {
                return null;
            }
        }

        return options;
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--broker":
                Broker = value;
                return true;
            case "--mosquitto":
                Mosquitto = value;
                return true;
            case "--rounds":
                Rounds = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 0;
                return Rounds > 0;
            case "--scale":
                Scale = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double scale) ? scale : 0;
                return Scale > 0;
            case "--only":
                Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
                return true;
            default:
                return false;
        }
    }

    private static string DefaultBroker()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string program = Path.Combine(folder.FullName, "targets", "desktop", "bin", "Release", "net10.0", "edgebroker.dll");
            if (File.Exists(program))
            {
                return program;
            }
        }

        return "edgebroker";
    }
}
