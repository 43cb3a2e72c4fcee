using System;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>A method that is made to do nothing but answer, or one call in it.</summary>
    /// <param name="Assembly">The assembly, by its name.</param>
    /// <param name="Method">Namespace, type and method: all methods of that name, or all at all for *. A property's begin with <c>get_</c> or <c>set_</c>.</param>
    /// <param name="Answer">What it answers: a number, 1 for true, 0 for false and for no object. Out parameters are 0.</param>
    internal sealed record Patch(string Assembly, string Method, int Answer = 0)
    {
        /// <summary>
        /// Type and method, without the namespace: only calls of that are replaced by the answer, and the rest of the method stays; null
        /// for the whole method.
        /// </summary>
        internal string? Call { get; init; }

        /// <summary>The calls are made all the same, and only what they answer is replaced.</summary>
        internal bool IsMade { get; init; }

        /// <summary>Only where this parameter of the method, a number, is <see cref="Value"/>; null for always.</summary>
        internal string? Parameter { get; init; }

        /// <summary>The value of the parameter.</summary>
        internal int Value { get; init; }

        /// <summary>Rewrites the method in its module.</summary>
        /// <exception cref="InvalidOperationException">There is no such method.</exception>
        internal void Apply(ModuleDefinition module)
        {
            bool isAll = Method.EndsWith('*');
            MethodDefinition[] methods = module.GetTypes()
                .SelectMany(type => type.Methods)
                .Where(method => method.HasBody && Method == $"{method.DeclaringType.FullName}.{(isAll ? "*" : method.Name)}")
                .ToArray();
            if (methods.Length == 0)
            {
                throw new InvalidOperationException($"{Assembly} has no method {Method}: it has another name by now");
            }

            bool isDone = false;
            foreach (MethodDefinition method in methods)
            {
                isDone |= Call == null ? Rewrite(method) : RewriteCalls(method);
            }

            if (!isDone)
            {
                throw new InvalidOperationException($"{Method} does not call {Call}");
            }
        }

        private bool RewriteCalls(MethodDefinition method)
        {
            Instruction[] calls = method.Body.Instructions
                .Where(instruction => (instruction.OpCode == OpCodes.Call || instruction.OpCode == OpCodes.Callvirt)
                    && instruction.Operand is MethodReference called
                    && $"{called.DeclaringType.Name}.{called.Name}" == Call)
                .ToArray();
            foreach (Instruction call in calls)
            {
                RewriteCall(method, call);
            }

            method.Body.Instructions.ToList().ForEach(Lengthen);
            return calls.Length > 0;
        }

        // What is put in may lie between a jump and its target.
        private static void Lengthen(Instruction instruction)
        {
            OpCode code = instruction.OpCode;
            if (code.OperandType == OperandType.ShortInlineBrTarget)
            {
                string name = code.Name[..^2].Replace('.', '_');
                instruction.OpCode = (OpCode)typeof(OpCodes).GetField(name, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Static)!
                    .GetValue(null)!;
            }
        }

        // The call becomes a jump past itself, which takes its arguments away; jumps to the call go there.
        private void RewriteCall(MethodDefinition method, Instruction call)
        {
            ILProcessor processor = method.Body.GetILProcessor();
            MethodReference called = (MethodReference)call.Operand;
            Instruction next = call.Next;
            Instruction made = processor.Create(call.OpCode, called);
            int arguments = called.Parameters.Count + (called.HasThis ? 1 : 0);
            call.OpCode = OpCodes.Nop;
            call.Operand = null;
            if (Parameter != null)
            {
                processor.InsertBefore(next, processor.Create(OpCodes.Ldarg, method.Parameters.Single(one => one.Name == Parameter)));
                processor.InsertBefore(next, processor.Create(OpCodes.Ldc_I4, Value));
                processor.InsertBefore(next, processor.Create(OpCodes.Bne_Un, made));
            }

            bool answers = called.ReturnType.MetadataType != MetadataType.Void;
            if (IsMade)
            {
                processor.InsertBefore(next, processor.Create(OpCodes.Call, called));
                arguments = answers ? 1 : 0;
            }

            for (int i = 0; i < arguments; i++)
            {
                processor.InsertBefore(next, processor.Create(OpCodes.Pop));
            }

            if (answers)
            {
                processor.InsertBefore(next, processor.Create(OpCodes.Ldc_I4, Answer));
            }

            if (Parameter != null)
            {
                processor.InsertBefore(next, processor.Create(OpCodes.Br, next));
                processor.InsertBefore(next, made);
            }
        }

        private bool Rewrite(MethodDefinition method)
        {
            Mono.Cecil.Cil.MethodBody body = new(method);
            ILProcessor processor = body.GetILProcessor();
            foreach (ParameterDefinition parameter in method.Parameters.Where(parameter => parameter.IsOut))
            {
                processor.Emit(OpCodes.Ldarg, parameter);
                processor.Emit(OpCodes.Initobj, ((ByReferenceType)parameter.ParameterType).ElementType);
            }

            TypeReference type = method.ReturnType;
            if (type.MetadataType != MetadataType.Void)
            {
                processor.Emit(type.IsValueType || type.IsPrimitive ? OpCodes.Ldc_I4 : OpCodes.Ldnull, Answer, type);
            }

            if (type.MetadataType is MetadataType.Int64 or MetadataType.UInt64)
            {
                processor.Emit(OpCodes.Conv_I8);
            }

            processor.Emit(OpCodes.Ret);
            method.Body = body;
            return true;
        }
    }

    file static class Emitting
    {
        internal static void Emit(this ILProcessor processor, OpCode code, int answer, TypeReference type)
        {
            if (code == OpCodes.Ldnull)
            {
                processor.Emit(code);
            }
            else if (type.IsPrimitive || type.Resolve()?.IsEnum == true)
            {
                processor.Emit(code, answer);
            }
            else
            {
                throw new InvalidOperationException($"a method that returns {type} can't be patched");
            }
        }
    }
}
