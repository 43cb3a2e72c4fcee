using System;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeBroker.Protocol.Properties
{
    /// <summary>Generators of bytes and texts, and the way properties are checked.</summary>
    internal static class Bytes
    {
        /// <summary>Bytes that are likely to make up UTF-8, or nearly.</summary>
        public static readonly Gen<byte[]> NearlyUtf8 = Gen.ArrayOf(Gen.OneOf(
            Gen.Elements<byte>(0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF),
            Gen.Elements<byte>(0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF),
            Gen.Choose(1, 255).Select(value => (byte)value)));

        /// <summary>Any bytes.</summary>
        public static readonly Gen<byte[]> Any = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value));

        /// <summary>Well-formed text without U+0000.</summary>
        public static readonly Gen<byte[]> Text = Gen.ArrayOf(Gen.Elements("a", "b", "Z", "0", " ", "-", "ä", "€", "\uFEFF", "😀"))
            .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

        /// <summary>Text, or nothing.</summary>
        public static readonly Gen<byte[]?> TextOrNull = Gen.OneOf(Text.Select(text => (byte[]?)text), Gen.Constant<byte[]?>(null));

        /// <summary>Topic Names and Topic Filters, valid and not: levels between slashes.</summary>
        public static readonly Gen<string> Levels = Gen
            .NonEmptyListOf(Gen.Elements("", "a", "b", "ab", "+", "#", "$s", "$share", "a+", "#b"))
            .Select(levels => string.Join('/', levels));

        /// <summary>A property list that PUBLISH may carry, as encoded on the wire.</summary>
        public static readonly Gen<byte[]> PublishProperties =
            from expiry in Gen.Choose(-1, int.MaxValue)
            from format in Gen.Choose(-1, 1)
            from type in TextOrNull
            from pairs in Gen.ListOf(Gen.Two(Text))
            select Encode(writer =>
            {
                if (expiry >= 0)
                {
                    writer.WriteUInt32Property(PropertyId.MessageExpiryInterval, expiry);
                }

                if (format >= 0)
                {
                    writer.WriteByteProperty(PropertyId.PayloadFormatIndicator, format);
                }

                foreach (var pair in pairs)
                {
                    writer.WriteUserProperty(pair.Item1, pair.Item2);
                }

                writer.WriteStringProperty(PropertyId.ContentType, type);
            });

        /// <summary>Writes into a buffer that is large enough and gives what was written.</summary>
        public static byte[] Encode(Action<PacketWriter> write)
        {
            var buffer = new byte[100_000];
            var writer = new PacketWriter();
            writer.Start(buffer, 0, buffer.Length);
            write(writer);
            if (writer.Overflowed)
            {
                throw new InvalidOperationException();
            }

            return buffer.AsSpan(0, writer.Position).ToArray();
        }

        /// <summary>Tells whether a part of a packet is what is expected; null for a part that has to be empty.</summary>
        public static bool Same(byte[] packet, int offset, int length, byte[]? expected)
        {
            return packet.Skip(offset).Take(length).SequenceEqual(expected ?? []);
        }

        /// <summary>Checks a property with a fixed seed, so that every run is the same.</summary>
        public static void ForAll<T>(Gen<T> values, Func<T, bool> holds)
        {
            var replay = new Replay(new Rnd(20261122, 9), Microsoft.FSharp.Core.FSharpOption<int>.None);
            var config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(replay);
            Check.One(config, Prop.ForAll(values.ToArbitrary(), holds));
        }
    }
}
