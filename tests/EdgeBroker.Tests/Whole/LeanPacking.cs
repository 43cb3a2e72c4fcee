using System;
using System.Text;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>
    /// How the virtual flash keeps bytes: runs of one byte, which the payloads here are, as their length, and what all topics here
    /// have in common as a byte each.
    /// </summary>
    /// <remarks>
    /// A control byte below 128 stands before so many bytes and one more; one from 254 on for a word; another before the byte of a
    /// run.
    /// </remarks>
    internal sealed class LeanPacking
    {
        private const int LiteralMax = 128;
        private const int RunMin = 4;
        private const int RunMax = 128;
        private const int RunBase = 125;
        private const int FirstWord = 254;

        private readonly byte[] _room = Encoding.UTF8.GetBytes("site/room");
        private readonly byte[] _sensor = Encoding.UTF8.GetBytes("/sensor");

        /// <summary>How many bytes have to be free before those that are packed: packed, some may take more.</summary>
        public const int Room = 12;

        /// <summary>Packs bytes, to the begin of their own array.</summary>
        /// <param name="buffer">Has them from <see cref="Room"/> on.</param>
        /// <param name="count">How many, at most 1,024.</param>
        /// <returns>The bytes they take packed.</returns>
        public int Pack(byte[] buffer, int count)
        {
            int size = 0;
            int end = Room + count;
            int start = Room;
            int at = Room;
            while (start < end)
            {
                int length = 0;
                int control = at < end ? Find(buffer, at, end, out length) : 0;
                if (length == 0 && at < end && at - start < LiteralMax)
                {
                    at++;
                    continue;
                }

                if (at > start)
                {
                    Array.Copy(buffer, start, buffer, size + 1, at - start);
                    buffer[size] = (byte)(at - start - 1);
                    size += 1 + at - start;
                }

                if (length > 0)
                {
                    byte first = buffer[at];
                    buffer[size++] = (byte)control;
                    if (control < FirstWord)
                    {
                        buffer[size++] = first;
                    }

                    at += length;
                }

                start = at;
            }

            return size;
        }

        /// <summary>The bytes that packed ones stand for.</summary>
        public int Count(byte[] packed)
        {
            int count = 0;
            for (int at = 0; at < packed.Length; at += SizeOf(packed[at]))
            {
                count += LengthOf(packed[at]);
            }

            return count;
        }

        /// <summary>Unpacks some bytes.</summary>
        /// <param name="packed">All of them, packed.</param>
        /// <param name="position">The first that is wanted.</param>
        /// <param name="buffer">Gets them.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many.</param>
        public void Unpack(byte[] packed, int position, byte[] buffer, int offset, int count)
        {
            for (int at = 0; count > 0; at += SizeOf(packed[at]))
            {
                int control = packed[at];
                int length = LengthOf(control);
                if (position >= length)
                {
                    position -= length;
                    continue;
                }

                int part = length - position < count ? length - position : count;
                if (control >= LiteralMax && control < FirstWord)
                {
                    for (int i = 0; i < part; i++)
                    {
                        buffer[offset + i] = packed[at + 1];
                    }
                }
                else
                {
                    byte[] source = control < LiteralMax ? packed : WordOf(control);
                    Array.Copy(source, position + (control < LiteralMax ? at + 1 : 0), buffer, offset, part);
                }

                offset += part;
                count -= part;
                position = 0;
            }
        }

        private static int SizeOf(int control)
        {
            return control < LiteralMax ? control + 2 : control < FirstWord ? 2 : 1;
        }

        private int LengthOf(int control)
        {
            return control < LiteralMax ? control + 1 : control < FirstWord ? control - RunBase : WordOf(control).Length;
        }

        private byte[] WordOf(int control)
        {
            return control == FirstWord ? _room : _sensor;
        }

        // What can be said shorter than as it is: its control byte, and how many bytes that stands for.
        private int Find(byte[] source, int at, int end, out int length)
        {
            byte first = source[at];
            length = 0;
            if (at + RunMin <= end && source[at + 1] == first && source[at + 2] == first && source[at + 3] == first)
            {
                length = RunMin;
                while (length < RunMax && at + length < end && source[at + length] == first)
                {
                    length++;
                }

                return RunBase + length;
            }

            if (first == _room[0] || first == _sensor[0])
            {
                int control = first == _room[0] ? FirstWord : FirstWord + 1;
                byte[] word = WordOf(control);
                int same = 1;
                while (same < word.Length && at + same < end && source[at + same] == word[same])
                {
                    same++;
                }

                length = same == word.Length ? same : 0;
                return control;
            }

            return 0;
        }
    }
}
