using System;
using System.Security.Cryptography;
using System.Text;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>
    /// Keeps other web sites away from the page, which has buttons that break things. A browser lets any site send requests to
    /// this machine, so: only names of this machine are answered (a name that was turned to point here is not), a request
    /// from another site is refused, and whoever wants something done shows a token that only the page itself can read.
    /// </summary>
    internal sealed class PageGuard
    {
        /// <summary>The header that carries the token.</summary>
        internal const string TokenHeader = "X-EdgeBroker-Token";

        private const int TokenSize = 24;

        /// <summary>Makes a guard with a token of its own.</summary>
        internal PageGuard()
        {
            Token = Convert.ToHexString(RandomNumberGenerator.GetBytes(TokenSize));
        }

        /// <summary>What the page has to show; written into it.</summary>
        internal string Token { get; }

        /// <summary>Whether a request may be answered at all.</summary>
        /// <param name="host">Its header Host.</param>
        /// <param name="origin">Its header Origin, or null.</param>
        /// <param name="fetchSite">Its header Sec-Fetch-Site, or null.</param>
        /// <param name="isNavigation">Whether it asks for the page itself, to which others may have a link.</param>
        internal static bool MayRead(string? host, string? origin, string? fetchSite, bool isNavigation)
        {
            if (!IsThisMachine(host))
            {
                return false;
            }

            bool isSameOrigin = origin is null or "" || origin.Equals("http://" + host, StringComparison.OrdinalIgnoreCase);
            bool isSameSite = fetchSite is null or "" or "same-origin" or "none";
            return isSameOrigin && (isSameSite || isNavigation);
        }

        /// <summary>Whether a request that may be read may also change something.</summary>
        internal bool MayChange(string? token)
        {
            return token != null
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token));
        }

        // Any port: through a tunnel it is another one, and a name is all that can be turned around.
        private static bool IsThisMachine(string? host)
        {
            if (string.IsNullOrEmpty(host))
            {
                return false;
            }

            int colon = host.LastIndexOf(':');
            string name = colon > host.LastIndexOf(']') ? host[..colon] : host;
            return name is "127.0.0.1" or "[::1]" || name.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        }
    }
}
