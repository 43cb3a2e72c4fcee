using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Conformance.Tests.Traceability;

/// <summary>Compares statements with marks.</summary>
public sealed class Coverage
{
    private readonly Dictionary<string, Statement> _statements;
    private readonly ILookup<string, Mark> _sources;
    private readonly ILookup<string, Mark> _tests;

    /// <summary>Takes what is to be compared.</summary>
    public Coverage(IEnumerable<Statement> statements, IReadOnlyList<Mark> marks)
    {
        _statements = statements.ToDictionary(statement => statement.Id, StringComparer.Ordinal);
        _sources = marks.Where(mark => !mark.IsTest).ToLookup(mark => mark.Id, StringComparer.Ordinal);
        _tests = marks.Where(mark => mark.IsTest).ToLookup(mark => mark.Id, StringComparer.Ordinal);
    }

    /// <summary>Where a statement is fulfilled.</summary>
    public IEnumerable<Mark> SourcesOf(string id) => _sources[id];

    /// <summary>What proves a statement.</summary>
    public IEnumerable<Mark> TestsOf(string id) => _tests[id];

    /// <summary>Whether a statement is both fulfilled and proved.</summary>
    public bool IsDone(string id) => _sources.Contains(id) && _tests.Contains(id);

    /// <summary>What is missing, by id: no statement, no place that fulfils it, or no test.</summary>
    public SortedDictionary<string, string> FindOpen()
    {
        SortedDictionary<string, string> open = new(StringComparer.Ordinal);
        foreach (string id in _sources.Concat(_tests).Select(group => group.Key).Where(id => !_statements.ContainsKey(id)))
        {
            Mark first = _sources[id].Concat(_tests[id]).First();
            open[id] = $"{id} is no statement's id: see {first.File}, {first.Member}; correct the id.";
        }

        foreach (Statement statement in _statements.Values)
        {
            bool isMarked = _sources.Contains(statement.Id);
            if (statement.Binds && !isMarked)
            {
                open[statement.Id] = $"{statement.Id} is fulfilled nowhere: mark the place in src, or give a reason why it does not apply.";
            }
            else if (isMarked && !_tests.Contains(statement.Id))
            {
                Mark first = _sources[statement.Id].First();
                open[statement.Id] = $"{statement.Id} is proved by no test: it is marked in {first.File}, {first.Member}.";
            }
        }

        return open;
    }

    /// <summary>Statements that are said not to apply, and are fulfilled all the same.</summary>
    public IEnumerable<string> FindContradictions() => _statements.Values
        .Where(statement => statement.Role != "Client" && statement.NotApplicable.Length > 0 && _sources.Contains(statement.Id))
        .Select(statement => $"{statement.Id} is said not to apply ({statement.NotApplicable}) but is marked in "
            + $"{_sources[statement.Id].First().File}: take the reason out.");

    /// <summary>What is open without being listed as pending, and what is listed without being open.</summary>
    public IEnumerable<string> CompareWithPending(IReadOnlyCollection<string> pending)
    {
        SortedDictionary<string, string> open = FindOpen();
        return open.Where(entry => !pending.Contains(entry.Key)).Select(entry => entry.Value)
            .Concat(pending.Where(id => !open.ContainsKey(id)).Select(id => $"{id} is not open any more: take it off pending.txt."));
    }
}
