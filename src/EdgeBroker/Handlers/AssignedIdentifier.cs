using EdgeBroker.Sessions;

namespace EdgeBroker.Handlers
{
    /// <summary>Client Identifiers for Clients that bring none [MQTT-3.1.3-6] [MQTT5-3.1.3-6] [MQTT5-3.2.2-16].</summary>
    internal sealed class AssignedIdentifier
    {
        private const int PrefixLength = 5;
        private const int DigitCount = 16;

        private readonly SessionTable _sessions;
        private readonly byte[] _identifier;
        private long _last;

        /// <summary>Makes the source of names.</summary>
        public AssignedIdentifier(SessionTable sessions)
        {
            _sessions = sessions;
            _identifier = new byte[PrefixLength + DigitCount];
            _identifier[0] = (byte)'a';
            _identifier[1] = (byte)'u';
            _identifier[2] = (byte)'t';
            _identifier[3] = (byte)'o';
            _identifier[4] = (byte)'-';
        }

        /// <summary>A name that no Session has.</summary>
        /// <param name="nowMs">The time, so that names of before a restart are not likely given again.</param>
        public byte[] Next(long nowMs)
        {
            do
            {
                _last++;
                Write(nowMs * 1048576 + _last);
            }
            while (_sessions.Find(_identifier, 0, _identifier.Length) != null);

            return _identifier;
        }

        private void Write(long number)
        {
            for (int i = _identifier.Length - 1; i >= PrefixLength; i--)
            {
                int digit = (int)(number & 15);
                _identifier[i] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
                number >>= 4;
            }
        }
    }
}
