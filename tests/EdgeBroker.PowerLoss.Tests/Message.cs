using System.Collections.Generic;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>A message of the ledger: what its publisher knows of it, and who got it.</summary>
    internal sealed class Message
    {
        /// <summary>Its number, which its payload begins with.</summary>
        internal int Number;

        /// <summary>The peer that published it.</summary>
        internal int Publisher;

        /// <summary>Where to.</summary>
        internal string Topic = "";

        /// <summary>How.</summary>
        internal int QoS;

        /// <summary>With the RETAIN flag.</summary>
        internal bool Retain;

        /// <summary>Bytes of padding behind the number; -1: an empty payload, which removes what is retained.</summary>
        internal int Padding;

        /// <summary>When it was sent first, in the order of the ledger.</summary>
        internal long SentAt;

        /// <summary>When it was sent last, in the clock's milliseconds.</summary>
        internal long SentMs;

        /// <summary>Its Message Expiry Interval in seconds; 0 for none.</summary>
        internal int ExpiryS;

        /// <summary>When anything happened to it last, in the clock's milliseconds.</summary>
        internal long TouchedMs;

        /// <summary>PUBACK or PUBREC with success came; or it is a Will that has to have been published.</summary>
        internal bool IsAccepted;

        /// <summary>When that came first, in the order of the ledger.</summary>
        internal long AcceptedAt;

        /// <summary>PUBACK or PUBREC with a refusal came; or it is a Will that must not be published.</summary>
        internal bool IsRefused;

        /// <summary>It was sent again after a reconnect.</summary>
        internal bool WasSentAgain;

        /// <summary>It may have been refused before it was sent again, and that was not seen.</summary>
        internal bool MayHaveBeenRefused;

        /// <summary>The storage had failed when it was acknowledged, so that it may be retained no longer than the power is there.</summary>
        internal bool IsUnpromised;

        /// <summary>What becomes of it is open: damage, or the window of mode relaxed.</summary>
        internal bool IsForgiven;

        /// <summary>How often it came, at all peers.</summary>
        internal int Copies;

        /// <summary>For each peer, how often it came in the Session of now.</summary>
        internal int[] Received = [];

        /// <summary>For each peer, when its PUBREL came at QoS 2, in the order of the ledger; 0 if it did not.</summary>
        internal long[] DoneAt = [];

        /// <summary>For each peer, the epoch in which it is owed; 0: not at all.</summary>
        internal int[] OwedEpoch = [];

        /// <summary>Those of whom one is given it by a Shared Subscription.</summary>
        internal List<Member>? Members;

        /// <summary>The payload.</summary>
        internal byte[] Payload
        {
            get
            {
                string text = Padding < 0 ? "" : Number + new string('.', Padding);
                return System.Text.Encoding.ASCII.GetBytes(text);
            }
        }
    }
}
