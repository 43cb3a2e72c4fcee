using System;
using System.Globalization;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>Where the power goes.</summary>
    internal enum CutKind
    {
        /// <summary>Before the operation.</summary>
        Before,

        /// <summary>In its middle.</summary>
        Torn,

        /// <summary>When it is done, and nobody was told.</summary>
        After,

        /// <summary>From the operation on the storage fails, and the power goes when the broker has come to rest.</summary>
        Failing,

        /// <summary>The storage fails and works again after some operations; the power stays.</summary>
        Hiccup,

        /// <summary>From the operation on the storage fails, and the power goes some parts of the scenario later.</summary>
        Dying,

        /// <summary>From the operation on the storage fails for some seconds; the power stays.</summary>
        Sick,
    }

    /// <summary>One cut of the power.</summary>
    /// <param name="Operation">How many programs and erases there are between the last time the power came and this one.</param>
    /// <param name="Kind">How.</param>
    internal readonly record struct Cut(int Operation, CutKind Kind)
    {
        private const string Letters = "btafhds";

        /// <summary>As in "17t": what <see cref="Parse"/> reads.</summary>
        public override string ToString()
        {
            return Operation.ToString(CultureInfo.InvariantCulture) + Letters[(int)Kind];
        }

        /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
        internal static Cut Parse(string text)
        {
            int kind = Letters.IndexOf(text[^1], StringComparison.Ordinal);
            return new Cut(int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture), (CutKind)kind);
        }
    }
}
