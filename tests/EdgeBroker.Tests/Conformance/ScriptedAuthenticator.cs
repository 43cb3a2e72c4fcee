using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Tests.Conformance
{
    /// <summary>Says what a test has put into it, one code after the other; the last one from then on.</summary>
    internal sealed class ScriptedAuthenticator : IAuthenticator
    {
        private readonly int[] _codes;
        private readonly byte[] _response;
        private int _step;

        public ScriptedAuthenticator(byte[] response, int[] codes)
        {
            _response = response;
            _codes = codes;
        }

        public int Authenticate(ConnectPacket connect)
        {
            return Next();
        }

        public int Continue(int handle, int reasonCode, byte[] method, byte[] buffer, int offset, int count, out byte[] response)
        {
            response = _response;
            return Next();
        }

        private int Next()
        {
            int code = _codes[_step];
            if (_step < _codes.Length - 1)
            {
                _step++;
            }

            return code;
        }
    }
}
