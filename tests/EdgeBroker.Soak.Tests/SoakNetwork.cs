using EdgeBroker.Ports;
using EdgeBroker.Simulation;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>A network that accepts nobody for a while, and on which single connections break in the middle of a call.</summary>
    /// <param name="network">What it is otherwise.</param>
    internal sealed class SoakNetwork(VirtualNetwork network) : INetwork
    {
        private int _broken = -1;

        /// <summary>Whether nobody can be accepted.</summary>
        internal bool AcceptFails { get; set; }

        /// <inheritdoc/>
        public int HandlesMax => network.HandlesMax;

        /// <summary>The next call that moves bytes of a connection fails, and all after it.</summary>
        internal void Break(int handle) => _broken = handle;

        /// <inheritdoc/>
        public int Wait(int timeoutMs) => network.Wait(timeoutMs);

        /// <inheritdoc/>
        public int GetEvent(int index, out int handle) => network.GetEvent(index, out handle);

        /// <inheritdoc/>
        public int Accept() => AcceptFails ? NetworkResult.NoConnection : network.Accept();

        /// <inheritdoc/>
        public bool HasNew() => network.HasNew();

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count) =>
            handle == _broken ? NetworkResult.Failed : network.Receive(handle, buffer, offset, count);

        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count) =>
            handle == _broken ? NetworkResult.Failed : network.Send(handle, buffer, offset, count);

        /// <inheritdoc/>
        public void SetInterest(int handle, int events) => network.SetInterest(handle, events);

        /// <inheritdoc/>
        public bool HasUnread(int handle) => network.HasUnread(handle);

        /// <inheritdoc/>
        public void CloseSend(int handle) => network.CloseSend(handle);

        /// <inheritdoc/>
        public void Close(int handle)
        {
            _broken = handle == _broken ? -1 : _broken;
            network.Close(handle);
        }
    }
}
