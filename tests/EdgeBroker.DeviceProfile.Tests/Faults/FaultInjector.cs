using System;
using System.Linq;
using EdgeBroker.DeviceProfile.Tests.Work;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.DeviceProfile.Tests.Faults;

/// <summary>
/// Rewrites assemblies so that they ask <see cref="AllocationFault"/> before each allocation: of an object, an array, and of what
/// the class library makes for them, bytes of a text and a text of a number.
/// </summary>
public static class FaultInjector
{
    private static readonly string[] s_allocating = ["GetBytes", "ToString", "Concat"];

    /// <summary>Rewrites all methods.</summary>
    public static void Rewrite(ModuleDefinition module)
    {
        if (module.Assembly.Name.Name == "EdgeBroker.Protocol")
        {
            // Test Clients use it as well, and nothing in it allocates but constructors.
            return;
        }

        MethodReference check = module.ImportReference(typeof(AllocationFault).GetMethod(nameof(AllocationFault.Check)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Rewrite(method.Body, check);
        }
    }

    private static void Rewrite(MethodBody body, MethodReference check)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            instruction.OpCode = Instrumenter.Long(instruction.OpCode);
        }

        ILProcessor processor = body.GetILProcessor();
        foreach (Instruction instruction in body.Instructions.Where(Allocates).ToArray())
        {
            // The call takes the place of the instruction, so that whatever leads there leads to it.
            Instruction moved = processor.Create(OpCodes.Nop);
            moved.OpCode = instruction.OpCode;
            moved.Operand = instruction.Operand;
            instruction.OpCode = OpCodes.Call;
            instruction.Operand = check;
            processor.InsertAfter(instruction, moved);
        }
    }

    private static bool Allocates(Instruction instruction)
    {
        if (instruction.OpCode == OpCodes.Newarr)
        {
            return true;
        }

        if (instruction.Operand is not MethodReference called)
        {
            return false;
        }

        bool isException = called.DeclaringType.Name.EndsWith("Exception", StringComparison.Ordinal);
        return instruction.OpCode == OpCodes.Newobj ? !isException : s_allocating.Contains(called.Name);
    }
}
