#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>
    /// Runs vectors: one line per case, of five columns separated by semicolons: name; statement ids; the protocol levels under which
    /// it is run, with S for a packet from a Server; the packet (see PacketText); what is expected: a reason code in hex for a
    /// failure, or ok, the fields that matter (see DecodedPacket) and = if the writers have to give the same bytes.
    /// </summary>
    public static class Vectors
    {
        // Packets that set every field there is, decoded before each case.
        private static readonly string[] s_before =
        {
            "10 r s'MQTT' 05 EE k10 p( 11 u5 21 k9 27 u99 22 k6 19 01 17 00 15 s'M' 16 s'd' ) s'p' p( 18 u6 02 u7 ) s't' s'x' s'u' s'w'",
            "20 r 01 00 p( 11 u1 21 k2 24 01 25 01 27 u5 22 k7 28 01 29 01 2A 01 13 k12 )",
            "3D r s'a/b' k7 p( 02 u60 23 k5 0B 01 ) 'xyz'",
            "40 r k5 97 p( 1F s'no' )",
            "82 r k5 p( 0B 07 ) s'a' 2E",
            "90 r k5 00 01 02",
            "A2 r k5 00 s'a' s'b'",
            "B0 r k5 00 00 11",
            "E0 r 04 p( 11 u60 )",
            "F0 r 18 p( 15 s'M' 16 s'd' )",
        };

        /// <summary>Runs all lines and fails with a list of those that failed.</summary>
        public static void Run(string[] lines)
        {
            PacketText text = new PacketText();
            byte[][] before = new byte[s_before.Length][];
            for (int index = 0; index < before.Length; index++)
            {
                before[index] = text.Parse(s_before[index]);
            }

            DecodedPacket decoded = new DecodedPacket();
            string faults = string.Empty;
            int runs = 0;
            for (int index = 0; index < lines.Length; index++)
            {
                string[] columns = lines[index].Split(new char[] { ';' });
                Assert.AreEqual(5, columns.Length, lines[index]);
                byte[] packet = text.Parse(columns[3]);
                char[] levels = columns[2].Trim().ToCharArray();
                bool fromServer = levels[levels.Length - 1] == 'S';
                for (int run = 0; run < levels.Length - (fromServer ? 1 : 0); run++)
                {
                    int level = levels[run] - '0';
                    DecodeBefore(decoded, before);
                    string fault = RunOne(text, decoded, packet, level, fromServer, columns[4].Trim());
                    if (fault != null)
                    {
                        faults += "\n" + columns[0].Trim() + " (level " + level.ToString() + "): " + fault;
                    }

                    runs++;
                }
            }

            Assert.IsTrue(runs >= lines.Length, "a line was not run");
            Assert.AreEqual(string.Empty, faults);
        }

        private static string RunOne(
            PacketText text, DecodedPacket decoded, byte[] packet, int level, bool fromServer, string expected)
        {
            int code = decoded.Decode(packet, 0, packet.Length, level, fromServer);
            if (decoded.Fault != null)
            {
                return decoded.Fault;
            }

            string[] words = expected.Split(new char[] { ' ' });
            bool isOk = words[0] == "ok";
            string answer = code == ReasonCode.Success ? "ok" : Hex.Of(new byte[] { (byte)code }, 0, 1);
            if (answer != words[0])
            {
                return "expected " + words[0] + ", got " + answer + decoded.Text;
            }

            string fields = decoded.Text;
            for (int index = 1; index < words.Length; index++)
            {
                if (words[index] == "=")
                {
                    string fault = Reencoded(decoded, packet, level);
                    if (fault != null)
                    {
                        return fault;
                    }
                }
                else if ((fields + " ").IndexOf(" " + words[index] + " ") < 0)
                {
                    return "expected " + words[index] + " in" + fields;
                }
            }

            // The packets before must not show.
            DecodedPacket fresh = new DecodedPacket();
            if (fresh.Decode(packet, 0, packet.Length, level, fromServer) != code || fresh.Text != fields)
            {
                return "a new decoder gives" + fresh.Text + " instead of" + fields;
            }

            string moved = Moved(decoded, packet, level, fromServer, code, fields);
            return moved ?? CutShort(text, decoded, packet, level, fromServer, isOk);
        }

        private static void DecodeBefore(DecodedPacket decoded, byte[][] before)
        {
            for (int index = 0; index < before.Length; index++)
            {
                byte[] packet = before[index];
                int code = decoded.Decode(packet, 0, packet.Length, ProtocolLevel.V5, packet[0] == 0x20);
                Assert.AreEqual(ReasonCode.Success, code, s_before[index]);
            }
        }

        // The same packet in the midst of others gives the same.
        private static string Moved(DecodedPacket decoded, byte[] packet, int level, bool fromServer, int code, string fields)
        {
            byte[] buffer = new byte[packet.Length + 7];
            for (int index = 0; index < buffer.Length; index++)
            {
                buffer[index] = 0x82;
            }

            System.Array.Copy(packet, 0, buffer, 5, packet.Length);
            int moved = decoded.Decode(buffer, 5, packet.Length + 2, level, fromServer);
            bool isSame = moved == code && decoded.Text == fields && decoded.Fault == null;
            return isSame ? null : "differs elsewhere in a buffer" + decoded.Text;
        }

        // Cut at every byte: not complete as it stands; with a Remaining Length that fits, refused wherever it may not end.
        private static string CutShort(
            PacketText text, DecodedPacket decoded, byte[] packet, int level, bool fromServer, bool isOk)
        {
            int headerSize;
            int size = FixedHeader.ReadSize(packet, 0, packet.Length, out headerSize);
            if (size != packet.Length)
            {
                return isOk ? "the size differs" : null;
            }

            for (int end = 0; end < packet.Length; end++)
            {
                byte[] received = new byte[end];
                System.Array.Copy(packet, 0, received, 0, end);
                int ignored;
                int found = FixedHeader.ReadSize(received, 0, end, out ignored);
                if (found != (end < headerSize ? FixedHeader.NeedMoreBytes : size))
                {
                    return "the size is not told right at byte " + end.ToString();
                }

                if (end < headerSize)
                {
                    continue;
                }

                byte[] cut = WithBody(packet, headerSize, end - headerSize);
                int code = decoded.Decode(cut, 0, cut.Length, level, fromServer);
                if (decoded.Fault != null)
                {
                    return "cut at byte " + end.ToString() + ": " + decoded.Fault;
                }

                if (isOk && (code == ReasonCode.Success) != text.MayEndAt(end))
                {
                    return "cut at byte " + end.ToString() + ": " + code.ToString();
                }
            }

            return null;
        }

        private static byte[] WithBody(byte[] packet, int bodyOffset, int bodySize)
        {
            int lengthSize = PacketWriter.SizeOfVariableByteInteger(bodySize);
            byte[] result = new byte[1 + lengthSize + bodySize];
            PacketWriter writer = new PacketWriter();
            writer.Start(result, 0, result.Length);
            writer.WriteByte(packet[0]);
            writer.WriteVariableByteInteger(bodySize);
            writer.WriteBytes(packet, bodyOffset, bodySize);
            return result;
        }

        private static string Reencoded(DecodedPacket decoded, byte[] packet, int level)
        {
            byte[] target = new byte[packet.Length + 8];
            int size = Reencoder.Write(decoded, packet, level, target);
            if (size != packet.Length)
            {
                return "re-encoded to " + Hex.Of(target, 0, size < 0 ? 0 : size);
            }

            for (int index = 0; index < size; index++)
            {
                if (target[index] != packet[index])
                {
                    return "re-encoded to " + Hex.Of(target, 0, size);
                }
            }

            return null;
        }
    }
}
