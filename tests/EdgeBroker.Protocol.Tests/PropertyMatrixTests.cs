#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Every property in every packet: accepted where the standard has it, refused as malformed elsewhere.</summary>
    [TestClass]
    public class PropertyMatrixTests
    {
        // Identifier in hex, a valid value, and the packets: digits and letters are packet types in hex, W = Will.
        private static readonly string[] s_properties =
        {
            "01 ; 01          ; 3W",
            "02 ; u60         ; 3W",
            "03 ; s'a'        ; 3W",
            "08 ; s'a'        ; 3W",
            "09 ; s'a'        ; 3W",
            "0B ; 05          ; 38",
            "11 ; u60         ; 12E",
            "12 ; s'a'        ; 2",
            "13 ; k60         ; 2",
            "15 ; s'a'        ; 12F",
            "16 ; s'a'        ; 12F",
            "17 ; 01          ; 1",
            "18 ; u60         ; W",
            "19 ; 01          ; 1",
            "1A ; s'a'        ; 2",
            "1C ; s'a'        ; 2E",
            "1F ; s'a'        ; 245679BEF",
            "21 ; k60         ; 12",
            "22 ; k60         ; 12",
            "23 ; k60         ; 3",
            "24 ; 01          ; 2",
            "25 ; 01          ; 2",
            "26 ; s'a' s'b'   ; 123456789ABEFW",
            "27 ; u60         ; 12",
            "28 ; 01          ; 2",
            "29 ; 01          ; 2",
            "2A ; 01          ; 2",
        };

        // Packet, whether a Server sends it, and its bytes, of which @ are the properties.
        private static readonly string[] s_packets =
        {
            "1 ; C ; 10 r s'MQTT' 05 02 k10 p( @ ) s'p'",
            "W ; C ; 10 r s'MQTT' 05 06 k10 00 s'p' p( @ ) s't' s'x'",
            "2 ; S ; 20 r 00 00 p( @ )",
            "3 ; C ; 30 r s'a' p( @ ) 'x'",
            "4 ; C ; 40 r k1 00 p( @ )",
            "5 ; C ; 50 r k1 00 p( @ )",
            "6 ; C ; 62 r k1 00 p( @ )",
            "7 ; C ; 70 r k1 00 p( @ )",
            "8 ; C ; 82 r k1 p( @ ) s'a' 00",
            "9 ; S ; 90 r k1 p( @ ) 00",
            "A ; C ; A2 r k1 p( @ ) s'a'",
            "B ; S ; B0 r k1 p( @ ) 00",
            "E ; S ; E0 r 80 p( @ )",
            "E ; C ; E0 r 80 p( @ )",
            "F ; C ; F0 r 18 p( 15 s'M' @ )",
        };

        /// <summary>Once, twice, cut short and with bad UTF-8; unknown identifiers.</summary>
        [TestMethod]
        public void Matrix()
        {
            DecodedPacket decoded = new DecodedPacket();
            int runs = 0;
            for (int packet = 0; packet < s_packets.Length; packet++)
            {
                string[] columns = s_packets[packet].Split(new char[] { ';' });
                for (int identifier = 0; identifier < 128; identifier++)
                {
                    string property = Find(identifier);
                    string value = property == null ? "00 00 00 00" : property.Split(new char[] { ';' })[1];
                    bool isPermitted = property != null && property.Split(new char[] { ';' })[2].IndexOf(columns[0].Trim()) >= 0;
                    RunOne(decoded, columns, identifier, value, isPermitted);
                    runs++;
                }
            }

            Assert.AreEqual(15 * 128, runs);
        }

        private static string Find(int identifier)
        {
            string start = Hex.Of(new byte[] { (byte)identifier }, 0, 1);
            for (int index = 0; index < s_properties.Length; index++)
            {
                if (s_properties[index].IndexOf(start) == 0)
                {
                    return s_properties[index];
                }
            }

            return null;
        }

        private static void RunOne(DecodedPacket decoded, string[] columns, int identifier, string value, bool isPermitted)
        {
            bool fromServer = columns[1].Trim() == "S";
            string property = Hex.Of(new byte[] { (byte)identifier }, 0, 1) + " " + value.Trim();
            string name = columns[2].Trim() + " with " + property;
            int expected = isPermitted ? ReasonCode.Success : ReasonCode.MalformedPacket;
            bool isTwice = columns[0].Trim() == "F" && identifier == PropertyId.AuthenticationMethod;
            bool isForeign = columns[0].Trim() == "E" &&
                identifier == (fromServer ? PropertyId.SessionExpiryInterval : PropertyId.ServerReference);
            if (isTwice || isForeign)
            {
                expected = ReasonCode.ProtocolError;
            }

            // Authentication Data is nothing without its method.
            bool needsMethod = identifier == PropertyId.AuthenticationData && isPermitted && columns[0].Trim() != "F";
            string method = needsMethod ? "15 s'M' " : string.Empty;
            Assert.AreEqual(expected, Decode(decoded, columns[2], method + property, fromServer), name);
            if (!isPermitted)
            {
                return;
            }

            bool isRepeatable = identifier == PropertyId.UserProperty ||
                (identifier == PropertyId.SubscriptionIdentifier && columns[0].Trim() == "3");
            Assert.AreEqual(
                isRepeatable ? ReasonCode.Success : ReasonCode.ProtocolError,
                Decode(decoded, columns[2], method + property + " " + property, fromServer),
                name + " twice");
            byte[] bytes = new PacketText().Parse(property);
            for (int size = 1; size < bytes.Length; size++)
            {
                int code = Decode(decoded, columns[2], method + Hex.Of(bytes, 0, size), fromServer);
                Assert.AreEqual(isTwice ? code : ReasonCode.MalformedPacket, code, name + " cut short");
            }

            if (value.IndexOf("s'a'") >= 0 && identifier != PropertyId.CorrelationData && identifier != PropertyId.AuthenticationData)
            {
                string bad = Hex.Of(bytes, 0, 1) + " 00 01 80" + (identifier == PropertyId.UserProperty ? " s'b'" : string.Empty);
                int code = Decode(decoded, columns[2], bad, fromServer);
                Assert.AreEqual(isTwice ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket, code, name + " of bad UTF-8");
            }
        }

        private static int Decode(DecodedPacket decoded, string packet, string properties, bool fromServer)
        {
            int place = packet.IndexOf("@");
            string text = packet.Substring(0, place) + properties + packet.Substring(place + 1);
            byte[] bytes = new PacketText().Parse(text);
            int code = decoded.Decode(bytes, 0, bytes.Length, ProtocolLevel.V5, fromServer);
            Assert.IsTrue(decoded.Fault == null, decoded.Fault);
            return code;
        }
    }
}
