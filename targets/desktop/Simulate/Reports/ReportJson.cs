using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeBroker.DesktopProgram.Simulate.Reports
{
    /// <summary>How reports are written for programs.</summary>
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
    [JsonSerializable(typeof(Report))]
    internal sealed partial class ReportJson : JsonSerializerContext
    {
    }
}
