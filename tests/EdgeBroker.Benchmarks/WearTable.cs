using System;
using System.Globalization;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Benchmarks;

/// <summary>
/// What everyday use costs a device's flash: the broker of the profile esp32 on the simulated flash, in virtual time. The same each
/// time, on any machine.
/// </summary>
internal static class WearTable
{
    // What makers promise for a block of NOR flash.
    private const double EraseLife = 100_000;

    private const double YearS = 365.25 * 86400;
    private const int HourS = 3600;
    private const int SleepMessages = 100;
    private const int RetainedTopics = 32;

    // How long an answer may wait for the commit that it depends on, with some to spare.
    private const int PaceSecondsMax = 15;
    private const int ReconnectS = 10;

    private static readonly string s_payload = new('x', 64);

    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        Console.WriteLine("| use | actions | commits | erases per action | bytes per action | erases per commit | bytes per commit | life |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        Measure("QoS 1, 1/s, durable subscriber online", AllOnline, 4 * HourS);
        Measure("QoS 1, 1/s, subscriber sleeps for 100 messages", OneSleeps, 4 * HourS);
        Measure("retained QoS 1, 1/s, 32 topics in turn", Retained, 4 * HourS);
        Measure("durable Session connects and disconnects, each 10 s", bench => Reconnect(bench, hasWill: false), 1440);
        Measure("the same with a Will", bench => Reconnect(bench, hasWill: true), 1440);
        Measure("durable Session begins and ends, each 10 s", BeginAndEnd, 1440);
    }

    private static void Measure(string name, Func<BrokerBench, Action<int>> prepare, int actions)
    {
        BrokerBench bench = new(Profile.Esp32, BrokerLimits.ForProfile(Profile.Esp32).ConnectionsMax + 4);
        bench.Limits.Mode = StoreMode.Safe;
        bench.Flash = new FlashDevice(FlashDevice.BlockCountDefault, 1, bench.Clock);
        SimClient watcher = bench.Connect(ProtocolLevel.V311, "watcher");
        Action<int> act = prepare(bench);

        // Until segments are folded and tidied up at their usual rate.
        int warmUp = actions / 4;
        for (int i = 0; i < warmUp; i++)
        {
            act(i);
        }

        long commits = Commits(watcher);
        long erases = bench.Flash.EraseCount;
        long bytes = bench.Flash.ProgrammedBytes;
        long startMs = bench.Clock.NowMs;
        int worn = bench.Flash.EraseCountMax();
        for (int i = 0; i < actions; i++)
        {
            act(warmUp + i);
        }

        commits = Commits(watcher) - commits;
        erases = bench.Flash.EraseCount - erases;
        bytes = bench.Flash.ProgrammedBytes - bytes;
        worn = bench.Flash.EraseCountMax() - worn;
        double years = worn == 0 ? 0 : EraseLife / worn * ((bench.Clock.NowMs - startMs) / 1000.0) / YearS;
        Console.WriteLine(
            $"| {name} | {actions} | {commits} | {Number(erases, actions)} | {Number(bytes, actions)} "
            + $"| {Number(erases, commits)} | {Number(bytes, commits)} | {Life(worn, years)} |");
    }

    private static Action<int> AllOnline(BrokerBench bench)
    {
        SimClient subscriber = bench.ConnectDurable(ProtocolLevel.V311, "subscriber");
        subscriber.AutoAcknowledge = true;
        Subscribe(subscriber);
        SimClient publisher = bench.Connect(ProtocolLevel.V311, "publisher");
        return _ =>
        {
            Publish(publisher, Topic(0), false);
            subscriber.NextAll();
            bench.Advance(1000);
        };
    }

    private static Action<int> OneSleeps(BrokerBench bench)
    {
        SimClient sleeper = bench.ConnectDurable(ProtocolLevel.V311, "sleeper");
        sleeper.AutoAcknowledge = true;
        Subscribe(sleeper);
        sleeper.Disconnect();
        SimClient publisher = bench.Connect(ProtocolLevel.V311, "publisher");
        return i =>
        {
            Publish(publisher, Topic(0), false);
            bench.Advance(1000);
            if (i % SleepMessages == SleepMessages - 1)
            {
                Connect(bench, sleeper, "CONNACK 00 present");
                int count = 0;
                for (int s = 0; s < PaceSecondsMax && count < SleepMessages; s++)
                {
                    count += sleeper.NextAll().Split("PUBLISH").Length - 1;
                    bench.Advance(1000);
                }

                Check(count == SleepMessages, $"the sleeper gets all messages, not {count}");
                sleeper.Disconnect();
            }
        };
    }

    private static Action<int> Retained(BrokerBench bench)
    {
        SimClient publisher = bench.Connect(ProtocolLevel.V311, "publisher");
        return i =>
        {
            Publish(publisher, Topic(i % RetainedTopics), true);
            bench.Advance(1000);
        };
    }

    private static Action<int> Reconnect(BrokerBench bench, bool hasWill)
    {
        SimClient sensor = bench.ConnectDurable(ProtocolLevel.V311, "sensor");
        Subscribe(sensor);
        sensor.Disconnect();
        if (hasWill)
        {
            sensor.Options.WillTopic = Bytes.OfText(Topic(1));
            sensor.Options.WillPayload = Bytes.OfText("gone");
            sensor.Options.WillQoS = 1;
        }

        return _ =>
        {
            Connect(bench, sensor, "CONNACK 00 present");
            bench.Advance(ReconnectS * 500);
            sensor.Disconnect();
            bench.Advance(ReconnectS * 500);
        };
    }

    private static Action<int> BeginAndEnd(BrokerBench bench)
    {
        SimClient sensor = bench.Client(ProtocolLevel.V5, "sensor");
        sensor.Options.SessionExpiryIntervalS = 3600;
        return _ =>
        {
            Connect(bench, sensor, "CONNACK 00");
            Subscribe(sensor);
            bench.Advance(ReconnectS * 500);
            sensor.Disconnect(0, 0);
            bench.Advance(ReconnectS * 500);
        };
    }

    private static void Connect(BrokerBench bench, SimClient client, string expected)
    {
        // What is left of the connection before.
        client.NextAll();
        string answer = client.Connect();
        for (int i = 0; answer.Length == 0 && i < PaceSecondsMax; i++)
        {
            bench.Advance(1000);
            answer = client.Next();
        }

        Check(answer.StartsWith(expected, StringComparison.Ordinal), $"'{answer}' answers CONNECT");
    }

    private static void Subscribe(SimClient client)
    {
        client.Subscribe(Topic(0), 1);
        client.NextAll();
    }

    private static void Publish(SimClient client, string topic, bool isRetained)
    {
        client.Publish(topic, s_payload, 1, isRetained, null);

        // Acknowledgements may be held, and commits paced.
        client.NextAll();
    }

    // A subscription is answered with the value of now.
    private static long Commits(SimClient watcher)
    {
        watcher.NextAll();
        watcher.Subscribe("$SYS/broker/store/commits", 0);
        string[] parts = watcher.NextAll().Split('\'');
        return long.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private static void Check(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new LoadException("The simulated device does not do what it should: " + what + ".");
        }
    }

    private static string Topic(int number) => $"home/sensor/{number:D8}";

    private static string Number(double sum, long count)
    {
        return count == 0 ? "-" : (sum / count).ToString(sum / count < 10 ? "F3" : "F0", CultureInfo.InvariantCulture);
    }

    private static string Life(int worn, double years)
    {
        return worn == 0 ? "no wear" : years > 100 ? "> 100 years" : years.ToString("F1", CultureInfo.InvariantCulture) + " years";
    }
}
