using System.Text;
using EdgeBroker.Memory;

namespace EdgeBroker.Topics
{
    /// <summary>The topics that Clients may not publish to: $SYS is the broker's own, $share is no topic.</summary>
    internal sealed class ReservedTopics
    {
        private readonly byte[] _sys = Encoding.UTF8.GetBytes("$SYS/");
        private readonly byte[] _share = Encoding.UTF8.GetBytes("$share/");

        /// <summary>Whether a Topic Name is under $SYS, or looks like a Shared Subscription.</summary>
        public bool IsReserved(byte[] buffer, int offset, int length)
        {
            if (length == 0 || buffer[offset] != (byte)'$')
            {
                return false;
            }

            return StartsWith(buffer, offset, length, _sys) || StartsWith(buffer, offset, length, _share);
        }

        private static bool StartsWith(byte[] buffer, int offset, int length, byte[] prefix)
        {
            return length >= prefix.Length && ByteHash.AreEqual(prefix, buffer, offset, prefix.Length);
        }
    }
}
