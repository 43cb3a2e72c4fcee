#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of PUBACK, PUBREC, PUBREL and PUBCOMP.</summary>
    [TestClass]
    public class AckVectors
    {
        // What acknowledges a PUBLISH.
        private static readonly string[] s_pubackAndPubrec =
        {
            "PUBACK ; - ; 345 ; 40 02 k258 ; ok id=258 code=0 =",
            "PUBACK with the greatest identifier ; - ; 345 ; 40 02 k65535 ; ok id=65535 =",
            "PUBACK with Packet Identifier 0 ; - ; 345 ; 40 02 k0 ; 82",
            "PUBACK without an identifier ; - ; 345 ; 40 00 ; 81",
            "PUBACK with half an identifier ; - ; 345 ; 40 01 01 ; 81",
            "PUBACK with a wrong flag ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; 41 02 k1 ; 81",
            "PUBACK with other wrong flags ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; 42 02 k1 ; 81",
            "PUBACK too long for 3.1.1 ; - ; 34 ; 40 03 k1 00 ; 81",
            "PUBACK with code 0 ; - ; 5 ; 40 03 k1 | 00 ; ok id=1 code=0",
            "PUBACK with code 0 and no properties ; - ; 5 ; 40 04 k1 | 00 | 00 ; ok id=1 code=0",
            "PUBACK with a failure ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 97 ; ok code=151 =",
            "PUBACK with a Reason String ; - ; 5 ; 40 r k1 | 97 | p( 1F s'no' ) ; ok code=151",
            "PUBACK with User Properties ; - ; 5 ; 40 r k1 | 00 | p( 26 s'a' s'b' 26 s'a' s'b' ) ; ok code=0",
            "PUBACK with two Reason Strings ; - ; 5 ; 40 r k1 00 p( 1F s'a' 1F s'a' ) ; 82",
            "PUBACK with a Reason String of bad UTF-8 ; - ; 5 ; 40 r k1 00 p( 1F 00 01 80 ) ; 81",
            "PUBACK with a property of PUBLISH ; - ; 5 ; 40 r k1 00 p( 23 k1 ) ; 81",
            "PUBACK with a byte after its properties ; - ; 5 ; 40 r k1 00 00 00 ; 81",
            "PUBACK with a length beyond its end ; - ; 5 ; 40 r k1 00 01 ; 81",
            "PUBACK with a code that is none ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 01 ; 82",
            "PUBACK with a code of CONNACK ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 84 ; 82",
            "PUBACK with code 0xFF ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 FF ; 82",
            "PUBACK with code 80 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 80 ; ok code=128 =",
            "PUBACK with code 83 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 83 ; ok code=131 =",
            "PUBACK with code 87 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 87 ; ok code=135 =",
            "PUBACK with code 90 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 90 ; ok code=144 =",
            "PUBACK with code 91 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 91 ; ok code=145 =",
            "PUBACK with code 97 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 97 ; ok code=151 =",
            "PUBACK with code 99 ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 | 99 ; ok code=153 =",
            "PUBACK with No matching subscribers from a Server ; MQTT5-3.4.2-1 ; 5S ; 40 03 k1 | 10 ; ok code=16 =",
            "PUBACK with No matching subscribers from a Client ; - ; 5 ; 40 r k1 | 10 ; ok id=1 code=16",
            "PUBACK with a code of PUBREL ; MQTT5-3.4.2-1 ; 5 ; 40 03 k1 92 ; 82",
            "PUBREC ; - ; 345 ; 50 02 k258 ; ok id=258 code=0 =",
            "PUBREC with the greatest identifier ; - ; 345 ; 50 02 k65535 ; ok id=65535 =",
            "PUBREC with Packet Identifier 0 ; - ; 345 ; 50 02 k0 ; 82",
            "PUBREC without an identifier ; - ; 345 ; 50 00 ; 81",
            "PUBREC with half an identifier ; - ; 345 ; 50 01 01 ; 81",
            "PUBREC with a wrong flag ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; 51 02 k1 ; 81",
            "PUBREC with other wrong flags ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; 52 02 k1 ; 81",
            "PUBREC too long for 3.1.1 ; - ; 34 ; 50 03 k1 00 ; 81",
            "PUBREC with code 0 ; - ; 5 ; 50 03 k1 | 00 ; ok id=1 code=0",
            "PUBREC with code 0 and no properties ; - ; 5 ; 50 04 k1 | 00 | 00 ; ok id=1 code=0",
            "PUBREC with a failure ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 97 ; ok code=151 =",
            "PUBREC with a Reason String ; - ; 5 ; 50 r k1 | 97 | p( 1F s'no' ) ; ok code=151",
            "PUBREC with User Properties ; - ; 5 ; 50 r k1 | 00 | p( 26 s'a' s'b' 26 s'a' s'b' ) ; ok code=0",
            "PUBREC with two Reason Strings ; - ; 5 ; 50 r k1 00 p( 1F s'a' 1F s'a' ) ; 82",
            "PUBREC with a Reason String of bad UTF-8 ; - ; 5 ; 50 r k1 00 p( 1F 00 01 80 ) ; 81",
            "PUBREC with a property of PUBLISH ; - ; 5 ; 50 r k1 00 p( 23 k1 ) ; 81",
            "PUBREC with a byte after its properties ; - ; 5 ; 50 r k1 00 00 00 ; 81",
            "PUBREC with a length beyond its end ; - ; 5 ; 50 r k1 00 01 ; 81",
            "PUBREC with a code that is none ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 01 ; 82",
            "PUBREC with a code of CONNACK ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 84 ; 82",
            "PUBREC with code 0xFF ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 FF ; 82",
            "PUBREC with code 80 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 80 ; ok code=128 =",
            "PUBREC with code 83 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 83 ; ok code=131 =",
            "PUBREC with code 87 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 87 ; ok code=135 =",
            "PUBREC with code 90 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 90 ; ok code=144 =",
            "PUBREC with code 91 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 91 ; ok code=145 =",
            "PUBREC with code 97 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 97 ; ok code=151 =",
            "PUBREC with code 99 ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 | 99 ; ok code=153 =",
            "PUBREC with No matching subscribers from a Server ; MQTT5-3.5.2-1 ; 5S ; 50 03 k1 | 10 ; ok code=16 =",
            "PUBREC with No matching subscribers from a Client ; - ; 5 ; 50 r k1 | 10 ; ok id=1 code=16",
            "PUBREC with a code of PUBREL ; MQTT5-3.5.2-1 ; 5 ; 50 03 k1 92 ; 82",
        };

        // What ends a QoS 2 delivery.
        private static readonly string[] s_pubrelAndPubcomp =
        {
            "PUBREL ; MQTT-3.6.1-1 ; 345 ; 62 02 k258 ; ok id=258 code=0 =",
            "PUBREL with the greatest identifier ; - ; 345 ; 62 02 k65535 ; ok id=65535 =",
            "PUBREL with Packet Identifier 0 ; - ; 345 ; 62 02 k0 ; 82",
            "PUBREL without an identifier ; - ; 345 ; 62 00 ; 81",
            "PUBREL with half an identifier ; - ; 345 ; 62 01 01 ; 81",
            "PUBREL with a wrong flag ; MQTT-3.6.1-1 MQTT5-3.6.1-1 ; 345 ; 63 02 k1 ; 81",
            "PUBREL with other wrong flags ; MQTT-3.6.1-1 MQTT5-3.6.1-1 ; 345 ; 60 02 k1 ; 81",
            "PUBREL too long for 3.1.1 ; - ; 34 ; 62 03 k1 00 ; 81",
            "PUBREL with code 0 ; - ; 5 ; 62 03 k1 | 00 ; ok id=1 code=0",
            "PUBREL with code 0 and no properties ; - ; 5 ; 62 04 k1 | 00 | 00 ; ok id=1 code=0",
            "PUBREL with a failure ; MQTT5-3.6.2-1 ; 5 ; 62 03 k1 | 92 ; ok code=146 =",
            "PUBREL with a Reason String ; - ; 5 ; 62 r k1 | 92 | p( 1F s'no' ) ; ok code=146",
            "PUBREL with User Properties ; - ; 5 ; 62 r k1 | 00 | p( 26 s'a' s'b' 26 s'a' s'b' ) ; ok code=0",
            "PUBREL with two Reason Strings ; - ; 5 ; 62 r k1 00 p( 1F s'a' 1F s'a' ) ; 82",
            "PUBREL with a Reason String of bad UTF-8 ; - ; 5 ; 62 r k1 00 p( 1F 00 01 80 ) ; 81",
            "PUBREL with a property of PUBLISH ; - ; 5 ; 62 r k1 00 p( 23 k1 ) ; 81",
            "PUBREL with a byte after its properties ; - ; 5 ; 62 r k1 00 00 00 ; 81",
            "PUBREL with a length beyond its end ; - ; 5 ; 62 r k1 00 01 ; 81",
            "PUBREL with a code that is none ; MQTT5-3.6.2-1 ; 5 ; 62 03 k1 01 ; 82",
            "PUBREL with a code of CONNACK ; MQTT5-3.6.2-1 ; 5 ; 62 03 k1 84 ; 82",
            "PUBREL with code 0xFF ; MQTT5-3.6.2-1 ; 5 ; 62 03 k1 FF ; 82",
            "PUBREL with a code of PUBACK ; MQTT5-3.6.2-1 ; 5 ; 62 03 k1 10 ; 82",
            "PUBREL with Unspecified error ; MQTT5-3.6.2-1 ; 5 ; 62 03 k1 80 ; 82",
            "PUBCOMP ; - ; 345 ; 70 02 k258 ; ok id=258 code=0 =",
            "PUBCOMP with the greatest identifier ; - ; 345 ; 70 02 k65535 ; ok id=65535 =",
            "PUBCOMP with Packet Identifier 0 ; - ; 345 ; 70 02 k0 ; 82",
            "PUBCOMP without an identifier ; - ; 345 ; 70 00 ; 81",
            "PUBCOMP with half an identifier ; - ; 345 ; 70 01 01 ; 81",
            "PUBCOMP with a wrong flag ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; 71 02 k1 ; 81",
            "PUBCOMP with other wrong flags ; MQTT-2.2.2-1 MQTT5-2.1.3-1 ; 345 ; 72 02 k1 ; 81",
            "PUBCOMP too long for 3.1.1 ; - ; 34 ; 70 03 k1 00 ; 81",
            "PUBCOMP with code 0 ; - ; 5 ; 70 03 k1 | 00 ; ok id=1 code=0",
            "PUBCOMP with code 0 and no properties ; - ; 5 ; 70 04 k1 | 00 | 00 ; ok id=1 code=0",
            "PUBCOMP with a failure ; MQTT5-3.7.2-1 ; 5 ; 70 03 k1 | 92 ; ok code=146 =",
            "PUBCOMP with a Reason String ; - ; 5 ; 70 r k1 | 92 | p( 1F s'no' ) ; ok code=146",
            "PUBCOMP with User Properties ; - ; 5 ; 70 r k1 | 00 | p( 26 s'a' s'b' 26 s'a' s'b' ) ; ok code=0",
            "PUBCOMP with two Reason Strings ; - ; 5 ; 70 r k1 00 p( 1F s'a' 1F s'a' ) ; 82",
            "PUBCOMP with a Reason String of bad UTF-8 ; - ; 5 ; 70 r k1 00 p( 1F 00 01 80 ) ; 81",
            "PUBCOMP with a property of PUBLISH ; - ; 5 ; 70 r k1 00 p( 23 k1 ) ; 81",
            "PUBCOMP with a byte after its properties ; - ; 5 ; 70 r k1 00 00 00 ; 81",
            "PUBCOMP with a length beyond its end ; - ; 5 ; 70 r k1 00 01 ; 81",
            "PUBCOMP with a code that is none ; MQTT5-3.7.2-1 ; 5 ; 70 03 k1 01 ; 82",
            "PUBCOMP with a code of CONNACK ; MQTT5-3.7.2-1 ; 5 ; 70 03 k1 84 ; 82",
            "PUBCOMP with code 0xFF ; MQTT5-3.7.2-1 ; 5 ; 70 03 k1 FF ; 82",
            "PUBCOMP with a code of PUBACK ; MQTT5-3.7.2-1 ; 5 ; 70 03 k1 10 ; 82",
            "PUBCOMP with Unspecified error ; MQTT5-3.7.2-1 ; 5 ; 70 03 k1 80 ; 82",
            "PUBREL with DUP in 3.1 ; - ; 3 ; 6A 02 k1 ; ok id=1",
            "PUBREL with DUP since 3.1.1 ; MQTT-3.6.1-1 ; 45 ; 6A 02 k1 ; 81",
        };

        // [MQTT-2.2.2-1] [MQTT5-2.1.3-1] [MQTT5-3.4.2-1] [MQTT5-3.5.2-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void PubackAndPubrec()
        {
            Vectors.Run(s_pubackAndPubrec);
        }

        // [MQTT-2.2.2-1] [MQTT-3.6.1-1] [MQTT5-2.1.3-1] [MQTT5-3.6.1-1] [MQTT5-3.6.2-1] [MQTT5-3.7.2-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void PubrelAndPubcomp()
        {
            Vectors.Run(s_pubrelAndPubcomp);
        }
    }
}
