using System.Collections.Generic;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>What a peer knows of one of its subscriptions.</summary>
    internal sealed class Subscription
    {
        /// <summary>Not there.</summary>
        internal const int No = 0;

        /// <summary>There: SUBACK came.</summary>
        internal const int Yes = 1;

        /// <summary>There or not: an answer was not seen.</summary>
        internal const int Maybe = -1;

        /// <summary>The Topic Filter.</summary>
        internal required string Filter { get; init; }

        /// <summary>Whether it is there.</summary>
        internal int State;

        /// <summary>Since when for certain, in the order of the ledger; 0 if it is not certain.</summary>
        internal long Since;

        /// <summary>
        /// When the SUBSCRIBE was sent that made it, in the order of the ledger: what was retained then is owed. 0 if it is not certain.
        /// </summary>
        internal long OwedAt;

        /// <summary>Changed last, in the clock's milliseconds.</summary>
        internal long TouchedMs;

        /// <summary>Its Subscription Identifier may be one of these.</summary>
        internal readonly List<int> Identifiers = [];

        /// <summary>RETAIN as published may be asked for or not.</summary>
        internal bool MayRetain;

        /// <summary>And may be not.</summary>
        internal bool MayNotRetain;

        /// <summary>A SUBSCRIBE is sent: it may have these options from now on.</summary>
        internal void Add(int variant, int level)
        {
            State = State == Yes ? Yes : Maybe;
            Identifiers.Add(level == Protocol.ProtocolLevel.V5 ? variant : 0);
            MayRetain |= (variant & 1) != 0 && level == Protocol.ProtocolLevel.V5;
            MayNotRetain |= (variant & 1) == 0 || level != Protocol.ProtocolLevel.V5;
        }

        /// <summary>SUBACK came: it has these options.</summary>
        internal void Confirm(int variant, int level, long since)
        {
            End();
            Add(variant, level);
            State = Yes;
            Since = since;
        }

        /// <summary>It is not there any more.</summary>
        internal void End()
        {
            State = No;
            Since = 0;
            OwedAt = 0;
            Identifiers.Clear();
            MayRetain = false;
            MayNotRetain = false;
        }
    }
}
