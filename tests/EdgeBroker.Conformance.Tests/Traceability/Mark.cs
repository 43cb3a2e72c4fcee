namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>A statement's id in a source or a test.</summary>
/// <param name="Id">The statement's id.</param>
/// <param name="File">The path, relative to the repository.</param>
/// <param name="Member">The type or member that it stands in or above.</param>
public sealed record Mark(string Id, string File, string Member)
{
    /// <summary>Whether it says that something is proved, not that something is fulfilled.</summary>
    public bool IsTest => File.StartsWith("tests/", System.StringComparison.Ordinal);
}
