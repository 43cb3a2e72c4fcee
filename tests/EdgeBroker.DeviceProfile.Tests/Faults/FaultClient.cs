using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>A Client that comes back when it is sent away, and enters what it learns in the book.</summary>
public sealed class FaultClient
{
    private const int AttemptsMax = 40;
    private const int RetryMs = 3000;

    private readonly BrokerBench _bench;
    private readonly MessageBook _book;
    private readonly bool _isDurable;
    private readonly Dictionary<int, string> _pending = [];
    private readonly HashSet<string> _toRetain = new(StringComparer.Ordinal);
    private bool _hasSession;

    /// <summary>Makes a Client that is not connected yet.</summary>
    public FaultClient(BrokerBench bench, int level, string name, MessageBook book, bool isDurable)
    {
        _bench = bench;
        _book = book;
        _isDurable = isDurable;
        Name = name;
        Client = bench.Client(level, name);
        Client.AutoAcknowledge = true;
        Client.Options.CleanStart = !isDurable;
        Client.Options.SessionExpiryIntervalS = isDurable ? 864000 : 0;
    }

    /// <summary>Its Client Identifier.</summary>
    public string Name { get; }

    /// <summary>What it speaks with.</summary>
    public SimClient Client { get; }

    /// <summary>What it subscribes to when it has no Session; empty for nothing.</summary>
    public string Filter { get; init; } = string.Empty;

    /// <summary>The QoS it asks for.</summary>
    public int QoS { get; init; }

    /// <summary>Whether it is connected.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Connects it, if it is not, however long it takes.</summary>
    public void Up()
    {
        Take();
        for (int attempt = 0; !IsUp; attempt++)
        {
            if (attempt == AttemptsMax)
            {
                throw new InvalidOperationException(Name + " is not let in");
            }

            if (attempt > 0)
            {
                // The answer may come late: it waits for the storage.
                _bench.Advance(RetryMs);
                Take();
                if (IsUp)
                {
                    return;
                }
            }

            _pending.Clear();
            Client.Open();
            Client.SendConnect();
            Take();
        }
    }

    /// <summary>Publishes a message that is owed to the keepers, or to who asks later, once it is acknowledged.</summary>
    public void Publish(string topic, string payload, int qos, bool retain)
    {
        _pending[Client.Publish(topic, payload, qos, retain, null)] = payload;
        if (retain)
        {
            _toRetain.Add(payload);
        }
    }

    /// <summary>Runs the broker and takes what came.</summary>
    public void Take()
    {
        _bench.Run();
        for (ReceivedPacket? packet = Client.Take(); packet != null; packet = Client.Take())
        {
            Enter(packet);
        }

        IsUp &= Client.Handle >= 0;
    }

    private void Enter(ReceivedPacket packet)
    {
        bool isSuccess = packet.ReasonCode < ReasonCode.UnspecifiedError;
        if (packet.Text.StartsWith("BAD", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(packet.Text);
        }

        if (packet.Type == PacketType.Connack)
        {
            IsUp = packet.ReasonCode == ReasonCode.Success;
            CheckSession(packet);
        }
        else if ((packet.Type == PacketType.Puback || packet.Type == PacketType.Pubrec)
            && _pending.Remove(packet.PacketIdentifier, out string? payload)
            && isSuccess)
        {
            if (_toRetain.Remove(payload))
            {
                _book.OweRetained(payload);
            }
            else
            {
                _book.Owe(payload);
            }
        }
        else if (packet.Type == PacketType.Publish)
        {
            _book.Receive(Name, packet.Payload);
        }
        else if (packet.Type == PacketType.Disconnect || packet.Type == 0)
        {
            IsUp = false;
        }
    }

    private void CheckSession(ReceivedPacket connack)
    {
        if (!IsUp || !_isDurable)
        {
            return;
        }

        Match dropped = Regex.Match(connack.Properties, "user=dropped:([0-9]+)");
        bool isGone = _hasSession && !connack.SessionPresent;
        if ((dropped.Success || isGone) && !_book.MayLose)
        {
            throw new InvalidOperationException($"{Name} is told that something is lost: {connack.Text} {connack.Properties}");
        }

        if (isGone)
        {
            _book.ReportAll(Name);
        }

        if (dropped.Success)
        {
            _book.Report(Name, int.Parse(dropped.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        _hasSession = true;
        if (Filter.Length > 0 && !connack.SessionPresent)
        {
            Client.Subscribe(Filter, QoS);
        }
    }
}
