using System;
using System.IO;
using BenchmarkDotNet.Attributes;
using EdgeBroker.Desktop;
using EdgeBroker.Store;

namespace EdgeBroker.Benchmarks.Micro;

/// <summary>A message of 64 bytes into the journal, and out of it again, on files of the temporary folder.</summary>
public class JournalBenchmarks : IJournalOwner
{
    private const int BodySize = 96;
    private const int Together = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("edgebroker-bench").FullName;
    private FileStorage _storage = null!;
    private Journal _journal = null!;

    /// <summary>Opens an empty journal.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _storage = FileStorage.Open(_folder);
        _journal = new Journal(_storage, new JournalLimits { BytesMax = 1 << 28, StageBytesMax = 1 << 20, SegmentSize = 1 << 20 });
        _journal.Mount(this);
    }

    /// <summary>Deletes the journal.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _storage.Dispose();
        Directory.Delete(_folder, true);
    }

    /// <summary>Each in a commit of its own.</summary>
    [Benchmark(Description = "journal append, 1 item in a commit")]
    public int AppendOne() => Append(1);

    /// <summary>Many in one commit.</summary>
    [Benchmark(Description = "journal append, each of 100 items in a commit", OperationsPerInvoke = Together)]
    public int AppendMany() => Append(Together);

    /// <inheritdoc/>
    public void OnItem(int item, long id, int type, int owner, byte[] buffer, int offset, int count)
    {
    }

    /// <inheritdoc/>
    public void OnOwnerLost(int owner)
    {
    }

    private int Append(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int item = _journal.BeginPut(RecordType.ItemMin, 1, BodySize, out _, out _);
            _journal.EndPut();
            _journal.Delete(item, 1);
        }

        int result = _journal.Commit();
        _journal.Compact(1 << 16);
        return result == StorageResult.Ok ? result : throw new IOException($"commit: {result}");
    }
}
