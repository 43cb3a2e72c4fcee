using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EdgeBroker.Benchmarks;

/// <summary>Counts the system calls of a process by strace.</summary>
internal sealed class SystemCallCounter : IDisposable
{
    private const int Interrupt = 2;

    private readonly string _file = Path.GetTempFileName();
    private readonly Process _strace;

    /// <summary>Begins to count.</summary>
    public SystemCallCounter(int process)
    {
        _strace = Process.Start(new ProcessStartInfo("strace", ["-f", "-c", "-o", _file, "-p", $"{process}"]) { RedirectStandardError = true })!;
        string? line = _strace.StandardError.ReadLine();
        if (line == null || !line.Contains("attached", StringComparison.Ordinal))
        {
            throw new LoadException($"strace: {line}");
        }
    }

    /// <summary>Whether strace is installed and may look into other processes.</summary>
    public static bool IsAvailable()
    {
        using Process other = Process.Start("sleep", "5");
        try
        {
            using SystemCallCounter counter = new(other.Id);
            return true;
        }
        catch (Exception failure) when (failure is LoadException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            other.Kill();
        }
    }

    /// <summary>Ends, and tells how many there were.</summary>
    public long Stop()
    {
        using Process kill = Process.Start("kill", $"-{Interrupt} {_strace.Id}");
        _strace.WaitForExit();

        // Share, seconds, microseconds for each, calls, errors (or nothing), name. Nothing at all if there were none.
        string? total = File.ReadLines(_file).LastOrDefault(line => line.EndsWith(" total", StringComparison.Ordinal));
        return total == null ? 0 : long.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_strace.HasExited)
        {
            Stop();
        }

        _strace.Dispose();
        File.Delete(_file);
    }
}
