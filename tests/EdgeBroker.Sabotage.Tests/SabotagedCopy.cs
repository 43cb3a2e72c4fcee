using System;
using System.Linq;
using EdgeBroker.Soak.Tests;
using Mono.Cecil;

namespace EdgeBroker.Sabotage.Tests
{
    /// <summary>A second copy of the product and of its tests, in which methods are patched.</summary>
    internal sealed class SabotagedCopy(params Patch[] patches) : RewrittenCopy(module => Apply(module, patches))
    {
        private static void Apply(ModuleDefinition module, Patch[] patches)
        {
            foreach (Patch patch in patches.Where(patch => patch.Assembly == module.Assembly.Name.Name))
            {
                patch.Apply(module);
            }
        }
    }
}
