namespace EdgeBroker.Esp32
{
    /// <summary>Where the application says what it does.</summary>
    internal interface ILog
    {
        /// <summary>Writes a line.</summary>
        void Line(string text);
    }
}
