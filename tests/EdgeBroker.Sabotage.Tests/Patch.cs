using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>A method that is made to do nothing but answer.</summary>
    /// <param name="Assembly">The assembly, by its name.</param>
    /// <param name="Method">Namespace, type and method: all methods of that name. A property's begin with <c>get_</c> or <c>set_</c>.</param>
    /// <param name="Answer">What it answers: a number, 1 for true, 0 for false and for no object. Out parameters are 0.</param>
    internal sealed record Patch(string Assembly, string Method, int Answer)
    {
        /// <summary>Rewrites the method in its module.</summary>
        /// <exception cref="InvalidOperationException">There is no such method.</exception>
        internal void Apply(ModuleDefinition module)
        {
            MethodDefinition[] methods = module.GetTypes()
                .SelectMany(type => type.Methods)
                .Where(method => method.HasBody && $"{method.DeclaringType.FullName}.{method.Name}" == Method)
                .ToArray();
            if (methods.Length == 0)
            {
                throw new InvalidOperationException($"{Assembly} has no method {Method}: it has another name by now");
            }

            foreach (MethodDefinition method in methods)
            {
                Rewrite(method);
            }
        }

        private void Rewrite(MethodDefinition method)
        {
            MethodBody body = new(method);
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
