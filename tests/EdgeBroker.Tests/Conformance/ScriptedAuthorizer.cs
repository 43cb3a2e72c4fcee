using EdgeBroker.Ports;

namespace EdgeBroker.Tests.Conformance
{
    /// <summary>Forbids publishing, or answers every subscription with one code.</summary>
    internal sealed class ScriptedAuthorizer : IAuthorizer
    {
        private readonly bool _mayPublish;
        private readonly int _subscribeCode;

        public ScriptedAuthorizer(bool mayPublish, int subscribeCode)
        {
            _mayPublish = mayPublish;
            _subscribeCode = subscribeCode;
        }

        public bool MayPublish(byte[] clientIdentifier, byte[] buffer, int offset, int length)
        {
            return _mayPublish;
        }

        public int MaySubscribe(byte[] clientIdentifier, byte[] buffer, int offset, int length, int qos)
        {
            return _subscribeCode;
        }
    }
}
