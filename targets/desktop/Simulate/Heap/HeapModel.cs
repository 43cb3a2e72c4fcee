using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeBroker.DesktopProgram.Simulate.Heap;

/// <summary>
/// What a broker would take of a device's managed heap: it walks all that is reachable and adds up the sizes that nanoFramework's
/// allocator gives: an object 12 bytes and 12 for each field of whatever type, an array 20 and its elements, a string 13 and its
/// UTF-8, all rounded up to 12. The broker has no structs of its own, which would be objects each.
/// </summary>
public sealed class HeapModel
{
    private const BindingFlags InstanceFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const BindingFlags StaticFields =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = new();

    private readonly Func<object, bool> _isOutside;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(object Value, string Owner)> _pending = [];
    private readonly Dictionary<string, HeapPart> _parts = new(StringComparer.Ordinal);

    /// <summary>Makes an empty model.</summary>
    /// <param name="isOutside">Tells objects that do not count, such as ports, and what only they reach.</param>
    public HeapModel(Func<object, bool> isOutside)
    {
        _isOutside = isOutside;
    }

    /// <summary>What was added, by the class that holds it, largest first.</summary>
    public IReadOnlyList<HeapPart> Parts => [.. _parts.Values.OrderByDescending(part => part.Bytes).ThenBy(part => part.Name)];

    /// <summary>The bytes of all.</summary>
    public int Bytes => _parts.Values.Sum(part => part.Bytes);

    /// <summary>The size of one object without those it refers to.</summary>
    public static int SizeOf(object value)
    {
        int size = value switch
        {
            string text => 13 + Encoding.UTF8.GetByteCount(text),
            Array array => 20 + (array.Length * ElementSize(array.GetType().GetElementType()!)),
            _ => 12 + (12 * Fields(value.GetType()).Length),
        };
        return (size + 11) / 12 * 12;
    }

    /// <summary>Adds an object and all that it reaches.</summary>
    public void Add(object root)
    {
        Enqueue(root, Name(root.GetType()));
        while (_pending.TryDequeue(out (object Value, string Owner) next))
        {
            Visit(next.Value, next.Owner);
        }
    }

    /// <summary>Adds what the static fields of an assembly hold.</summary>
    public void AddStatics(Assembly assembly)
    {
        // Constants are in the code; what the compiler generates is not there on a device.
        foreach (FieldInfo field in assembly.GetTypes().Where(type => !type.Name.StartsWith('<'))
            .SelectMany(type => type.GetFields(StaticFields)).Where(field => !field.IsLiteral))
        {
            RuntimeHelpers.RunClassConstructor(field.DeclaringType!.TypeHandle);
            if (field.GetValue(null) is { } value && !field.FieldType.IsPrimitive)
            {
                Enqueue(value, Name(field.DeclaringType!) + " (static)");
                Add(value);
            }
        }
    }

    private static FieldInfo[] Fields(Type type) => s_fields.GetOrAdd(type, found => [.. FindFields(found)]);

    private static IEnumerable<FieldInfo> FindFields(Type type)
    {
        for (Type? current = type; current != null; current = current.BaseType)
        {
            foreach (FieldInfo field in current.GetFields(InstanceFields))
            {
                yield return field;
            }
        }
    }

    private static int ElementSize(Type type) => !type.IsPrimitive ? 12 : Type.GetTypeCode(type) switch
    {
        TypeCode.Byte or TypeCode.SByte or TypeCode.Boolean => 1,
        TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => 2,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => 4,
    };

    private static string Name(Type type) => type.Name;

    private void Enqueue(object value, string owner)
    {
        if (!_isOutside(value) && _seen.Add(value))
        {
            _pending.Enqueue((value, owner));
        }
    }

    private void Visit(object value, string owner)
    {
        Type type = value.GetType();

        // Arrays and strings belong to the class that holds them, objects are parts of their own.
        string part = type.IsArray || value is string ? owner : Name(type);
        HeapPart sum = _parts.GetValueOrDefault(part, new HeapPart(part, 0, 0));
        _parts[part] = sum with { Objects = sum.Objects + 1, Bytes = sum.Bytes + SizeOf(value) };
        if (value is Array array)
        {
            if (!type.GetElementType()!.IsPrimitive)
            {
                foreach (object? element in array)
                {
                    Follow(element, type.GetElementType()!, part);
                }
            }

            return;
        }

        if (value is not string)
        {
            foreach (FieldInfo field in Fields(type))
            {
                Follow(field.GetValue(value), field.FieldType, part);
            }
        }
    }

    private void Follow(object? value, Type declared, string owner)
    {
        if (value == null || declared.IsPrimitive || declared.IsEnum)
        {
            return;
        }

        Enqueue(value, owner);
    }
}
