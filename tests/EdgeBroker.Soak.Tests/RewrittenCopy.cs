using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using Mono.Cecil;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>
    /// A second copy of the product and of its tests, rewritten. Test libraries are shared, so that a failed assertion there is one
    /// here.
    /// </summary>
    public class RewrittenCopy : AssemblyLoadContext, IDisposable
    {
        private const string Prefix = "EdgeBroker.";

        private readonly Action<ModuleDefinition> _rewrite;

        /// <summary>Makes a copy.</summary>
        /// <param name="rewrite">Rewrites an assembly, or leaves it as it is.</param>
        public RewrittenCopy(Action<ModuleDefinition> rewrite)
            : base("rewritten", isCollectible: true)
        {
            _rewrite = rewrite;
        }

        /// <summary>Runs a test of the copy, as a test runner does.</summary>
        /// <param name="test">The type that holds it, of the original.</param>
        /// <param name="method">The test method.</param>
        /// <param name="arguments">Its arguments, if it has any.</param>
        /// <returns>What it threw, or null if it has passed.</returns>
        public Exception? Run(Type test, string method, params object[] arguments)
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
            GC.SuppressFinalize(this);
        }

        /// <inheritdoc/>
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            if (!assemblyName.Name!.StartsWith(Prefix, StringComparison.Ordinal) || !File.Exists(path))
            {
                return null;
            }

            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            _rewrite(module);
            using MemoryStream image = new();
            module.Write(image);
            image.Position = 0;
            return LoadFromStream(image);
        }
    }
}
