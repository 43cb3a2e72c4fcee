using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using EdgeBroker.Sessions;
using EdgeBroker.Topics;

namespace EdgeBroker.Benchmarks.Micro;

/// <summary>
/// From a topic to its subscribers. A topic has a subscription of its own and matches two with wildcards; all other subscriptions
/// are there to be in the way.
/// </summary>
public class TopicBenchmarks
{
    private const int Topics = 64;
    private const int OfOneSession = 100;

    private readonly byte[][] _topics = new byte[Topics][];
    private SubscriptionTable _table = null!;
    private RouteCache _cache = null!;
    private int _turn;

    /// <summary>How many subscriptions there are.</summary>
    [Params(10, 1000, 100000)]
    public int Subscriptions { get; set; }

    /// <summary>Subscribes.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _table = new SubscriptionTable(Subscriptions + 2);
        _cache = new RouteCache(_table, Topics * 4);
        Session session = new();
        for (int i = 0; i < Subscriptions; i++)
        {
            if (i % OfOneSession == 0)
            {
                session = new Session();
                session.Reset();
            }

            Add(session, Encoding.UTF8.GetBytes(Topic(i)));
        }

        Add(session, "site/+/sensor/00003"u8.ToArray());
        Add(session, "site/room3/#"u8.ToArray());
        for (int i = 0; i < Topics; i++)
        {
            _topics[i] = Encoding.UTF8.GetBytes(Topic(i));
            _cache.Add(_topics[i], 0, _topics[i].Length);
        }
    }

    /// <summary>Walks the tree.</summary>
    [Benchmark(Description = "topic matching")]
    public int Match()
    {
        byte[] topic = Next();
        _table.Matcher.Match(topic, 0, topic.Length);
        return _table.Matcher.MatchCount;
    }

    /// <summary>Finds a route that is known.</summary>
    [Benchmark(Description = "route cache, hit")]
    public object Hit()
    {
        byte[] topic = _topics[3];
        return _cache.Find(topic, 0, topic.Length);
    }

    /// <summary>Looks for a route, does not find it and makes it.</summary>
    [Benchmark(Description = "route cache, miss")]
    public object Miss()
    {
        byte[] topic = Next();
        return _cache.Add(topic, 0, topic.Length);
    }

    private static string Topic(int number) => string.Create(CultureInfo.InvariantCulture, $"site/room{number % 50}/sensor/{number:D5}");

    private void Add(Session session, byte[] filter) => _table.Add(session, filter, 0, filter.Length, 0, 0, 0, out _);

    private byte[] Next() => _topics[_turn++ & (Topics - 1)];
}
