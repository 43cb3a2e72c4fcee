using System;
using System.Collections.Generic;

namespace EdgeBroker.Benchmarks;

/// <summary>All that is measured, and of whom.</summary>
internal static class Sections
{
    /// <summary>The title of the section that the chart shows.</summary>
    public const string Speed = "Speed";

    /// <summary>Makes the tables.</summary>
    public static IEnumerable<Section> All(Options options)
    {
        double seconds = 1.6 * options.Scale;
        Competitor memory = EdgeBroker(options, "EdgeBroker", options.Broker, "memory");
        List<Competitor> peers = Peers(options);
        List<Competitor> all = [memory, .. peers];
        int against = peers.Count > 0 ? 1 : 0;
        yield return new Section(
            Speed, "\"CPU s / million\" counts deliveries, not messages published.", [.. SpeedScenarios(seconds)], all, against);
        if (SystemCallCounter.IsAvailable())
        {
            yield return new Section("System calls", "All threads, counted by strace.", [.. SystemCalls(seconds / 4)], all, against);
        }

        Competitor relay = new("relay", () => BrokerProcess.Start(options.BrokerCore, (port, _) => Commands.Relay(port)));
        yield return new Section(
            "What the operating system takes",
            "The relay hands on what it reads by the broker's own network, and looks at nothing: the least that a broker can take.",
            [Window(1000, seconds), Window(10, seconds), Paced(seconds)],
            [memory, relay],
            1);
        List<Competitor> resting = [.. all];
        if (options.Native.Length > 0)
        {
            resting.Insert(1, EdgeBroker(options, "EdgeBroker native", options.Native, "memory"));
            against *= 2;
        }

        yield return new Section("Start, rest and queues", "Each on a broker just started.", [.. RestScenarios()], resting, against);
        yield return new Section(
            "Mode safe beside mode memory",
            "Durable subscribers, online (nothing is committed while they acknowledge quickly) or away (all is committed).",
            [.. StoreScenarios(seconds * 0.7)],
            [EdgeBroker(options, "EdgeBroker safe", options.Broker, "safe"), EdgeBroker(options, "EdgeBroker memory", options.Broker, "memory")],
            1);
    }

    private static Competitor EdgeBroker(Options options, string name, string program, string mode) => new(
        name,
        () => BrokerProcess.Start(options.BrokerCore, (port, folder) => Commands.EdgeBroker(program, mode, port, folder)));

    private static List<Competitor> Peers(Options options)
    {
        List<Competitor> peers = [];
        if (options.Mosquitto.Length > 0)
        {
            peers.Add(new Competitor(
                "mosquitto",
                () => BrokerProcess.Start(options.BrokerCore, (port, folder) => Commands.Mosquitto(options.Mosquitto, port, folder))));
        }

        if (options.Aedes.Length > 0)
        {
            peers.Add(new Competitor(
                "aedes", () => BrokerProcess.Start(options.BrokerCore, (port, folder) => Commands.Aedes(options.Aedes, port, folder))));
        }

        return peers;
    }

    private static ThroughputScenario Window(int window, double seconds) =>
        new($"1→1 QoS 0, window {window}", 0, 64, 1, 1, false, window, seconds);

    private static PacedScenario Paced(double seconds) => new("1→1 QoS 0, 1,000/s", 1000, (int)Math.Ceiling(seconds * 2));

    private static IEnumerable<Scenario> SpeedScenarios(double seconds)
    {
        yield return Window(1000, seconds);
        yield return new ThroughputScenario("1→1 QoS 1, window 500", 1, 64, 1, 1, false, 500, seconds);
        yield return new ThroughputScenario("1→1 QoS 2, window 500", 2, 64, 1, 1, false, 500, seconds);
        yield return Window(10, seconds);
        yield return new ThroughputScenario("1→1 QoS 1, window 10", 1, 64, 1, 1, false, 10, seconds);
        yield return new ThroughputScenario("1→1 QoS 2, window 10", 2, 64, 1, 1, false, 10, seconds);
        yield return new ThroughputScenario("10→1 QoS 0, window 200", 0, 64, 10, 1, false, 200, seconds);
        yield return new ThroughputScenario("1→100 QoS 0, window 200", 0, 64, 1, 100, false, 200, seconds);
        yield return new ThroughputScenario("10→10 QoS 1, 256 B, window 100", 1, 256, 10, 10, true, 100, seconds);
        yield return Paced(seconds);
    }

    private static IEnumerable<Scenario> SystemCalls(double seconds)
    {
        yield return new SystemCallScenario(Window(1000, seconds));
        yield return new SystemCallScenario(Window(10, seconds));
        yield return new SystemCallScenario(Window(1, seconds));
        yield return new SystemCallScenario(new ThroughputScenario("1→1 QoS 1, window 10", 1, 64, 1, 1, false, 10, seconds));
    }

    private static IEnumerable<Scenario> RestScenarios()
    {
        yield return new StartScenario();
        yield return new IdleScenario("1,000 idle connections", 1000);
        yield return new IdleScenario("5,000 idle connections", 5000);
        yield return new QueueScenario("100 Sessions, 100 messages queued for each", 100, 100);
    }

    private static IEnumerable<Scenario> StoreScenarios(double seconds)
    {
        yield return new ThroughputScenario("QoS 1, online", 1, 64, 1, 1, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 2, online", 2, 64, 1, 1, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 1, online, window 10", 1, 64, 1, 1, false, 10, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 1, away", 1, 64, 1, 0, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 2, away", 2, 64, 1, 0, false, 500, seconds) { IsDurable = true };
        yield return new ThroughputScenario("QoS 1, away, window 10", 1, 64, 1, 0, false, 10, seconds) { IsDurable = true };
        yield return new QueueScenario("100 Sessions, 100 messages queued for each", 100, 100);
    }
}
