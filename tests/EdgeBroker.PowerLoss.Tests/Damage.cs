using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeBroker.Simulation;
using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>One thing that is wrong with a flash, besides what the power does.</summary>
    /// <param name="IsFile">A file of the journal; else a block of the flash, of which only bits flip.</param>
    /// <param name="Number">Of the file or block.</param>
    /// <param name="Kind">"gone", "zero", "cut" or "flip".</param>
    /// <param name="Place">Which bit flips, or how many bytes are left.</param>
    internal sealed record Damage(bool IsFile, int Number, string Kind, int Place)
    {
        private static readonly string[] s_kinds = ["gone", "zero", "cut", "flip", "flip", "flip"];

        /// <summary>As in "file 101 flip 17": what <see cref="Parse"/> reads.</summary>
        public override string ToString() => $"{(IsFile ? "file" : "block")} {Number} {Kind} {Place}";

        /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
        internal static Damage Parse(string[] parts)
        {
            return new Damage(
                parts[0] == "file",
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[2],
                int.Parse(parts[3], CultureInfo.InvariantCulture));
        }

        /// <summary>Each file gone, zeroed, and cut in its middle.</summary>
        internal static List<Damage> OfEachFile(FlashDevice flash)
        {
            FlashStorage storage = new(flash);
            int[] files = new int[200];
            List<Damage> damages = [];
            foreach (int file in files.Take(storage.List(files)))
            {
                damages.Add(new Damage(true, file, "gone", 0));
                damages.Add(new Damage(true, file, "zero", 0));
                damages.Add(new Damage(true, file, "cut", storage.Size(file) / 2));
            }

            return damages;
        }

        /// <summary>Draws one that the flash can have.</summary>
        internal static Damage Draw(FlashDevice flash, Prng prng)
        {
            if (prng.OneIn(3))
            {
                return new Damage(false, prng.Below(flash.BlockCount), "flip", prng.Below(FlashDevice.BlockSize * 8));
            }

            FlashStorage storage = new(flash);
            int[] files = new int[200];
            int file = files[prng.Below(storage.List(files))];
            string kind = s_kinds[prng.Below(s_kinds.Length)];
            int bytes = Math.Max(1, storage.Size(file));
            return new Damage(true, file, kind, kind == "flip" ? prng.Below(bytes * 8) : kind == "cut" ? prng.Below(bytes) : 0);
        }

        /// <summary>Does it.</summary>
        internal void Do(FlashDevice flash)
        {
            if (!IsFile)
            {
                flash.FlipBit(Number, Place);
                return;
            }

            FlashStorage storage = new(flash);
            byte[] content = new byte[storage.Size(Number)];
            storage.Read(Number, 0, content, 0, content.Length);
            int left = Kind == "cut" ? Place : content.Length;
            if (Kind == "gone")
            {
                storage.Delete(Number);
                return;
            }

            if (Kind == "flip")
            {
                content[Place / 8] ^= (byte)(1 << (Place % 8));
            }
            else if (Kind == "zero")
            {
                Array.Clear(content);
            }

            storage.Write(Number, content, 0, left);
        }
    }
}
