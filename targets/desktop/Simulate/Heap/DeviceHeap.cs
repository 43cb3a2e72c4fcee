using System;
using System.Reflection;
using EdgeBroker.Limits;
using EdgeBroker.Protocol;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram.Simulate.Heap;

/// <summary>What a broker takes of the heap of an ESP32, and how much there is.</summary>
public static class DeviceHeap
{
    /// <summary>The managed heap of an ESP32 without PSRAM, in bytes.</summary>
    public const int Size = 90_000;

    /// <summary>What the tables of the program's assemblies take of it, in bytes: the bound they are built to.</summary>
    public const int AssemblyTables = 18_000;

    /// <summary>What the boot of the base assemblies takes of it, in bytes.</summary>
    public const int Boot = 8_800;

    private static readonly Assembly[] s_inside =
        [typeof(Broker).Assembly, typeof(BrokerLimits).Assembly, typeof(FixedHeader).Assembly, typeof(Journal).Assembly];

    /// <summary>Measures a broker. On the broker's thread.</summary>
    public static HeapModel Measure(Broker broker)
    {
        // Ports are others on a device; what the broker was given is not its own.
        HeapModel model = new(IsOutside);
        model.Add(broker);
        foreach (Assembly assembly in s_inside)
        {
            model.AddStatics(assembly);
        }

        return model;
    }

    /// <summary>Whether an object is none of the broker's, its store's included.</summary>
    public static bool IsOutside(object value)
    {
        bool isPlain = value is Array or string;
        return value is IStorage || (!isPlain && Array.IndexOf(s_inside, value.GetType().Assembly) < 0);
    }
}
