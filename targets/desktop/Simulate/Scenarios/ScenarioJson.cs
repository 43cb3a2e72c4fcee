using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>How scenario files are read. A misspelt name is a mistake, not something to skip.</summary>
    /// <remarks>What a file may leave out is a property with set: of those with init the generated code loses the default.</remarks>
    [JsonSourceGenerationOptions(
        JsonSerializerDefaults.Web,
        UseStringEnumConverter = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(Scenario))]
    internal sealed partial class ScenarioJson : JsonSerializerContext
    {
    }
}
