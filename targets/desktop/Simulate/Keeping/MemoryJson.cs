using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeBroker.DesktopProgram.Simulate.Keeping
{
    /// <summary>How <see cref="WorldMemory"/> is written.</summary>
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(WorldMemory))]
    internal sealed partial class MemoryJson : JsonSerializerContext
    {
    }
}
