using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>
    /// A second copy of the product and of its tests, in which methods are patched. Test libraries are shared, so that a failed
    /// assertion there is one here.
    /// </summary>
    internal sealed class SabotagedCopy : AssemblyLoadContext, IDisposable
    {
        private const string Prefix = "EdgeBroker.";

        private readonly Patch[] _patches;

        /// <summary>Makes a copy.</summary>
        internal SabotagedCopy(params Patch[] patches)
            : base("sabotaged", isCollectible: true)
        {
            _patches = patches;
        }

        /// <summary>Runs a test of the copy, as a test runner does.</summary>
        /// <param name="test">The type that holds it, of the original.</param>
        /// <param name="method">The test method.</param>
        /// <param name="arguments">Its arguments, if it has any.</param>
        /// <returns>What it threw, or null if it has passed.</returns>
        internal Exception? Run(Type test, string method, params object[] arguments)
        {
            Type copy = LoadFromAssemblyName(test.Assembly.GetName()).GetType(test.FullName!, throwOnError: true)!;
            if (copy == test)
            {
                throw new InvalidOperationException($"{test.Assembly.GetName().Name} was not copied");
            }

            object instance = Activator.CreateInstance(copy)!;
            try
            {
                copy.GetMethod(method)!.Invoke(instance, arguments);
                return null;
            }
            catch (TargetInvocationException exception)
            {
                return exception.InnerException;
            }
        }

        /// <summary>Lets go of the copy.</summary>
        public void Dispose()
        {
            Unload();
        }

        /// <inheritdoc/>
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            if (!assemblyName.Name!.StartsWith(Prefix, StringComparison.Ordinal) || !File.Exists(path))
            {
                return null;
            }

            IEnumerable<Patch> patches = _patches.Where(patch => patch.Assembly == assemblyName.Name);
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            foreach (Patch patch in patches)
            {
                patch.Apply(module);
            }

            using MemoryStream image = new();
            module.Write(image);
            image.Position = 0;
            return LoadFromStream(image);
        }
    }
}
