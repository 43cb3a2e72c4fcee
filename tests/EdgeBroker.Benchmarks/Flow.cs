namespace EdgeBroker.Benchmarks;

/// <summary>What has become of the messages of one publisher. Its number and a message's number are in each payload.</summary>
/// <param name="receivers">How many clients get each message.</param>
internal sealed class Flow(int receivers)
{
    /// <summary>How many clients get each message.</summary>
    public int Receivers { get; } = receivers;

    /// <summary>Messages given to the publisher's socket.</summary>
    public int Sent;

    /// <summary>Messages whose handshake with the publisher is over; at QoS 0 those sent.</summary>
    public int Acknowledged;

    /// <summary>Deliveries to subscribers, all together.</summary>
    public long Delivered;

    /// <summary>Messages that are still somewhere between.</summary>
    public int Outstanding
    {
        get
        {
            if (Receivers == 0)
            {
                return Sent - Acknowledged;
            }

            long undelivered = (((long)Sent * Receivers) - Delivered + Receivers - 1) / Receivers;
            int unacknowledged = Sent - Acknowledged;
            return undelivered > unacknowledged ? (int)undelivered : unacknowledged;
        }
    }
}
