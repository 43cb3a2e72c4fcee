using System;

namespace EdgeBroker.Esp32
{
    /// <summary>Writes to what the device has for a console: the serial port it was flashed by.</summary>
    internal sealed class ConsoleLog : ILog
    {
        /// <inheritdoc/>
        public void Line(string text)
        {
            Console.WriteLine(text);
        }
    }
}
