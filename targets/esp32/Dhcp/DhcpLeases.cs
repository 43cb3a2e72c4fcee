using System;

namespace EdgeBroker.Esp32.Dhcp
{
    /// <summary>
    /// Which station has which address. Addresses are numbers from 0, for the host's part of an address behind the server's.
    /// A station that comes back gets the one it had, as long as nobody else needed it.
    /// </summary>
    internal sealed class DhcpLeases
    {
        /// <summary>The addresses there are: more than stations an ESP32 serves, so that each keeps its own.</summary>
        public const int Count = 32;

        /// <summary>The answer where there is no address.</summary>
        public const int None = -1;

        private const int MacSize = 6;

        // A station that was offered an address takes it at once or not at all.
        private const int OfferMs = 30000;

        // How long an address stays unused that a station found in use by somebody else.
        private const int DeclinedMs = 600000;

        private readonly byte[] _macs = new byte[Count * MacSize];
        private readonly bool[] _isOwned = new bool[Count];
        private readonly long[] _untilMs = new long[Count];

        /// <summary>Finds the address of a station, or one that it can have, and keeps it for it for a moment.</summary>
        /// <param name="buffer">Holds the station's MAC address, 6 bytes.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="wanted">The address the station asks for, or <see cref="None"/>.</param>
        /// <param name="nowMs">The time.</param>
        /// <returns>The address, or <see cref="None"/> if all are taken.</returns>
        public int Offer(byte[] buffer, int offset, int wanted, long nowMs)
        {
            int index = IndexOf(buffer, offset);
            if (index == None && IsFree(wanted, nowMs))
            {
                index = wanted;
            }

            if (index == None)
            {
                index = FindFree(nowMs);
            }

            if (index != None)
            {
                Keep(index, buffer, offset, OfferMs, nowMs);
            }

            return index;
        }

        /// <summary>Gives a station the address it asks for, if it is its own or free.</summary>
        /// <param name="buffer">Holds the station's MAC address, 6 bytes.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="wanted">The address.</param>
        /// <param name="leaseMs">For how long, in milliseconds.</param>
        /// <param name="nowMs">The time.</param>
        /// <returns>Whether it has it.</returns>
        public bool TryTake(byte[] buffer, int offset, int wanted, int leaseMs, long nowMs)
        {
            int index = IndexOf(buffer, offset);
            if (wanted < 0 || wanted >= Count || (index != wanted && !IsFree(wanted, nowMs)))
            {
                return false;
            }

            if (index != None && index != wanted)
            {
                _isOwned[index] = false;
                _untilMs[index] = nowMs;
            }

            Keep(wanted, buffer, offset, leaseMs, nowMs);
            return true;
        }

        /// <summary>Ends the lease of a station, which may have the address again later.</summary>
        public void Release(byte[] buffer, int offset, long nowMs)
        {
            int index = IndexOf(buffer, offset);
            if (index != None)
            {
                _untilMs[index] = nowMs;
            }
        }

        /// <summary>Sets the address of a station aside, because it found that somebody else uses it.</summary>
        public void Decline(byte[] buffer, int offset, long nowMs)
        {
            int index = IndexOf(buffer, offset);
            if (index != None)
            {
                _isOwned[index] = false;
                _untilMs[index] = nowMs + DeclinedMs;
            }
        }

        private void Keep(int index, byte[] buffer, int offset, int forMs, long nowMs)
        {
            Array.Copy(buffer, offset, _macs, index * MacSize, MacSize);
            _isOwned[index] = true;
            if (_untilMs[index] < nowMs + forMs)
            {
                _untilMs[index] = nowMs + forMs;
            }
        }

        private bool IsFree(int index, long nowMs)
        {
            return index >= 0 && index < Count && _untilMs[index] <= nowMs;
        }

        // The one that was used the longest time ago; before that, one that was never used.
        private int FindFree(long nowMs)
        {
            int found = None;
            for (int index = 0; index < Count; index++)
            {
                if (IsFree(index, nowMs) && (found == None || _untilMs[index] < _untilMs[found]))
                {
                    found = index;
                }
            }

            return found;
        }

        private int IndexOf(byte[] buffer, int offset)
        {
            for (int index = 0; index < Count; index++)
            {
                if (_isOwned[index] && IsMac(index * MacSize, buffer, offset))
                {
                    return index;
                }
            }

            return None;
        }

        private bool IsMac(int start, byte[] buffer, int offset)
        {
            for (int i = 0; i < MacSize; i++)
            {
                if (_macs[start + i] != buffer[offset + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
