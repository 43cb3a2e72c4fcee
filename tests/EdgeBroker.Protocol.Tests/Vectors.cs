using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>
    /// Runs vectors: one line per case, of five columns separated by semicolons: name; statement ids; the protocol levels under which
    /// it is run, with S for a packet from a Server; the packet (see PacketText); what is expected: a reason code in hex for a
    /// failure, or ok, the fields that matter (see DecodedPacket) and = if the writers have to give the same bytes.
    /// </summary>
    public static class Vectors
    {
        /// <summary>Runs all lines and fails with a list of those that failed.</summary>
        public static void Run(string[] lines)
        {
            PacketText text = new PacketText();
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
