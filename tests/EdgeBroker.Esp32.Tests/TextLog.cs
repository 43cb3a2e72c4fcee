namespace EdgeBroker.Esp32.Tests
{
    /// <summary>Keeps the lines, each ended by |.</summary>
    internal sealed class TextLog : ILog
    {
        /// <summary>The lines so far.</summary>
        public string Text { get; private set; } = "";

        /// <inheritdoc/>
        public void Line(string text)
        {
            Text += text + "|";
        }
    }
}
