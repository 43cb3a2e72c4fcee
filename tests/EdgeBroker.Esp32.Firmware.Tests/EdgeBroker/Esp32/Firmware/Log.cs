using System.Collections.Generic;

namespace EdgeBroker.Esp32.Firmware;

/// <summary>Keeps what is said.</summary>
internal sealed class Log : ILog
{
    private readonly List<string> _lines = [];

    /// <summary>All lines, or none if nothing was said since.</summary>
    public string Take()
    {
        string text = string.Join('\n', _lines);
        _lines.Clear();
        return text;
    }

    /// <inheritdoc/>
    public void Line(string text) => _lines.Add(text);
}
