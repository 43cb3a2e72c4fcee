using EdgeBroker.Store;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>Storage some of whose operations fail.</summary>
/// <param name="storage">What it is otherwise.</param>
/// <param name="fault">Which fail.</param>
/// <param name="failure">What they answer then.</param>
public sealed class FaultyStorage(IStorage storage, PortFault fault, int failure) : IStorage
{
    /// <inheritdoc/>
    public bool PrefersAppend => storage.PrefersAppend;

    /// <inheritdoc/>
    public int List(int[] files) => fault.Fails() ? StorageResult.Failed : storage.List(files);

    /// <inheritdoc/>
    public int Size(int file) => fault.Fails() ? StorageResult.Failed : storage.Size(file);

    /// <inheritdoc/>
    public int Read(int file, int position, byte[] buffer, int offset, int count) =>
        fault.Fails() ? StorageResult.Failed : storage.Read(file, position, buffer, offset, count);

    /// <inheritdoc/>
    public int Write(int file, byte[] buffer, int offset, int count) =>
        fault.Fails() ? failure : storage.Write(file, buffer, offset, count);

    /// <inheritdoc/>
    public int BeginWrite(int file, int size) => fault.Fails() ? failure : storage.BeginWrite(file, size);

    /// <inheritdoc/>
    public int WritePart(byte[] buffer, int offset, int count) =>
        fault.Fails() ? failure : storage.WritePart(buffer, offset, count);

    /// <inheritdoc/>
    public int EndWrite()
    {
        if (!fault.Fails())
        {
            return storage.EndWrite();
        }

        storage.AbandonWrite();
        return failure;
    }

    /// <inheritdoc/>
    public void AbandonWrite() => storage.AbandonWrite();

    /// <inheritdoc/>
    public int Append(int file, byte[] buffer, int offset, int count) =>
        fault.Fails() ? failure : storage.Append(file, buffer, offset, count);

    /// <inheritdoc/>
    public int Delete(int file) => fault.Fails() ? StorageResult.Failed : storage.Delete(file);

    /// <inheritdoc/>
    public int SetAside() => fault.Fails() ? StorageResult.Failed : storage.SetAside();
}
