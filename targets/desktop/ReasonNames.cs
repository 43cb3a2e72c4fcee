using System.Globalization;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>Codes in words, for the log.</summary>
    internal static class ReasonNames
    {
        /// <summary>A Reason Code as MQTT 5.0 names it.</summary>
        internal static string Of(int reasonCode)
        {
            return reasonCode switch
            {
                0x00 => "normal",
                0x04 => "Disconnect with Will Message",
                0x80 => "Unspecified error",
                0x81 => "Malformed Packet",
                0x82 => "Protocol Error",
                0x83 => "Implementation specific error",
                0x84 => "Unsupported Protocol Version",
                0x85 => "Client Identifier not valid",
                0x86 => "Bad User Name or Password",
                0x87 => "Not authorized",
                0x88 => "Server unavailable",
                0x89 => "Server busy",
                0x8A => "Banned",
                0x8B => "Server shutting down",
                0x8C => "Bad authentication method",
                0x8D => "Keep Alive timeout",
                0x8E => "Session taken over",
                0x8F => "Topic Filter invalid",
                0x90 => "Topic Name invalid",
                0x91 => "Packet Identifier in use",
                0x93 => "Receive Maximum exceeded",
                0x94 => "Topic Alias invalid",
                0x95 => "Packet too large",
                0x96 => "Message rate too high",
                0x97 => "Quota exceeded",
                0x98 => "Administrative action",
                0x99 => "Payload format invalid",
                0x9A => "Retain not supported",
                0x9B => "QoS not supported",
                0x9C => "Use another server",
                0x9D => "Server moved",
                0x9E => "Shared Subscriptions not supported",
                0x9F => "Connection rate exceeded",
                0xA0 => "Maximum connect time",
                0xA1 => "Subscription Identifiers not supported",
                0xA2 => "Wildcard Subscriptions not supported",
                _ => "Reason Code 0x" + reasonCode.ToString("X2", CultureInfo.InvariantCulture),
            };
        }

        /// <summary>A <see cref="Resource"/>, named after the setting that bounds it where there is one.</summary>
        internal static string OfResource(int resource)
        {
            return resource switch
            {
                Resource.Connections => "connections",
                Resource.Sessions => "sessions",
                Resource.Subscriptions => "subscriptions",
                Resource.Retained => "retained",
                Resource.QueueBytes => "queue-bytes",
                Resource.Buffers => "buffers",
                Resource.MessageRate => "message-rate",
                Resource.ConnectRate => "connect-rate",
                Resource.Heap => "heap",
                Resource.StoreBytes => "store-bytes",
                Resource.Wear => "wear",
                _ => "resource " + resource.ToString(CultureInfo.InvariantCulture),
            };
        }

        /// <summary>What the broker does at a step of the ladder.</summary>
        internal static string OfStep(int step)
        {
            return step switch
            {
                0 => "enough again",
                1 => "short, those who cause it are held back",
                2 => "short, new work is refused",
                3 => "short, new connections are refused",
                4 => "short, those who hold the most are disconnected",
                _ => "short, the oldest messages of those who are away are dropped",
            };
        }

        /// <summary>A <see cref="StoreState"/> in words.</summary>
        internal static string OfStore(int storeState)
        {
            return storeState switch
            {
                StoreState.Good => "the store works: what is to be kept is kept",
                StoreState.Failing => "the store fails: what depends on it waits, and it is tried again",
                _ => "the store has failed for long: nothing durable is promised any more until it works again",
            };
        }

        /// <summary>A <see cref="DropReason"/> in words.</summary>
        internal static string OfDrop(int dropReason)
        {
            return dropReason switch
            {
                DropReason.SlowReader => "the subscriber reads too slowly",
                DropReason.QueueFull => "the Session's queue is full",
                DropReason.Expired => "the message expired",
                DropReason.TooLarge => "larger than the subscriber accepts",
                DropReason.NoMemory => "the memory for queued messages is used up",
                DropReason.SessionEnded => "the Session ended",
                DropReason.Damaged => "damaged in the store",
                _ => "reason " + dropReason.ToString(CultureInfo.InvariantCulture),
            };
        }
    }
}
