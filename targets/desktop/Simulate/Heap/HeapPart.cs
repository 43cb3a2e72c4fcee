namespace EdgeBroker.DesktopProgram.Simulate.Heap;

/// <summary>What one class takes: its objects, and the arrays and strings that they hold.</summary>
/// <param name="Name">The class.</param>
/// <param name="Objects">How many objects and arrays.</param>
/// <param name="Bytes">What they take.</param>
public sealed record HeapPart(string Name, int Objects, int Bytes);
