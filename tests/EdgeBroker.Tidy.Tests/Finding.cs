namespace EdgeBroker.Tidy.Tests;

/// <summary>A place that does not follow the style.</summary>
/// <param name="File">The path, relative to the repository.</param>
/// <param name="Line">From 1; 0 where the finding is about the whole file.</param>
/// <param name="Message">What it is, and what to do instead.</param>
public sealed record Finding(string File, int Line, string Message)
{
    /// <summary>As compilers print it, so that editors jump to it.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}: {Message}";
}
