using System;
using EdgeBroker.Store;

namespace EdgeBroker.Connections
{
    /// <summary>What a Network Connection keeps of a Client that authenticates with AUTH packets (5.0, section 4.12).</summary>
    internal sealed class Authentication
    {
        /// <summary>The Authentication Method of the CONNECT.</summary>
        public byte[] Method;

        /// <summary>Whether the Client has begun to authenticate again.</summary>
        public bool IsAgain;

        /// <summary>The CONNECT packet, kept while AUTH packets go back and forth.</summary>
        public byte[] PendingConnect;

        /// <summary>Makes the one of a CONNECT.</summary>
        public static Authentication Of(byte[] method)
        {
            Authentication authentication = Create();
            authentication.Method = method;
            return authentication;
        }

        private static Authentication Create()
        {
            try
            {
                return new Authentication();
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return new Authentication();
            }
        }
    }
}
