using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>Which messages were acknowledged, and who has got which: by their payloads, which are all different.</summary>
public sealed class MessageBook
{
    private readonly HashSet<string> _owed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _retained = new(StringComparer.Ordinal);
    private readonly HashSet<string> _received = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);

    /// <summary>Whether something may be lost, if who loses it is told: where the storage can't be read.</summary>
    public bool MayLose { get; set; }

    /// <summary>A Client is told that it has lost so many messages: nobody knows which.</summary>
    public void Report(string client, int count)
    {
        _told[client] = _told.GetValueOrDefault(client) + count;
    }

    /// <summary>A Client is told that its Session is gone, and all that there was.</summary>
    public void ReportAll(string client)
    {
        foreach (string payload in _owed)
        {
            Receive(client, payload);
        }
    }

    /// <summary>A message was acknowledged: whoever has a durable Session has to get it.</summary>
    public void Owe(string payload) => _owed.Add(payload);

    /// <summary>A message that is retained was acknowledged.</summary>
    public void OweRetained(string payload) => _retained.Add(payload);

    /// <summary>A Client got a message.</summary>
    public void Receive(string client, string payload) => _received.Add(client + " " + payload);

    /// <summary>What a Client should have got and has not, in words; null if that is no more than it was told.</summary>
    public string? MissingAt(string client)
    {
        int count = _owed.Count(payload => !_received.Contains(client + " " + payload));
        int told = _told.GetValueOrDefault(client);
        return count <= told ? null : $"{Missing(_owed, client)} ({count}, told: {told})";
    }

    /// <summary>What should be retained and is not, in words; null if there is nothing.</summary>
    public string? MissingRetained() => Missing(_retained, "reader");

    private string? Missing(HashSet<string> owed, string client)
    {
        string missing = string.Join(", ", owed.Where(payload => !_received.Contains(client + " " + payload)));
        return missing.Length == 0 ? null : $"acknowledged and lost for {client}: {missing}";
    }
}
