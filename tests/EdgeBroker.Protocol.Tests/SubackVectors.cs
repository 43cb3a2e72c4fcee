#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of SUBACK and UNSUBACK.</summary>
    [TestClass]
    public class SubackVectors
    {
        // Codes in the order of the filters.
        private static readonly string[] s_suback =
        {
            "SUBACK of 5.0 with 00 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 00 ; ok id=1 codes=00 =",
            "SUBACK of 5.0 with 01 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 01 ; ok id=1 codes=01 =",
            "SUBACK of 5.0 with 02 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 02 ; ok id=1 codes=02 =",
            "SUBACK of 5.0 with 80 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 80 ; ok id=1 codes=80 =",
            "SUBACK of 5.0 with 83 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 83 ; ok id=1 codes=83 =",
            "SUBACK of 5.0 with 87 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 87 ; ok id=1 codes=87 =",
            "SUBACK of 5.0 with 8F ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 8F ; ok id=1 codes=8F =",
            "SUBACK of 5.0 with 91 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 91 ; ok id=1 codes=91 =",
            "SUBACK of 5.0 with 97 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 97 ; ok id=1 codes=97 =",
            "SUBACK of 5.0 with 9E ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 9E ; ok id=1 codes=9E =",
            "SUBACK of 5.0 with A1 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 A1 ; ok id=1 codes=A1 =",
            "SUBACK of 5.0 with A2 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 A2 ; ok id=1 codes=A2 =",
            "SUBACK of 5.0 with 03 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 03 ; 82",
            "SUBACK of 5.0 with 04 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 04 ; 82",
            "SUBACK of 5.0 with 10 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 10 ; 82",
            "SUBACK of 5.0 with 11 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 11 ; 82",
            "SUBACK of 5.0 with 81 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 81 ; 82",
            "SUBACK of 5.0 with 92 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 92 ; 82",
            "SUBACK of 5.0 with A3 ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 A3 ; 82",
            "SUBACK of 5.0 with FF ; MQTT5-3.9.3-2 ; 5S ; 90 r k1 00 FF ; 82",
            "SUBACK of 3.1.1 with 00 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 00 ; ok codes=00 =",
            "SUBACK of 3.1.1 with 01 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 01 ; ok codes=01 =",
            "SUBACK of 3.1.1 with 02 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 02 ; ok codes=02 =",
            "SUBACK of 3.1.1 with 80 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 80 ; ok codes=80 =",
            "SUBACK of 3.1.1 with 03 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 03 ; 82",
            "SUBACK of 3.1.1 with 7F ; MQTT-3.9.3-2 ; 34S ; 90 r k1 7F ; 82",
            "SUBACK of 3.1.1 with 81 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 81 ; 82",
            "SUBACK of 3.1.1 with 87 ; MQTT-3.9.3-2 ; 34S ; 90 r k1 87 ; 82",
            "SUBACK with several codes ; -             ; 5S ; 90 r k258 00 00 | 01 | 02 | 87 ; ok id=258 codes=00010287 =",
            "SUBACK of 3.1.1 with several codes ; -            ; 34S ; 90 r k258 00 | 01 | 02 | 80 ; ok id=258 codes=00010280 =",
            "SUBACK with a wrong code among them ; MQTT-3.9.3-2 ; 34S ; 90 r k1 00 03 01 ; 82",
            "SUBACK with a Reason String ; - ; 5S ; 90 r k1 p( 1F s'no' ) 97 ; ok codes=97 =",
            "SUBACK with User Properties ; - ; 5S ; 90 r k1 p( 26 s'a' s'b' ) 97 ; ok codes=97",
            "SUBACK with two Reason Strings ; - ; 5S ; 90 r k1 p( 1F s'' 1F s'' ) 97 ; 82",
            "SUBACK with another property ; - ; 5S ; 90 r k1 p( 0B 01 ) 00 ; 81",
            "SUBACK without a code ; - ; 34S ; 90 02 k1 ; 82",
            "SUBACK of 5.0 without a code ; - ; 5S ; 90 03 k1 00 ; 82",
            "SUBACK of 5.0 without a Property Length ; - ; 5S ; 90 02 k1 ; 81",
            "SUBACK with Packet Identifier 0 ; - ; 34S ; 90 03 k0 00 ; 82",
            "SUBACK of 5.0 with Packet Identifier 0 ; - ; 5S ; 90 04 k0 00 00 ; 82",
            "SUBACK with a flag ; MQTT-2.2.2-1 ; 34S ; 92 03 k1 00 ; 81",
            "SUBACK without a Packet Identifier ; - ; 345S ; 90 00 ; 81",
        };

        // Codes in 5.0, none before.
        private static readonly string[] s_unsuback =
        {
            "UNSUBACK with 00 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 00 ; ok codes=00 =",
            "UNSUBACK with 11 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 11 ; ok codes=11 =",
            "UNSUBACK with 80 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 80 ; ok codes=80 =",
            "UNSUBACK with 83 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 83 ; ok codes=83 =",
            "UNSUBACK with 87 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 87 ; ok codes=87 =",
            "UNSUBACK with 8F ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 8F ; ok codes=8F =",
            "UNSUBACK with 91 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 91 ; ok codes=91 =",
            "UNSUBACK with 01 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 01 ; 82",
            "UNSUBACK with 10 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 10 ; 82",
            "UNSUBACK with 97 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 97 ; 82",
            "UNSUBACK with 9E ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 9E ; 82",
            "UNSUBACK with A2 ; MQTT5-3.11.3-2 ; 5S ; B0 r k1 00 A2 ; 82",
            "UNSUBACK before 5.0 ; - ; 34S ; B0 02 k258 ; ok id=258 codes='' =",
            "UNSUBACK before 5.0 with a code ; - ; 34S ; B0 03 k258 00 ; 81",
            "UNSUBACK with several codes ; -              ; 5S ; B0 r k258 00 00 | 11 | 87 ; ok id=258 codes=001187 =",
            "UNSUBACK with a Reason String ; - ; 5S ; B0 r k1 p( 1F s'no' ) 80 ; ok codes=80 =",
            "UNSUBACK with another property ; - ; 5S ; B0 r k1 p( 21 k1 ) 00 ; 81",
            "UNSUBACK without a code ; - ; 5S ; B0 03 k1 00 ; 82",
            "UNSUBACK without a Property Length ; - ; 5S ; B0 02 k1 ; 81",
            "UNSUBACK with Packet Identifier 0 ; - ; 345S ; B0 02 k0 ; 82",
            "UNSUBACK with a flag ; MQTT5-2.1.3-1 ; 345S ; B1 02 k1 ; 81",
        };

        // [MQTT-2.2.2-1] [MQTT-3.9.3-2] [MQTT5-3.9.3-2]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Suback()
        {
            Vectors.Run(s_suback);
        }

        // [MQTT5-2.1.3-1] [MQTT5-3.11.3-2]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Unsuback()
        {
            Vectors.Run(s_unsuback);
        }
    }
}
