using System;

namespace EdgeBroker.Benchmarks;

/// <summary>The broker did what it must not: lost, repeated or swapped messages, closed, or did not answer in time.</summary>
internal sealed class LoadException(string message) : Exception(message);
