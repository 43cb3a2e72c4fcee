#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>
    /// Any bytes: no exception, no read outside the packet, an answer that is among those promised, and the same answer whatever lies
    /// around the packet. The seed is fixed; a failure names the round.
    /// </summary>
    [TestClass]
    public class FuzzTests
    {
        private const int SizeMax = 200;

        private static readonly string[] s_seeds =
        {
            "10 r s'MQTT' 04 C6 k10 s'p' s't' s'x' s'u' s'w'",
            "10 r s'MQIsdp' 03 C6 k10 s'p' s't' s'x' s'u' s'w'",
            "10 r s'MQTT' 05 C6 k10 p( 11 u5 21 k9 27 u99 22 k6 19 01 17 00 15 s'M' 16 s'd' ) s'p' " +
                "p( 18 u6 02 u7 08 s'r' ) s't' s'x' s'u' s'w'",
            "20 r 01 00 p( 11 u1 21 k2 24 01 25 01 27 u5 12 s'a' 22 k7 1F s'b' 28 01 29 01 2A 01 13 k12 1A s'c' 1C s'd' )",
            "30 r s'a/b' 'xyz'",
            "3B r s'a/b' k7 p( 01 01 02 u60 23 k5 08 s'r' 09 s'c' 26 s'n' s'v' 0B 8001 03 s't' ) 'xyz'",
            "40 r k5 97 p( 1F s'no' 26 s'a' s'b' )",
            "50 02 k5",
            "62 03 k5 92",
            "70 04 k5 00 00",
            "82 r k5 s'a/+' 01 s'#' 02",
            "82 r k5 p( 0B 8001 26 s'a' s'b' ) s'$share/n/a' 19 s'b' 2E",
            "90 r k5 p( 1F s'no' ) 00 01 02 87",
            "A2 r k5 p( 26 s'a' s'b' ) s'a' s'+/#'",
            "B0 r k5 00 00 11 80",
            "C0 00",
            "E0 r 04 p( 11 u60 1F s'why' )",
            "F0 r 18 p( 15 s'M' 16 s'd' 1F s'why' )",
        };

        /// <summary>Packets changed at a few places.</summary>
        [TestMethod]
        public void ChangedPackets()
        {
            Dice dice = new Dice(20261122);
            DecodedPacket decoded = new DecodedPacket();
            PacketText text = new PacketText();
            int accepted = 0;
            for (int seed = 0; seed < s_seeds.Length; seed++)
            {
                byte[] original = text.Parse(s_seeds[seed]);
                for (int round = 0; round < 3000; round++)
                {
                    byte[] packet = Changed(dice, original);
                    accepted += RunOne(dice, decoded, packet, "seed " + seed.ToString() + " round " + round.ToString());
                }
            }

            // A fuzzer whose packets are all refused at once, or all accepted, finds nothing.
            Assert.IsTrue(accepted > s_seeds.Length * 300, accepted.ToString());
            Assert.IsTrue(accepted < s_seeds.Length * 2700, accepted.ToString());
        }

        /// <summary>Bytes of pure chance, after a header that fits them.</summary>
        [TestMethod]
        public void RandomBytes()
        {
            Dice dice = new Dice(5);
            DecodedPacket decoded = new DecodedPacket();
            for (int round = 0; round < 20000; round++)
            {
                byte[] packet = new byte[2 + dice.Next(40)];
                for (int index = 0; index < packet.Length; index++)
                {
                    packet[index] = (byte)(dice.Next(2) == 0 ? dice.Next(256) : dice.Next(8));
                }

                packet[0] = (byte)(dice.Next(256));
                packet[1] = (byte)(packet.Length - 2);
                RunOne(dice, decoded, packet, "round " + round.ToString());
            }
        }

        private static bool IsPromised(int code)
        {
            return code == ReasonCode.Success || code == ReasonCode.MalformedPacket || code == ReasonCode.ProtocolError ||
                code == ReasonCode.UnsupportedProtocolVersion || code == ReasonCode.TopicNameInvalid ||
                code == ReasonCode.TopicAliasInvalid || code == FixedHeader.NeedMoreBytes - 1;
        }

        private static int RunOne(Dice dice, DecodedPacket decoded, byte[] packet, string name)
        {
            int level = ProtocolLevel.V31 + dice.Next(5);
            level = level > ProtocolLevel.V5 ? ProtocolLevel.V5 : level;
            bool fromServer = dice.Next(2) == 0;
            int code = decoded.Decode(packet, 0, packet.Length, level, fromServer);
            Assert.IsTrue(IsPromised(code), name + ": " + code.ToString());
            Assert.IsTrue(decoded.Fault == null, name + ": " + decoded.Fault);
            string fields = decoded.Text;

            byte[] buffer = new byte[packet.Length + 20];
            for (int index = 0; index < buffer.Length; index++)
            {
                buffer[index] = (byte)dice.Next(256);
            }

            System.Array.Copy(packet, 0, buffer, 10, packet.Length);
            int again = decoded.Decode(buffer, 10, packet.Length, level, fromServer);
            Assert.AreEqual(code, again, name);
            Assert.AreEqual(fields, decoded.Text, name);
            return code == ReasonCode.Success ? 1 : 0;
        }

        // Changes, inserts or removes a few bytes after the header, which is made to fit.
        private static byte[] Changed(Dice dice, byte[] original)
        {
            byte[] bytes = new byte[SizeMax];
            int size = original.Length - 2;
            System.Array.Copy(original, 2, bytes, 0, size);
            for (int left = dice.Next(4); left > 0; left--)
            {
                int place = dice.Next(size + 1);
                switch (dice.Next(5))
                {
                    case 0:
                        bytes[place] = (byte)dice.Next(256);
                        size = place == size ? size + 1 : size;
                        break;
                    case 1:
                        bytes[place] ^= (byte)(1 << dice.Next(8));
                        break;
                    case 2:
                        bytes[place] = (byte)(bytes[place] + (dice.Next(2) == 0 ? 1 : 255));
                        break;
                    case 3:
                        System.Array.Copy(bytes, place, bytes, place + 1, size - place);
                        bytes[place] = (byte)dice.Next(256);
                        size++;
                        break;
                    default:
                        size = place < size ? dice.Next(size + 1) : size;
                        break;
                }
            }

            byte[] packet = new byte[size + 2];
            System.Array.Copy(bytes, 0, packet, 2, size);
            packet[0] = (byte)(dice.Next(20) == 0 ? original[0] ^ (1 << dice.Next(4)) : original[0]);
            packet[1] = (byte)size;
            return packet;
        }
    }
}
