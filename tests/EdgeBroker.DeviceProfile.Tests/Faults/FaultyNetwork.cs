using EdgeBroker.Ports;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>A network some of whose operations fail: nobody is accepted, what is received or sent breaks the connection.</summary>
/// <param name="network">What it is otherwise.</param>
/// <param name="fault">Which fail.</param>
public sealed class FaultyNetwork(INetwork network, PortFault fault) : INetwork
{
    /// <inheritdoc/>
    public int HandlesMax => network.HandlesMax;

    /// <inheritdoc/>
    public int Wait(int timeoutMs) => network.Wait(timeoutMs);

    /// <inheritdoc/>
    public int GetEvent(int index, out int handle) => network.GetEvent(index, out handle);

    /// <inheritdoc/>
    public int Accept() => fault.Fails() ? NetworkResult.NoConnection : network.Accept();

    /// <inheritdoc/>
    public bool HasNew() => network.HasNew();

    /// <inheritdoc/>
    public int Receive(int handle, byte[] buffer, int offset, int count) =>
        fault.Fails() ? NetworkResult.Failed : network.Receive(handle, buffer, offset, count);

    /// <inheritdoc/>
    public int Send(int handle, byte[] buffer, int offset, int count) =>
        fault.Fails() ? NetworkResult.Failed : network.Send(handle, buffer, offset, count);

    /// <inheritdoc/>
    public void SetInterest(int handle, int events) => network.SetInterest(handle, events);

    /// <inheritdoc/>
    public bool HasUnread(int handle) => network.HasUnread(handle);

    /// <inheritdoc/>
    public void CloseSend(int handle) => network.CloseSend(handle);

    /// <inheritdoc/>
    public void Close(int handle) => network.Close(handle);
}
