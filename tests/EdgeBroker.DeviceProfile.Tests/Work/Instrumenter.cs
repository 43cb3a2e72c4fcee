using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.DeviceProfile.Tests.Work;

/// <summary>
/// Rewrites assemblies so that they count the instructions they execute: each basic block first adds its length to its method's
/// place in <see cref="WorkCounter.Counts"/>. An instruction is one of the original code; a call counts as one, and what it calls if that
/// is rewritten too, so that class libraries, which are native code on a device, cost nothing more.
/// </summary>
public sealed class Instrumenter
{
    private readonly List<string> _methods = [];

    /// <summary>The methods' names, by their place among the counters.</summary>
    public IReadOnlyList<string> Methods => _methods;

    /// <summary>Rewrites all methods.</summary>
    public void Rewrite(ModuleDefinition module)
    {
        FieldReference counter = module.ImportReference(typeof(WorkCounter).GetField(nameof(WorkCounter.Counts)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            Rewrite(method.Body, counter, _methods.Count);
            _methods.Add(method.DeclaringType.Name + "." + method.Name);
        }
    }

    /// <summary>The module as a file.</summary>
    public static MemoryStream Write(ModuleDefinition module)
    {
        MemoryStream stream = new();
        module.Write(stream);
        stream.Position = 0;
        return stream;
    }

    private static void Rewrite(MethodBody body, FieldReference counters, int index)
    {
        // Short branches may not reach as far any more.
        foreach (Instruction instruction in body.Instructions)
        {
            instruction.OpCode = Long(instruction.OpCode);
        }

        HashSet<Instruction> leaders = Leaders(body);
        ILProcessor processor = body.GetILProcessor();
        Dictionary<Instruction, Instruction> starts = [];
        List<Instruction> original = [.. body.Instructions];
        for (int i = 0; i < original.Count; i++)
        {
            if (!leaders.Contains(original[i]))
            {
                continue;
            }

            int length = 1;
            while (i + length < original.Count && !leaders.Contains(original[i + length]))
            {
                length++;
            }

            Instruction[] add =
            [
                processor.Create(OpCodes.Ldsfld, counters),
                processor.Create(OpCodes.Ldc_I4, index),
                processor.Create(OpCodes.Ldelema, body.Method.Module.TypeSystem.Int64),
                processor.Create(OpCodes.Dup),
                processor.Create(OpCodes.Ldind_I8),
                processor.Create(OpCodes.Ldc_I4, length),
                processor.Create(OpCodes.Conv_I8),
                processor.Create(OpCodes.Add),
                processor.Create(OpCodes.Stind_I8),
            ];
            foreach (Instruction one in add)
            {
                processor.InsertBefore(original[i], one);
            }

            starts.Add(original[i], add[0]);
        }

        Redirect(body, original, starts);
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            if (instruction.Next != null && instruction.OpCode.FlowControl
                is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(Ends(handler).Where(end => end != null)!);
        }

        return leaders;
    }

    private static void Redirect(MethodBody body, List<Instruction> original, Dictionary<Instruction, Instruction> starts)
    {
        foreach (Instruction instruction in original)
        {
            if (instruction.Operand is Instruction target)
            {
                instruction.Operand = starts[target];
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                instruction.Operand = targets.Select(one => starts[one]).ToArray();
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = starts[handler.TryStart];
            handler.TryEnd = starts[handler.TryEnd];
            handler.HandlerStart = starts[handler.HandlerStart];
            handler.HandlerEnd = handler.HandlerEnd == null ? null : starts[handler.HandlerEnd];
            handler.FilterStart = handler.FilterStart == null ? null : starts[handler.FilterStart];
        }
    }

    private static IEnumerable<Instruction?> Ends(ExceptionHandler handler) =>
        [handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart];

    /// <summary>The form of a branch that reaches everywhere.</summary>
    internal static OpCode Long(OpCode code) => code.Code switch
    {
        Code.Br_S => OpCodes.Br,
        Code.Brfalse_S => OpCodes.Brfalse,
        Code.Brtrue_S => OpCodes.Brtrue,
        Code.Beq_S => OpCodes.Beq,
        Code.Bge_S => OpCodes.Bge,
        Code.Bge_Un_S => OpCodes.Bge_Un,
        Code.Bgt_S => OpCodes.Bgt,
        Code.Bgt_Un_S => OpCodes.Bgt_Un,
        Code.Ble_S => OpCodes.Ble,
        Code.Ble_Un_S => OpCodes.Ble_Un,
        Code.Blt_S => OpCodes.Blt,
        Code.Blt_Un_S => OpCodes.Blt_Un,
        Code.Bne_Un_S => OpCodes.Bne_Un,
        Code.Leave_S => OpCodes.Leave,
        _ => code,
    };
}
