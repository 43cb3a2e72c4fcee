using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Tests.Authorizing
{
    /// <summary>Nobody may publish or subscribe to what begins with "no"; what begins with "low" is granted QoS 0.</summary>
    internal sealed class ScriptedAuthorizer : IAuthorizer
    {
        /// <summary>Who asked last.</summary>
        public string LastIdentifier;

        /// <inheritdoc/>
        public bool MayPublish(byte[] clientIdentifier, byte[] buffer, int offset, int length)
        {
            LastIdentifier = Bytes.Show(clientIdentifier, 0, clientIdentifier.Length);
            return !Bytes.Show(buffer, offset, length).StartsWith("no");
        }

        /// <inheritdoc/>
        public int MaySubscribe(byte[] clientIdentifier, byte[] buffer, int offset, int length, int qos)
        {
            LastIdentifier = Bytes.Show(clientIdentifier, 0, clientIdentifier.Length);
            string filter = Bytes.Show(buffer, offset, length);
            return filter.StartsWith("no") ? ReasonCode.NotAuthorized : filter.StartsWith("low") ? 0 : qos;
        }
    }
}
