using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>A normative statement.</summary>
/// <param name="Id">As marks spell it: MQTT- is 3.1.1, MQTT5- is 5.0.</param>
/// <param name="Role">Whom it binds: Server, Client or Both.</param>
/// <param name="Section">Where it stands.</param>
/// <param name="Rule">The rule in short, in this project's words.</param>
/// <param name="NotApplicable">Why it does not bind this broker, or empty.</param>
public sealed record Statement(string Id, string Role, string Section, string Rule, string NotApplicable)
{
    /// <summary>Whether this broker has to fulfil it.</summary>
    public bool Binds => Role != "Client" && NotApplicable.Length == 0;

    /// <summary>The statements of 3.1.1.</summary>
    public static IReadOnlyList<Statement> OfVersion311 { get; } = Read("statements-311.tsv");

    /// <summary>The statements of 5.0.</summary>
    public static IReadOnlyList<Statement> OfVersion5 { get; } = Read("statements-5.tsv");

    /// <summary>All statements.</summary>
    public static IReadOnlyList<Statement> All { get; } = OfVersion311.Concat(OfVersion5).ToList();

    private static List<Statement> Read(string file) => File.ReadLines(Repository.PathOf("tests/EdgeBroker.Conformance.Tests/" + file))
        .Skip(1)
        .Select(line => line.Split('\t'))
        .Select(fields => new Statement(fields[0], fields[1], fields[2], fields[3], fields[4]))
        .ToList();
}
