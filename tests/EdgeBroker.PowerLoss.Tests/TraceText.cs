using System.Runtime.CompilerServices;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>A text for <see cref="World.Trace(TraceText)"/>, which is only made if anybody wants to know.</summary>
    [InterpolatedStringHandler]
    internal ref struct TraceText
    {
        private DefaultInterpolatedStringHandler _text;

        public TraceText(int literalLength, int formattedCount, World world, out bool isWanted)
        {
            isWanted = world.IsTraced;
            _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        internal string Take() => _text.ToStringAndClear();
    }
}
