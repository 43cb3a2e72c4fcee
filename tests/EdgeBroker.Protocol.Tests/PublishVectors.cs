#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of PUBLISH.</summary>
    [TestClass]
    public class PublishVectors
    {
        // QoS, RETAIN, DUP and the Packet Identifier.
        private static readonly string[] s_flags =
        {
            "QoS 0                                  ; MQTT-2.3.1-5           ; 34 ; 30 r s'a/b' ~ 'xyz'                 " +
                "    ; ok qos=0 retain=0 dup=0 id=0 topic='a/b' payload='xyz' properties='' expiry=-1 alias=0 ids=0 forwarded=1 =",
            "QoS 0 in 5.0                           ; MQTT5-2.2.1-2          ; 5  ; 30 r s'a/b' 00 ~ 'xyz'              " +
                "    ; ok qos=0 id=0 topic='a/b' payload='xyz' properties='' forwarded=1 =",
            "RETAIN                                 ; -                      ; 34 ; 31 r s'a' ~ 'x'                     " +
                "    ; ok retain=1 qos=0 =",
            "QoS 1                                  ; MQTT-3.3.1-4           ; 34 ; 32 r s'a' k1 ~ 'x'                  " +
                "    ; ok qos=1 id=1 payload='x' =",
            "QoS 1 in 5.0                           ; -                      ; 5  ; 32 r s'a' k65535 00 ~ 'x'           " +
                "    ; ok qos=1 id=65535 payload='x' =",
            "QoS 2                                  ; MQTT-3.3.1-4           ; 34 ; 34 r s'a' k258 ~ 'x'                " +
                "    ; ok qos=2 id=258 =",
            "QoS 2 with DUP and RETAIN              ; -                      ; 5  ; 3D r s'a' k258 00 ~ 'x'             " +
                "    ; ok qos=2 dup=1 retain=1 =",
            "QoS 1 with DUP                         ; -                      ; 34 ; 3A r s'a' k258 ~ 'x'                " +
                "    ; ok qos=1 dup=1 retain=0 =",
            "QoS 0 with DUP                         ; MQTT-3.3.1-2           ; 34 ; 38 r s'a' 'xyz'                          ; 81",
            "QoS 0 with DUP in 5.0                  ; MQTT5-3.3.1-2          ; 5  ; 38 r s'a' 00 'xyz'                       ; 81",
            "QoS 0 with DUP and RETAIN              ; MQTT-3.3.1-2           ; 34 ; 39 r s'a' 'xyz'                          ; 81",
            "QoS 3                                  ; MQTT-3.3.1-4           ; 34 ; 36 r s'a' k1 'x'                        ; 81",
            "QoS 3 in 5.0                           ; MQTT5-3.3.1-4          ; 5  ; 36 r s'a' k1 00 'x'                     ; 81",
            "QoS 3 with DUP and RETAIN              ; MQTT5-3.3.1-4          ; 5  ; 3F r s'a' k1 00 'x'                     ; 81",
            "Packet Identifier 0                    ; MQTT-2.3.1-1           ; 34 ; 32 r s'a' k0 'x'                        ; 82",
            "Packet Identifier 0 in 5.0             ; MQTT5-2.2.1-3          ; 5  ; 34 r s'a' k0 00 'x'                     ; 82",
            "no Packet Identifier                   ; MQTT-2.3.1-1           ; 34 ; 32 r s'a'                               ; 81",
            "half a Packet Identifier               ; MQTT-2.3.1-1           ; 34 ; 34 r s'a' 00                            ; 81",
            "no Payload                             ; -                      ; 34 ; 30 r s'a'                           " +
                "    ; ok payload='' =",
            "no Payload in 5.0                      ; -                      ; 5  ; 30 r s'a' 00                        " +
                "    ; ok payload='' =",
            "no Payload at QoS 1                    ; -                      ; 34 ; 32 r s'a' k7                        " +
                "    ; ok id=7 payload='' =",
            "a Payload of any bytes                 ; -                      ; 34 ; 30 r s'a' ~ 00FFC080                " +
                "    ; ok payload=00FFC080 =",
            "a Payload of more than 127 bytes       ; -                      ; 34 ; 30 r s'a' ~ 41*200                  " +
                "    ; ok payload=*200 =",
            "a Payload of more than 16,383 bytes    ; -                      ; 5  ; 30 r s'a' 00 ~ 41*16500             " +
                "    ; ok payload=*16500 =",
            "no Topic Name                          ; MQTT-3.3.2-1           ; 34 ; 30 00                                   ; 81",
            "half a Topic Name's length             ; MQTT-3.3.2-1           ; 34 ; 30 01 00                                ; 81",
            "a Topic Name beyond the packet         ; MQTT-3.3.2-1           ; 345 ; 30 r 00 05 'abcd'                      ; 81",
            "a Topic Name far beyond the packet     ; MQTT5-3.3.2-1          ; 345 ; 32 r FF FF 'abcd'                      ; 81",
            "an empty Topic Name                    ; MQTT-4.7.3-1           ; 34 ; 30 r s'' 'x'                            ; 82",
            "an empty Topic Name without an alias   ; MQTT5-4.7.3-1          ; 5  ; 30 r s'' 00 'x'                         ; 82",
            "an empty Topic Name, other properties  ; MQTT5-4.7.3-1          ; 5  ; 30 r s'' p( 02 u5 ) 'x'                 ; 82",
            "no Property Length                     ; MQTT5-2.2.2-1          ; 5  ; 30 r s'a'                               ; 81",
            "no Property Length at QoS 2            ; MQTT5-2.2.2-1          ; 5  ; 34 r s'a' k5                            ; 81",
        };

        // Each property of PUBLISH, and the bounds of its value.
        private static readonly string[] s_properties =
        {
            "Payload Format 0                       ; -                      ; 5  ; 30 r s'a' p( 01 00 ) ~ 'x'          " +
                "    ; ok properties=0100 payload='x' forwarded=1 =",
            "Payload Format 1                       ; -                      ; 5  ; 30 r s'a' p( 01 01 ) ~ 'x'          " +
                "    ; ok properties=0101 forwarded=1 =",
            "Payload Format 2                       ; -                      ; 5  ; 30 r s'a' p( 01 02 ) 'x'                ; 82",
            "twice Payload Format                   ; -                      ; 5  ; 30 r s'a' p( 01 01 01 01 ) 'x'          ; 82",
            "Message Expiry Interval                ; -                      ; 5  ; 30 r s'a' p( 02 u60 ) ~ 'x'         " +
                "    ; ok expiry=60 forwarded=0 =",
            "Message Expiry Interval 0              ; -                      ; 5  ; 30 r s'a' p( 02 u0 ) ~ 'x'          " +
                "    ; ok expiry=0 forwarded=0 =",
            "the longest Message Expiry Interval    ; -                      ; 5  ; 32 r s'a' k3 p( 02 FFFFFFFF ) ~ 'x' " +
                "    ; ok expiry=4294967295 id=3 =",
            "twice Message Expiry Interval          ; -                      ; 5  ; 30 r s'a' p( 02 u1 02 u1 ) 'x'          ; 82",
            "Topic Alias 1                          ; -                      ; 5  ; 30 r s'a' p( 23 k1 ) ~ 'x'          " +
                "    ; ok alias=1 topic='a' forwarded=0 =",
            "Topic Alias 65,535 alone               ; -                      ; 5  ; 30 r s'' p( 23 k65535 ) ~ 'x'       " +
                "    ; ok alias=65535 topic='' forwarded=0 =",
            "Topic Alias 0                          ; MQTT5-3.3.2-8          ; 5  ; 30 r s'a' p( 23 k0 ) 'x'                ; 94",
            "Topic Alias 0 and no Topic Name        ; MQTT5-3.3.2-8          ; 5  ; 30 r s'' p( 23 k0 ) 'x'                 ; 94",
            "twice Topic Alias                      ; -                      ; 5  ; 30 r s'a' p( 23 k1 23 k1 ) 'x'          ; 82",
            "Response Topic                         ; MQTT5-3.3.2-13         ; 5  ; 30 r s'a' p( 08 s'b/c' ) ~ 'x'      " +
                "    ; ok forwarded=1 =",
            "Response Topic with +                  ; MQTT5-3.3.2-14         ; 5  ; 30 r s'a' p( 08 s'b/+' ) 'x'            ; 82",
            "Response Topic with #                  ; MQTT5-3.3.2-14         ; 5  ; 30 r s'a' p( 08 s'#' ) 'x'              ; 82",
            "Response Topic of no character         ; MQTT5-4.7.3-1          ; 5  ; 30 r s'a' p( 08 s'' ) 'x'               ; 82",
            "Response Topic of bad UTF-8            ; MQTT5-3.3.2-13         ; 5  ; 30 r s'a' p( 08 00 01 C3 ) 'x'          ; 81",
            "twice Response Topic                   ; -                      ; 5  ; 30 r s'a' p( 08 s'b' 08 s'b' ) 'x'      ; 82",
            "Correlation Data of any bytes          ; -                      ; 5  ; 30 r s'a' p( 09 00 02 00FF ) ~ 'x'  " +
                "    ; ok properties=09000200FF =",
            "Correlation Data of no byte            ; -                      ; 5  ; 30 r s'a' p( 09 s'' ) ~ 'x'         " +
                "    ; ok forwarded=1 =",
            "twice Correlation Data                 ; -                      ; 5  ; 30 r s'a' p( 09 s'b' 09 s'b' ) 'x'      ; 82",
            "Content Type                           ; MQTT5-3.3.2-19         ; 5  ; 30 r s'a' p( 03 s'text' ) ~ 'x'     " +
                "    ; ok forwarded=1 =",
            "Content Type of bad UTF-8              ; MQTT5-3.3.2-19         ; 5  ; 30 r s'a' p( 03 00 01 FF ) 'x'          ; 81",
            "Content Type with the null character   ; MQTT5-1.5.4-2          ; 5  ; 30 r s'a' p( 03 00 01 00 ) 'x'          ; 81",
            "twice Content Type                     ; -                      ; 5  ; 30 r s'a' p( 03 s'b' 03 s'b' ) 'x'      ; 82",
            "User Properties                        ; MQTT5-1.5.7-1          ; 5  ; 30 r s'a' p( 26 s'b' s'c' 26 s'b' " +
                "s'c' ) ~ 'x' ; ok forwarded=1 =",
            "an empty User Property                 ; -                      ; 5  ; 30 r s'a' p( 26 s'' s'' ) ~ 'x'     " +
                "    ; ok forwarded=1 =",
            "a User Property of bad UTF-8           ; MQTT5-1.5.7-1          ; 5  ; 30 r s'a' p( 26 s'b' 00 01 FF ) 'x'     ; 81",
            "a Subscription Identifier              ; -                      ; 5  ; 30 r s'a' p( 0B 01 ) ~ 'x'          " +
                "    ; ok ids=1 forwarded=0 =",
            "several Subscription Identifiers       ; -                      ; 5  ; 30 r s'a' p( 0B FFFFFF7F 0B 01 0B " +
                "8001 ) ~ 'x' ; ok ids=3 forwarded=0 =",
            "Subscription Identifier 0              ; -                      ; 5  ; 30 r s'a' p( 0B 00 ) 'x'                ; 82",
            "a Subscription Identifier of 5 bytes   ; -                      ; 5  ; 30 r s'a' p( 0B FFFFFFFF7F ) 'x'        ; 81",
            "one that is not minimal                ; MQTT5-1.5.5-1          ; 5  ; 30 r s'a' p( 0B 8100 ) 'x'              ; 81",
            "all of them                            ; -                      ; 5  ; 33 r s'a' k9 p( 01 01 02 u7 23 k5 " +
                "08 s'b' 09 s'c' 26 s'd' s'e' 03 s'f' ) ~ 'x' ; ok expiry=7 alias=5 retain=1 id=9 payload='x' =",
            "a property of CONNECT                  ; -                      ; 5  ; 30 r s'a' p( 11 u60 ) 'x'               ; 81",
            "a Will Delay Interval                  ; -                      ; 5  ; 30 r s'a' p( 18 u60 ) 'x'               ; 81",
            "a Reason String                        ; -                      ; 5  ; 30 r s'a' p( 1F s'b' ) 'x'              ; 81",
            "an unknown property                    ; -                      ; 5  ; 30 r s'a' p( 04 01 ) 'x'                ; 81",
            "a length beyond the packet             ; -                      ; 5  ; 30 r s'a' 0A 'x'                        ; 81",
            "a length that is not minimal           ; MQTT5-1.5.5-1          ; 5  ; 30 r s'a' 80 00 'x'                     ; 81",
            "a value that crosses the end           ; -                      ; 5  ; 30 r s'a' 02 02 u60 'x'                 ; 81",
            "properties of more than 127 bytes      ; -                      ; 5  ; 30 r s'a' p( 03 s*150 ) ~ 'x'       " +
                "    ; ok properties=*153 payload='x' =",
            "the fields of the packet before        ; -                      ; 5  ; 30 r s'a' 00 ~ 'x'                  " +
                "    ; ok expiry=-1 alias=0 ids=0 forwarded=1 properties='' =",
        };

        // [MQTT-2.3.1-1] [MQTT-2.3.1-5] [MQTT-3.3.1-2] [MQTT-3.3.1-4] [MQTT-3.3.2-1] [MQTT-4.7.3-1] [MQTT5-2.2.1-2] [MQTT5-2.2.1-3]
        // [MQTT5-2.2.2-1] [MQTT5-3.3.1-2] [MQTT5-3.3.1-4] [MQTT5-3.3.2-1] [MQTT5-4.7.3-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Flags()
        {
            Vectors.Run(s_flags);
        }

        // [MQTT5-1.5.4-2] [MQTT5-1.5.5-1] [MQTT5-1.5.7-1] [MQTT5-3.3.2-13] [MQTT5-3.3.2-14] [MQTT5-3.3.2-19] [MQTT5-3.3.2-8]
        // [MQTT5-4.7.3-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Properties()
        {
            Vectors.Run(s_properties);
        }
    }
}
