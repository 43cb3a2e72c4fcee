using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>Says when the power goes: asked once each time it comes.</summary>
    internal interface ICutSource
    {
        /// <summary>The next cut, counted from now; null: none any more.</summary>
        Cut? Next();
    }

    /// <summary>Cuts that are given.</summary>
    internal sealed class CutList(IEnumerable<Cut> cuts) : ICutSource
    {
        private readonly Queue<Cut> _cuts = new(cuts);

        /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
        internal static CutList Parse(string text)
        {
            return new CutList(text.Split(',', System.StringSplitOptions.RemoveEmptyEntries).Select(Cut.Parse));
        }

        public Cut? Next() => _cuts.TryDequeue(out Cut cut) ? cut : null;
    }

    /// <summary>Cuts at random, so many, all from a seed.</summary>
    internal sealed class RandomCuts(int seed, int count, int gapMax) : ICutSource
    {
        private readonly Prng _prng = new(seed);
        private int _left = count;

        public Cut? Next()
        {
            if (_left-- <= 0)
            {
                return null;
            }

            int gap = _prng.OneIn(3) ? 6 : gapMax;
            int kind = _prng.Below(14);
            return new Cut(_prng.Below(gap), kind < 4 ? CutKind.Before : kind < 8 ? CutKind.Torn : kind < 12 ? CutKind.After
                : kind == 12 ? CutKind.Failing : CutKind.Hiccup);
        }
    }
}
