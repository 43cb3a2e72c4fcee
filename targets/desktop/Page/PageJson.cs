using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>How answers are written: generated, so that nothing is looked up at run time.</summary>
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(PageAnswer))]
    [JsonSerializable(typeof(FaultAnswer))]
    internal sealed partial class PageJson : JsonSerializerContext
    {
    }
}
