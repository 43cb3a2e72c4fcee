#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of DISCONNECT, AUTH, PINGREQ and PINGRESP.</summary>
    [TestClass]
    public class DisconnectVectors
    {
        // The codes of either side.
        private static readonly string[] s_disconnectCodes =
        {
            "DISCONNECT by a Client with 00 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 00 ; ok code=0",
            "DISCONNECT by a Client with 04 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 04 ; ok code=4 =",
            "DISCONNECT by a Client with 80 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 80 ; ok code=128 =",
            "DISCONNECT by a Client with 81 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 81 ; ok code=129 =",
            "DISCONNECT by a Client with 82 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 82 ; ok code=130 =",
            "DISCONNECT by a Client with 83 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 83 ; ok code=131 =",
            "DISCONNECT by a Client with 90 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 90 ; ok code=144 =",
            "DISCONNECT by a Client with 93 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 93 ; ok code=147 =",
            "DISCONNECT by a Client with 94 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 94 ; ok code=148 =",
            "DISCONNECT by a Client with 95 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 95 ; ok code=149 =",
            "DISCONNECT by a Client with 96 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 96 ; ok code=150 =",
            "DISCONNECT by a Client with 97 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 97 ; ok code=151 =",
            "DISCONNECT by a Client with 98 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 98 ; ok code=152 =",
            "DISCONNECT by a Client with 99 ; MQTT5-3.14.2-1 ; 5 ; E0 r | 99 ; ok code=153 =",
            "DISCONNECT by a Client with 01 ; - ; 5 ; E0 r | 01 ; ok code=1",
            "DISCONNECT by a Client with 84 ; - ; 5 ; E0 r | 84 ; ok code=132",
            "DISCONNECT by a Client with 88 ; - ; 5 ; E0 r | 88 ; ok code=136",
            "DISCONNECT by a Client with 92 ; - ; 5 ; E0 r | 92 ; ok code=146",
            "DISCONNECT by a Client with A3 ; - ; 5 ; E0 r | A3 ; ok code=163",
            "DISCONNECT by a Client with FF ; - ; 5 ; E0 r | FF ; ok code=255",
            "DISCONNECT by a Client with 87 ; - ; 5 ; E0 r | 87 ; ok code=135",
            "DISCONNECT by a Client with 89 ; - ; 5 ; E0 r | 89 ; ok code=137",
            "DISCONNECT by a Client with 8B ; - ; 5 ; E0 r | 8B ; ok code=139",
            "DISCONNECT by a Client with 8C ; - ; 5 ; E0 r | 8C ; ok code=140",
            "DISCONNECT by a Client with 8D ; - ; 5 ; E0 r | 8D ; ok code=141",
            "DISCONNECT by a Client with 8E ; - ; 5 ; E0 r | 8E ; ok code=142",
            "DISCONNECT by a Client with 8F ; - ; 5 ; E0 r | 8F ; ok code=143",
            "DISCONNECT by a Client with 9A ; - ; 5 ; E0 r | 9A ; ok code=154",
            "DISCONNECT by a Client with 9B ; - ; 5 ; E0 r | 9B ; ok code=155",
            "DISCONNECT by a Client with 9C ; - ; 5 ; E0 r | 9C ; ok code=156",
            "DISCONNECT by a Client with 9D ; - ; 5 ; E0 r | 9D ; ok code=157",
            "DISCONNECT by a Client with 9E ; - ; 5 ; E0 r | 9E ; ok code=158",
            "DISCONNECT by a Client with 9F ; - ; 5 ; E0 r | 9F ; ok code=159",
            "DISCONNECT by a Client with A0 ; - ; 5 ; E0 r | A0 ; ok code=160",
            "DISCONNECT by a Client with A1 ; - ; 5 ; E0 r | A1 ; ok code=161",
            "DISCONNECT by a Client with A2 ; - ; 5 ; E0 r | A2 ; ok code=162",
            "DISCONNECT by a Server with 80 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 80 ; ok code=128 =",
            "DISCONNECT by a Server with 81 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 81 ; ok code=129 =",
            "DISCONNECT by a Server with 82 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 82 ; ok code=130 =",
            "DISCONNECT by a Server with 83 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 83 ; ok code=131 =",
            "DISCONNECT by a Server with 90 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 90 ; ok code=144 =",
            "DISCONNECT by a Server with 93 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 93 ; ok code=147 =",
            "DISCONNECT by a Server with 94 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 94 ; ok code=148 =",
            "DISCONNECT by a Server with 95 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 95 ; ok code=149 =",
            "DISCONNECT by a Server with 96 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 96 ; ok code=150 =",
            "DISCONNECT by a Server with 97 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 97 ; ok code=151 =",
            "DISCONNECT by a Server with 98 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 98 ; ok code=152 =",
            "DISCONNECT by a Server with 99 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 99 ; ok code=153 =",
            "DISCONNECT by a Server with 87 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 87 ; ok code=135 =",
            "DISCONNECT by a Server with 89 ; MQTT5-3.14.2-1 ; 5S ; E0 r | 89 ; ok code=137 =",
            "DISCONNECT by a Server with 8B ; MQTT5-3.14.2-1 ; 5S ; E0 r | 8B ; ok code=139 =",
            "DISCONNECT by a Server with 8C ; MQTT5-3.14.2-1 ; 5S ; E0 r | 8C ; ok code=140 =",
            "DISCONNECT by a Server with 8D ; MQTT5-3.14.2-1 ; 5S ; E0 r | 8D ; ok code=141 =",
            "DISCONNECT by a Server with 8E ; MQTT5-3.14.2-1 ; 5S ; E0 r | 8E ; ok code=142 =",
            "DISCONNECT by a Server with 8F ; MQTT5-3.14.2-1 ; 5S ; E0 r | 8F ; ok code=143 =",
            "DISCONNECT by a Server with 9A ; MQTT5-3.14.2-1 ; 5S ; E0 r | 9A ; ok code=154 =",
            "DISCONNECT by a Server with 9B ; MQTT5-3.14.2-1 ; 5S ; E0 r | 9B ; ok code=155 =",
            "DISCONNECT by a Server with 9C ; MQTT5-3.14.2-1 ; 5S ; E0 r | 9C ; ok code=156 =",
            "DISCONNECT by a Server with 9D ; MQTT5-3.14.2-1 ; 5S ; E0 r | 9D ; ok code=157 =",
            "DISCONNECT by a Server with 9E ; MQTT5-3.14.2-1 ; 5S ; E0 r | 9E ; ok code=158 =",
            "DISCONNECT by a Server with 9F ; MQTT5-3.14.2-1 ; 5S ; E0 r | 9F ; ok code=159 =",
            "DISCONNECT by a Server with A0 ; MQTT5-3.14.2-1 ; 5S ; E0 r | A0 ; ok code=160 =",
            "DISCONNECT by a Server with A1 ; MQTT5-3.14.2-1 ; 5S ; E0 r | A1 ; ok code=161 =",
            "DISCONNECT by a Server with A2 ; MQTT5-3.14.2-1 ; 5S ; E0 r | A2 ; ok code=162 =",
            "DISCONNECT by a Server with 04 ; MQTT5-3.14.2-1 ; 5S ; E0 01 04 ; 82",
            "DISCONNECT by a Server with 01 ; MQTT5-3.14.2-1 ; 5S ; E0 01 01 ; 82",
            "DISCONNECT by a Server with 84 ; MQTT5-3.14.2-1 ; 5S ; E0 01 84 ; 82",
            "DISCONNECT by a Server with 85 ; MQTT5-3.14.2-1 ; 5S ; E0 01 85 ; 82",
            "DISCONNECT by a Server with 86 ; MQTT5-3.14.2-1 ; 5S ; E0 01 86 ; 82",
            "DISCONNECT by a Server with 88 ; MQTT5-3.14.2-1 ; 5S ; E0 01 88 ; 82",
            "DISCONNECT by a Server with 8A ; MQTT5-3.14.2-1 ; 5S ; E0 01 8A ; 82",
            "DISCONNECT by a Server with 91 ; MQTT5-3.14.2-1 ; 5S ; E0 01 91 ; 82",
            "DISCONNECT by a Server with 92 ; MQTT5-3.14.2-1 ; 5S ; E0 01 92 ; 82",
            "DISCONNECT by a Server with A3 ; MQTT5-3.14.2-1 ; 5S ; E0 01 A3 ; 82",
        };

        // Its forms and properties.
        private static readonly string[] s_disconnect =
        {
            "3.1.1 ; - ; 34 ; E0 00 ; ok code=0 expiry=-1 =",
            "3.1.1 with a body ; - ; 34 ; E0 01 00 ; 81",
            "with a flag ; MQTT-3.14.1-1 MQTT5-3.14.1-1 ; 345 ; E1 00 ; 81",
            "with another flag ; MQTT-3.14.1-1 MQTT5-3.14.1-1 ; 345 ; E8 00 ; 81",
            "without code ; - ; 5 ; E0 00 ; ok code=0 =",
            "without code from a Server ; - ; 5S ; E0 00 ; ok code=0 =",
            "with code 0 and no properties ; - ; 5 ; E0 r | 00 | 00 ; ok code=0 expiry=-1",
            "with an expiry ; - ; 5 ; E0 r | 00 | p( 11 u60 ) ; ok code=0 expiry=60 =",
            "with an expiry of 0 ; - ; 5 ; E0 r | 04 | p( 11 u0 ) ; ok code=4 expiry=0 =",
            "with the longest expiry ; - ; 5 ; E0 r | 04 | p( 11 FFFFFFFF ) ; ok expiry=4294967295 =",
            "with an expiry from a Server ; MQTT5-3.14.2-2 ; 5S ; E0 r 8B p( 11 u60 ) ; 82",
            "with a Reason String ; - ; 5 ; E0 r | 80 | p( 1F s'why' ) ; ok code=128 reason='why'",
            "with a Reason String from a Server ; - ; 5S ; E0 r | 8B | p( 1F s'why' ) ; ok code=139 reason='why' =",
            "with code 0 and a Reason String ; - ; 5S ; E0 r | 00 | p( 1F s'why' ) ; ok code=0 reason='why' =",
            "with a Server Reference ; - ; 5S ; E0 r | 9C | p( 1C s'other' ) ; ok reference='other' =",
            "with both from a Server ; - ; 5S ; E0 r | 9D | p( 1F s'a' 1C s'b' ) ; ok reason='a' reference='b' =",
            "with a Server Reference from a Client ; - ; 5 ; E0 r 80 p( 1C s'other' ) ; 82",
            "with User Properties ; - ; 5 ; E0 r | 00 | p( 26 s'a' s'b' 26 s'a' s'b' ) ; ok code=0",
            "with two Reason Strings ; -              ; 5 ; E0 r 80 p( 1F s'a' 1F s'b' ) ; 82",
            "with a property of CONNECT ; - ; 5 ; E0 r 80 p( 21 k1 ) ; 81",
            "with a byte after its properties ; - ; 5 ; E0 03 00 00 00 ; 81",
            "with a length beyond its end ; - ; 5 ; E0 02 00 05 ; 81",
        };

        // Codes of either side, and the method.
        private static readonly string[] s_auth =
        {
            "continued by a Client ; MQTT5-3.15.2-1 ; 5 ; F0 r 18 p( 15 s'M' 16 s'd' ) ; ok code=24 method='M' data='d' =",
            "begun again by a Client ; MQTT5-3.15.2-1 ; 5 ; F0 r 19 p( 15 s'M' ) ; ok code=25 method='M' =",
            "begun again by a Server ; MQTT5-3.15.2-1 ; 5S ; F0 r 19 p( 15 s'M' ) ; 82",
            "continued by a Server ; MQTT5-4.12.0-3 ; 5S ; F0 r | 18 p( 15 s'M' 16 00 02 00FF 1F s'why' ) ; ok code=24 method='M' " +
                "data=00FF =",
            "ended by a Server ; MQTT5-3.15.2-1 ; 5S ; F0 r | 00 p( 15 s'M' ) ; ok code=0 method='M' =",
            "ended by a Client ; MQTT5-3.15.2-1 ; 5 ; F0 r 00 p( 15 s'M' ) ; 82",
            "nothing from a Server ; - ; 5S ; F0 00 ; ok code=0",
            "nothing from a Client ; MQTT5-3.15.2-1 ; 5 ; F0 00 ; 82",
            "a failure ; MQTT5-3.15.2-1 ; 5S ; F0 r 87 p( 15 s'M' ) ; 82",
            "a code alone ; - ; 5 ; F0 01 18 ; 81",
            "no method ; MQTT5-4.12.0-5 ; 5 ; F0 02 18 00 ; 82",
            "data without a method ; - ; 5 ; F0 r 18 p( 16 s'd' ) ; 82",
            "two methods ; - ; 5 ; F0 r 18 p( 15 s'M' 15 s'M' ) ; 82",
            "a method of bad UTF-8 ; MQTT5-1.5.4-1 ; 5 ; F0 r 18 p( 15 00 01 FF ) ; 81",
            "another property ; - ; 5 ; F0 r 18 p( 15 s'M' 11 u1 ) ; 81",
            "User Properties ; - ; 5 ; F0 r 18 p( 15 s'M' 26 s'a' s'b' ) ; ok method='M'",
            "a byte after its properties ; - ; 5 ; F0 r 18 p( 15 s'M' ) 00 ; 81",
            "a flag ; MQTT5-3.15.1-1 ; 5 ; F1 r 18 p( 15 s'M' ) ; 81",
            "before 5.0 ; - ; 34 ; F0 r 18 p( 15 s'M' ) ; 82",
        };

        // A Fixed Header and nothing else. Packet type 0 is none.
        private static readonly string[] s_ping =
        {
            "PINGREQ ; - ; 345 ; C0 00 ; ok =",
            "PINGREQ with a flag ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; C1 00 ; 81",
            "PINGREQ with a body ; - ; 345 ; C0 01 00 ; 81",
            "PINGRESP ; - ; 345S ; D0 00 ; ok =",
            "PINGRESP with a flag ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345S ; D4 00 ; 81",
            "PINGRESP with a body ; - ; 345S ; D0 01 00 ; 81",
            "packet type 0 ; - ; 345 ; 00 00 ; 81",
        };

        // [MQTT5-3.14.2-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void DisconnectCodes()
        {
            Vectors.Run(s_disconnectCodes);
        }

        // [MQTT-3.14.1-1] [MQTT5-3.14.1-1] [MQTT5-3.14.2-2]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Disconnect()
        {
            Vectors.Run(s_disconnect);
        }

        // [MQTT5-1.5.4-1] [MQTT5-3.15.1-1] [MQTT5-3.15.2-1] [MQTT5-4.12.0-3] [MQTT5-4.12.0-5]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Auth()
        {
            Vectors.Run(s_auth);
        }

        // [MQTT-2.2.2-1] [MQTT5-2.1.3-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Ping()
        {
            Vectors.Run(s_ping);
        }
    }
}
