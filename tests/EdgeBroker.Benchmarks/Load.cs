using System;
using System.Diagnostics;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>Publishers and subscribers that are connected, and what is on its way between them.</summary>
internal sealed class Load : IDisposable
{
    private const int BufferSize = 262144;
    private const double DrainSecondsMax = 30;
    private const int MessagesMax = 50000000;

    private readonly ThroughputScenario _scenario;
    private readonly Flow[] _flows;
    private readonly LoadClient[] _publishers;
    private readonly Poller _poller;

    /// <summary>Connects and subscribes.</summary>
    public Load(BrokerProcess broker, ThroughputScenario scenario)
    {
        _scenario = scenario;
        int subscriberCount = scenario.Subscribers;
        if (scenario.IsDurable && subscriberCount == 0)
        {
            PrepareAway(broker);
        }

        int[] numbers = Enumerable.Range(0, scenario.Publishers).ToArray();
        _flows = Array.ConvertAll(numbers, _ => new Flow(scenario.Pairs ? 1 : subscriberCount));
        _publishers = Array.ConvertAll(numbers, _ => new LoadClient(broker.Endpoint, BufferSize));
        LoadClient[] subscribers = [.. Enumerable.Range(0, subscriberCount).Select(_ => new LoadClient(broker.Endpoint, BufferSize))];
        _poller = new Poller([.. _publishers, .. subscribers]);
        for (int i = 0; i < subscribers.Length; i++)
        {
            subscribers[i].Connect($"sub{i}", scenario.IsDurable);
            subscribers[i].Subscribe(scenario.Pairs ? LoadClient.Topic(i) : "bench/load/#", scenario.QoS, _flows);
        }

        for (int i = 0; i < _publishers.Length; i++)
        {
            _publishers[i].Connect($"pub{i}", isDurable: false);
            _publishers[i].PreparePublish(_flows, i, LoadClient.Topic(i), scenario.QoS, scenario.PayloadSize);
        }

        Waiter.Until(_poller, () => _poller.Clients.All(client => client.IsReady), DrainSecondsMax);
    }

    /// <summary>Messages that arrived, each counted once per subscriber; without subscribers those acknowledged.</summary>
    public long Done => _flows.Sum(flow => _scenario.Subscribers > 0 ? flow.Delivered : flow.Acknowledged);

    /// <summary>Publishes for a time, and then waits for the rest to arrive.</summary>
    public void Run(double secondsMax)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool isDone = false;
        while (!isDone)
        {
            double seconds = clock.Elapsed.TotalSeconds;
            isDone = seconds >= secondsMax;
            for (int i = 0; i < _publishers.Length; i++)
            {
                int outstanding = _flows[i].Outstanding;
                if (seconds >= secondsMax || _flows[i].Sent >= MessagesMax)
                {
                    isDone &= outstanding == 0;
                }
                else if (outstanding <= _scenario.Window / 2)
                {
                    _publishers[i].Publish(_scenario.Window - outstanding);
                }
            }

            _poller.Turn(isDone ? 0 : 100000);
            if (seconds > secondsMax + DrainSecondsMax)
            {
                throw new LoadException($"{_scenario.Name}: {_flows.Sum(flow => flow.Outstanding)} messages are missing.");
            }
        }

        // One delivery too many would show as one too few outstanding, and open the window.
        if (_flows.Any(flow => flow.Delivered != (long)flow.Sent * flow.Receivers || flow.Acknowledged != flow.Sent))
        {
            throw new LoadException($"{_scenario.Name}: more messages or acknowledgements came than were due.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LoadClient client in _poller.Clients)
        {
            client.Dispose();
        }
    }

    private void PrepareAway(BrokerProcess broker)
    {
        using LoadClient away = new(broker.Endpoint, BufferSize);
        Poller poller = new([away]);
        away.Connect("away", isDurable: true);
        away.Subscribe("bench/load/#", _scenario.QoS, []);
        Waiter.Until(poller, () => away.IsReady, DrainSecondsMax);
    }
}
