#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of CONNACK.</summary>
    [TestClass]
    public class ConnackVectors
    {
        // The codes of both versions, and Session Present.
        private static readonly string[] s_codes =
        {
            "CONNACK of 5.0 with 00 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 00 00 ; ok code=0 present=0 =",
            "CONNACK of 5.0 with 80 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 80 00 ; ok code=128 present=0 =",
            "CONNACK of 5.0 with 81 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 81 00 ; ok code=129 present=0 =",
            "CONNACK of 5.0 with 82 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 82 00 ; ok code=130 present=0 =",
            "CONNACK of 5.0 with 83 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 83 00 ; ok code=131 present=0 =",
            "CONNACK of 5.0 with 84 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 84 00 ; ok code=132 present=0 =",
            "CONNACK of 5.0 with 85 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 85 00 ; ok code=133 present=0 =",
            "CONNACK of 5.0 with 86 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 86 00 ; ok code=134 present=0 =",
            "CONNACK of 5.0 with 87 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 87 00 ; ok code=135 present=0 =",
            "CONNACK of 5.0 with 88 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 88 00 ; ok code=136 present=0 =",
            "CONNACK of 5.0 with 89 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 89 00 ; ok code=137 present=0 =",
            "CONNACK of 5.0 with 8A ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 8A 00 ; ok code=138 present=0 =",
            "CONNACK of 5.0 with 8C ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 8C 00 ; ok code=140 present=0 =",
            "CONNACK of 5.0 with 90 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 90 00 ; ok code=144 present=0 =",
            "CONNACK of 5.0 with 95 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 95 00 ; ok code=149 present=0 =",
            "CONNACK of 5.0 with 97 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 97 00 ; ok code=151 present=0 =",
            "CONNACK of 5.0 with 99 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 99 00 ; ok code=153 present=0 =",
            "CONNACK of 5.0 with 9A ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 9A 00 ; ok code=154 present=0 =",
            "CONNACK of 5.0 with 9B ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 9B 00 ; ok code=155 present=0 =",
            "CONNACK of 5.0 with 9C ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 9C 00 ; ok code=156 present=0 =",
            "CONNACK of 5.0 with 9D ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 9D 00 ; ok code=157 present=0 =",
            "CONNACK of 5.0 with 9F ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 9F 00 ; ok code=159 present=0 =",
            "CONNACK of 5.0 with 01 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 01 00 ; 82",
            "CONNACK of 5.0 with 05 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 05 00 ; 82",
            "CONNACK of 5.0 with 10 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 10 00 ; 82",
            "CONNACK of 5.0 with 8B ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 8B 00 ; 82",
            "CONNACK of 5.0 with 8D ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 8D 00 ; 82",
            "CONNACK of 5.0 with 8E ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 8E 00 ; 82",
            "CONNACK of 5.0 with 8F ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 8F 00 ; 82",
            "CONNACK of 5.0 with 91 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 91 00 ; 82",
            "CONNACK of 5.0 with 92 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 92 00 ; 82",
            "CONNACK of 5.0 with 93 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 93 00 ; 82",
            "CONNACK of 5.0 with 94 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 94 00 ; 82",
            "CONNACK of 5.0 with 96 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 96 00 ; 82",
            "CONNACK of 5.0 with 98 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 98 00 ; 82",
            "CONNACK of 5.0 with 9E ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 9E 00 ; 82",
            "CONNACK of 5.0 with A0 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 A0 00 ; 82",
            "CONNACK of 5.0 with A1 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 A1 00 ; 82",
            "CONNACK of 5.0 with A2 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 A2 00 ; 82",
            "CONNACK of 5.0 with A3 ; MQTT5-3.2.2-8 ; 5S ; 20 03 00 A3 00 ; 82",
            "CONNACK of 3.1.1 with 00 ; -            ; 34S ; 20 02 00 00 ; ok code=0 expiry=-1 receive=-1 =",
            "CONNACK of 3.1.1 with 01 ; -            ; 34S ; 20 02 00 01 ; ok code=1 expiry=-1 receive=-1 =",
            "CONNACK of 3.1.1 with 02 ; -            ; 34S ; 20 02 00 02 ; ok code=2 expiry=-1 receive=-1 =",
            "CONNACK of 3.1.1 with 03 ; -            ; 34S ; 20 02 00 03 ; ok code=3 expiry=-1 receive=-1 =",
            "CONNACK of 3.1.1 with 04 ; -            ; 34S ; 20 02 00 04 ; ok code=4 expiry=-1 receive=-1 =",
            "CONNACK of 3.1.1 with 05 ; -            ; 34S ; 20 02 00 05 ; ok code=5 expiry=-1 receive=-1 =",
            "CONNACK of 3.1.1 with 06 ; -            ; 34S ; 20 02 00 06 ; 82",
            "CONNACK of 3.1.1 with 80 ; -            ; 34S ; 20 02 00 80 ; 82",
            "Session Present ; -             ; 5S ; 20 03 01 00 00 ; ok present=1 code=0 =",
            "Session Present in 3.1.1 ; -            ; 4S ; 20 02 01 00 ; ok present=1 code=0 =",
            "Session Present with a failure ; MQTT5-3.2.2-6 ; 5S ; 20 03 01 87 00 ; 82",
            "Session Present with a failure in 3.1.1 ; MQTT-3.2.2-4 ; 34S ; 20 02 01 05 ; 82",
            "a reserved bit ; MQTT5-3.2.2-1 ; 5S ; 20 03 02 00 00 ; 81",
            "a reserved bit in 3.1.1 ; - ; 34S ; 20 02 80 00 ; 81",
            "a flag ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345S ; 21 02 00 00 ; 81",
            "no Property Length ; - ; 5S ; 20 02 00 00 ; 81",
            "a byte too many ; - ; 34S ; 20 03 00 00 00 ; 81",
            "a byte too many in 5.0 ; - ; 5S ; 20 04 00 00 00 00 ; 81",
            "no code ; - ; 345S ; 20 01 00 ; 81",
            "nothing ; - ; 345S ; 20 00 ; 81",
        };

        // Each property of CONNACK.
        private static readonly string[] s_properties =
        {
            "Session Expiry Interval ; - ; 5S ; 20 r 00 00 p( 11 u60 ) ; ok expiry=60 =",
            "Receive Maximum ; - ; 5S ; 20 r 00 00 p( 21 k20 ) ; ok receive=20 =",
            "Receive Maximum 0 ; - ; 5S ; 20 r 00 00 p( 21 k0 ) ; 82",
            "Maximum QoS 0 ; - ; 5S ; 20 r 00 00 p( 24 00 ) ; ok qos=0 =",
            "Maximum QoS 1 ; -             ; 5S ; 20 r 00 00 p( 24 01 ) ; ok qos=1 =",
            "Maximum QoS 2 ; - ; 5S ; 20 r 00 00 p( 24 02 ) ; 82",
            "Retain Available ; - ; 5S ; 20 r 00 00 p( 25 00 ) ; ok retain=0 =",
            "Retain Available 2 ; - ; 5S ; 20 r 00 00 p( 25 02 ) ; 82",
            "Maximum Packet Size ; - ; 5S ; 20 r 00 00 p( 27 FFFFFFFF ) ; ok sizemax=4294967295 =",
            "Maximum Packet Size 0 ; - ; 5S ; 20 r 00 00 p( 27 u0 ) ; 82",
            "Assigned Client Identifier ; -              ; 5S ; 20 r 00 00 p( 12 s'auto-1' ) ; ok code=0 =",
            "Topic Alias Maximum ; - ; 5S ; 20 r 00 00 p( 22 k8 ) ; ok aliases=8 =",
            "Reason String ; - ; 5S ; 20 r 00 89 p( 1F s'busy' ) ; ok code=137 =",
            "User Property ; - ; 5S ; 20 r 00 89 p( 26 s'retry-after-ms' s'500' ) ; ok code=137",
            "Wildcard Subscription Available ; - ; 5S ; 20 r 00 00 p( 28 00 ) ; ok wildcard=0 =",
            "Wildcard Subscription Available 2 ; - ; 5S ; 20 r 00 00 p( 28 02 ) ; 82",
            "Subscription Identifiers Available ; - ; 5S ; 20 r 00 00 p( 29 01 ) ; ok ids=1 =",
            "Subscription Identifiers Available 3 ; - ; 5S ; 20 r 00 00 p( 29 03 ) ; 82",
            "Shared Subscription Available ; - ; 5S ; 20 r 00 00 p( 2A 00 ) ; ok shared=0 =",
            "Shared Subscription Available 255 ; - ; 5S ; 20 r 00 00 p( 2A FF ) ; 82",
            "Server Keep Alive ; - ; 5S ; 20 r 00 00 p( 13 k60 ) ; ok keepalive=60 =",
            "Server Keep Alive 0 ; - ; 5S ; 20 r 00 00 p( 13 k0 ) ; ok keepalive=0 =",
            "Response Information ; - ; 5S ; 20 r 00 00 p( 1A s'r/' ) ; ok code=0 =",
            "Server Reference ; - ; 5S ; 20 r 00 9C p( 1C s'other:1883' ) ; ok code=156 =",
            "method ; - ; 5S ; 20 r 00 00 p( 15 s'M' ) ; ok code=0 =",
            "method and data ; - ; 5S ; 20 r 00 00 p( 15 s'M' 16 s'd' ) ; ok code=0 =",
            "data without a method ; - ; 5S ; 20 r 00 00 p( 16 s'd' ) ; 82",
            "all in the order they are written ; - ; 5S ; 20 r 01 00 p( 11 u1 21 k2 24 01 25 01 27 u5 12 s'a' 22 k7 1F s'b' 28 01 " +
                "29 01 2A 01 13 k12 1A s'c' 1C s'd' 15 s'e' 16 s'f' ) ; ok present=1 expiry=1 receive=2 qos=1 retain=1 sizemax=5 " +
                "aliases=7 wildcard=1 ids=1 shared=1 keepalive=12 =",
            "twice Server Keep Alive ; - ; 5S ; 20 r 00 00 p( 13 k1 13 k1 ) ; 82",
            "twice Assigned Client Identifier ; - ; 5S ; 20 r 00 00 p( 12 s'a' 12 s'a' ) ; 82",
            "a property of CONNECT ; - ; 5S ; 20 r 00 00 p( 17 00 ) ; 81",
            "a property of PUBLISH ; - ; 5S ; 20 r 00 00 p( 23 k1 ) ; 81",
        };

        // [MQTT-2.2.2-1] [MQTT-3.2.2-4] [MQTT5-2.1.3-1] [MQTT5-3.2.2-1] [MQTT5-3.2.2-6]
        // [MQTT5-3.2.2-8]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Codes()
        {
            Vectors.Run(s_codes);
        }

        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Properties()
        {
            Vectors.Run(s_properties);
        }
    }
}
