#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of CONNECT in 3.1 and 3.1.1.</summary>
    [TestClass]
    public class ConnectVectors
    {
        // What is recognised, and what is refused with the level left for the answer.
        private static readonly string[] s_protocolNamesAndLevels =
        {
            "3.1 is served                          ; -                              ; 3 ; 10 r s'MQIsdp' 03 02 k10 " +
                "s'p'                         ; ok level=3 clean=1 keepalive=10 client='p' =",
            "3.1.1 is served                        ; MQTT-3.1.2-1                   ; 4 ; 10 r s'MQTT' 04 02 k10 s'p'  " +
                "                       ; ok level=4 clean=1 keepalive=10 client='p' =",
            "what 3.1.1 does not know ; - ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' s't' s'x' ; ok expiry=0 receive=65535 sizemax=2147483647 " +
                "aliases=0 response=0 problem=1 willdelay=0 willexpiry=-1 willproperties='' =",
            "5.0 is served                          ; MQTT5-3.1.2-1                  ; 5 ; 10 r s'MQTT' 05 02 k10 00 " +
                "s'p'                      ; ok level=5 clean=1 keepalive=10 client='p' =",
            "level 0 under the new name             ; MQTT-3.1.2-2                   ; 4 ; 10 r s'MQTT' 00 02 k10 s'p'  " +
                "               ; 84 level=0",
            "level 3 under the new name             ; MQTT-3.1.2-2                   ; 4 ; 10 r s'MQTT' 03 02 k10 s'p'  " +
                "               ; 84 level=3",
            "level 6 under the new name             ; MQTT5-3.1.2-2                  ; 5 ; 10 r s'MQTT' 06 02 k10 s'p'  " +
                "               ; 84 level=6",
            "level with the bridge bit              ; MQTT-3.1.2-2                   ; 4 ; 10 r s'MQTT' 84 02 k10 s'p'  " +
                "               ; 84 level=132",
            "level 4 under the old name             ; MQTT-3.1.2-2                   ; 4 ; 10 r s'MQIsdp' 04 02 k10 " +
                "s'p'               ; 84 level=4",
            "level 5 under the old name             ; MQTT-3.1.2-2                   ; 4 ; 10 r s'MQIsdp' 05 02 k10 " +
                "s'p'               ; 84 level=5",
            "an unknown level alone                 ; MQTT5-3.1.2-2                  ; 5 ; 10 r s'MQTT' 07              " +
                "               ; 84 level=7",
            "a name in small letters                ; MQTT-3.1.2-1                   ; 4 ; 10 r s'mqtt' 04 02 k10 s'p'  " +
                "               ; 84 level=0",
            "a name that is longer                  ; MQTT-3.1.2-1                   ; 4 ; 10 r s'MQTTT' 04 02 k10 s'p' " +
                "               ; 84 level=0",
            "a name that is shorter                 ; MQTT5-3.1.2-1                  ; 4 ; 10 r s'MQT' 04 02 k10 s'p'   " +
                "               ; 84 level=0",
            "an empty name                          ; MQTT-3.1.2-1                   ; 4 ; 10 r s'' 04 02 k10 s'p'      " +
                "               ; 84 level=0",
            "the old name with an error             ; MQTT-3.1.2-1                   ; 3 ; 10 r s'MQIsdq' 03 02 k10 " +
                "s'p'               ; 84 level=0",
            "the new name's end wrong               ; MQTT-3.1.2-1                   ; 4 ; 10 r s'MQTX' 04 02 k10 s'p'  " +
                "               ; 84 level=0",
            "another protocol's first bytes         ; MQTT-3.1.2-1                   ; 4 ; 10 r s'AMQP' 04 02 k10 s'p'  " +
                "               ; 84 level=0",
            "no level                               ; -                              ; 4 ; 10 r s'MQTT'                 " +
                "               ; 81 level=0",
            "a name cut short                       ; -                              ; 4 ; 10 r 00 04 'MQT'             " +
                "               ; 81 level=0",
            "nothing at all                         ; -                              ; 4 ; 10 00                        " +
                "               ; 81 level=0",
            "flags in the fixed header              ; MQTT-2.2.2-1                   ; 4 ; 11 r s'MQTT' 04 02 k10 s'p'  " +
                "                       ; 81",
            "DUP in the fixed header                ; MQTT5-2.1.3-1                  ; 5 ; 18 r s'MQTT' 05 02 k10 00 " +
                "s'p'                      ; 81",
        };

        // The Connect Flags in 3.1.1, and where 5.0 differs.
        private static readonly string[] s_flags =
        {
            "not clean                              ; -                              ; 4 ; 10 r s'MQTT' 04 00 k0 s'p'   " +
                "                       ; ok clean=0 keepalive=0 will=0 =",
            "the greatest Keep Alive                ; -                              ; 4 ; 10 r s'MQTT' 04 02 k65535 " +
                "s'p'                      ; ok keepalive=65535 =",
            "the reserved flag                      ; MQTT-3.1.2-3                   ; 4 ; 10 r s'MQTT' 04 03 k10 s'p'  " +
                "                       ; 81",
            "the reserved flag in 5.0               ; MQTT5-3.1.2-3                  ; 5 ; 10 r s'MQTT' 05 03 k10 00 " +
                "s'p'                      ; 81",
            "the reserved flag in 3.1, not used     ; -                              ; 3 ; 10 r s'MQIsdp' 03 03 k10 " +
                "s'p'                         ; ok level=3 clean=1",
            "flags in the fixed header of 3.1       ; -                              ; 3 ; 14 r s'MQIsdp' 03 02 k10 " +
                "s'p'                         ; ok level=3 clean=1",
            "control in the Client Identifier       ; -                              ; 4 ; 10 r s'MQTT' 04 02 k10 00 01 1F " +
                "                       ; 81",
            "DEL in the Client Identifier           ; -                              ; 5 ; 10 r s'MQTT' 05 02 k10 00 00 01 7F " +
                "                       ; 81",
            "C1 control in the User Name            ; -                              ; 4 ; 10 r s'MQTT' 04 82 k10 s'p' 00 02 C2 9F " +
                "                       ; 81",
            "U+00A0 in the User Name                ; -                              ; 4 ; 10 r s'MQTT' 04 82 k10 s'p' 00 02 C2 A0 " +
                "                       ; ok clean=1",
            "Will QoS 1 without a Will              ; MQTT-3.1.2-13 MQTT-3.1.2-11    ; 4 ; 10 r s'MQTT' 04 0A k10 s'p'  " +
                "                       ; 81",
            "Will QoS 2 without a Will              ; MQTT-3.1.2-13                  ; 4 ; 10 r s'MQTT' 04 12 k10 s'p'  " +
                "                       ; 81",
            "Will QoS 2 without a Will in 5.0       ; MQTT5-3.1.2-11                 ; 5 ; 10 r s'MQTT' 05 12 k10 00 " +
                "s'p'                      ; 81",
            "Will Retain without a Will             ; MQTT-3.1.2-15                  ; 4 ; 10 r s'MQTT' 04 22 k10 s'p'  " +
                "                       ; 81",
            "Will Retain without a Will in 5.0      ; MQTT5-3.1.2-13                 ; 5 ; 10 r s'MQTT' 05 22 k10 00 " +
                "s'p'                      ; 81",
            "Will QoS 0                             ; MQTT-3.1.2-14 MQTT-3.1.2-9     ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s't' s'x'               ; ok will=1 willqos=0 willretain=0 willtopic='t' willpayload='x' =",
            "Will QoS 1                             ; MQTT-3.1.2-14                  ; 4 ; 10 r s'MQTT' 04 0E k10 s'p' " +
                "s't' s'x'               ; ok willqos=1 =",
            "Will QoS 2                             ; MQTT-3.1.2-14                  ; 4 ; 10 r s'MQTT' 04 16 k10 s'p' " +
                "s't' s'x'               ; ok willqos=2 =",
            "Will QoS 3                             ; MQTT-3.1.2-14                  ; 4 ; 10 r s'MQTT' 04 1E k10 s'p' " +
                "s't' s'x'               ; 81",
            "Will QoS 3 in 5.0                      ; MQTT5-3.1.2-12                 ; 5 ; 10 r s'MQTT' 05 1E k10 00 " +
                "s'p' 00 s't' s'x'         ; 81",
            "Will Retain                            ; MQTT-3.1.2-9                   ; 4 ; 10 r s'MQTT' 04 26 k10 s'p' " +
                "s't' s'x'               ; ok willretain=1 =",
            "a Will in 3.1                          ; -                              ; 3 ; 10 r s'MQIsdp' 03 36 k10 " +
                "s'p' s'a/b' s'x'             ; ok will=1 willqos=2 willretain=1 willtopic='a/b' =",
            "a Will that is not there               ; MQTT-3.1.2-9                   ; 4 ; 10 r s'MQTT' 04 06 k10 s'p'  " +
                "                       ; 81",
            "a Will without its message             ; MQTT-3.1.2-9                   ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s't'                    ; 81",
            "a Will that was not announced          ; MQTT-3.1.2-11                  ; 4 ; 10 r s'MQTT' 04 02 k10 s'p' " +
                "s't' s'x'               ; 81",
            "no Keep Alive                          ; -                              ; 4 ; 10 r s'MQTT' 04 02           " +
                "                       ; 81",
            "half a Keep Alive                      ; -                              ; 4 ; 10 r s'MQTT' 04 02 00        " +
                "                       ; 81",
        };

        // Client Identifier, Will, user name and password: present as announced, in order, well-formed.
        private static readonly string[] s_payloads =
        {
            "all fields                             ; MQTT-3.1.3-1 MQTT-3.1.2-19     ; 4 ; 10 r s'MQTT' 04 C6 k10 s'p' " +
                "s't' s'x' s'u' s'w'     ; ok client='p' willtopic='t' willpayload='x' user='u' password='w' =",
            "all fields in 3.1                      ; -                              ; 3 ; 10 r s'MQIsdp' 03 C6 k10 " +
                "s'p' s't' s'x' | s'u' | s'w' ; ok client='p' willtopic='t' user='u' password='w' =",
            "an empty Client Identifier             ; MQTT-3.1.3-3                   ; 4 ; 10 r s'MQTT' 04 02 k10 s''   " +
                "                       ; ok client='' =",
            "an empty one that is to be kept        ; -                              ; 4 ; 10 r s'MQTT' 04 00 k10 s''   " +
                "                       ; ok clean=0 client='' =",
            "a long Client Identifier               ; -                              ; 4 ; 10 r s'MQTT' 04 02 k10 s*300 " +
                "                       ; ok client=*300 =",
            "the longest Client Identifier          ; -                              ; 4 ; 10 r s'MQTT' 04 02 k10 " +
                "s*65535                      ; ok client=*65535 =",
            "no Client Identifier                   ; MQTT-3.1.3-3                   ; 4 ; 10 r s'MQTT' 04 02 k10       " +
                "                       ; 81",
            "no Client Identifier in 5.0            ; MQTT5-3.1.3-3                  ; 5 ; 10 r s'MQTT' 05 02 k10 00    " +
                "                       ; 81",
            "a Client Identifier of bad UTF-8       ; MQTT-3.1.3-4                   ; 4 ; 10 r s'MQTT' 04 02 k10 00 02 " +
                "C0 80                  ; 81",
            "the same in 5.0                        ; MQTT5-3.1.3-4                  ; 5 ; 10 r s'MQTT' 05 02 k10 00 00 " +
                "01 FF                  ; 81",
            "a surrogate                            ; MQTT-1.5.3-1                   ; 4 ; 10 r s'MQTT' 04 02 k10 00 03 " +
                "ED A0 80               ; 81",
            "a surrogate in 5.0                     ; MQTT5-1.5.4-1                  ; 5 ; 10 r s'MQTT' 05 02 k10 00 00 " +
                "03 ED BF BF            ; 81",
            "the null character                     ; MQTT-1.5.3-2                   ; 4 ; 10 r s'MQTT' 04 02 k10 00 03 " +
                "61 00 62               ; 81",
            "the null character in 5.0              ; MQTT5-1.5.4-2                  ; 5 ; 10 r s'MQTT' 05 02 k10 00 00 " +
                "01 00                  ; 81",
            "U+FEFF is kept                         ; MQTT-1.5.3-3 MQTT5-1.5.4-3     ; 4 ; 10 r s'MQTT' 04 02 k10 00 04 " +
                "EF BB BF 61            ; ok client=EFBBBF61 =",
            "two, three and four bytes              ; MQTT-1.5.3-1                   ; 4 ; 10 r s'MQTT' 04 02 k10 00 09 " +
                "C3 A4 E2 82 AC F0 9F 98 80 ; ok client=C3A4E282ACF09F9880 =",
            "an empty Will Message                  ; -                              ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s't' s''                ; ok willtopic='t' willpayload='' =",
            "a Will Message of any bytes            ; -                              ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s't' 00 03 00 FF C0     ; ok willpayload=00FFC0 =",
            "an empty Will Topic                    ; MQTT-4.7.3-1                   ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s'' s'x'                ; 90",
            "a Will Topic with +                    ; MQTT-4.7.1-1                   ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s'a/+' s'x'             ; 90",
            "a Will Topic with #                    ; MQTT-4.7.1-1                   ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "s'#' s'x'               ; 90",
            "a Will Topic with # in 5.0             ; MQTT5-4.7.0-1                  ; 5 ; 10 r s'MQTT' 05 06 k10 00 " +
                "s'p' 00 s'#' s'x'         ; 90",
            "a Will Topic of bad UTF-8              ; MQTT-3.1.3-10                  ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "00 01 80 s'x'           ; 81",
            "the same in 5.0                        ; MQTT5-3.1.3-11                 ; 5 ; 10 r s'MQTT' 05 06 k10 00 " +
                "s'p' 00 00 01 80 s'x'     ; 81",
            "a Will Topic with the null character   ; MQTT-4.7.3-2                   ; 4 ; 10 r s'MQTT' 04 06 k10 s'p' " +
                "00 01 00 s'x'           ; 81",
            "a user name                            ; MQTT-3.1.2-19                  ; 4 ; 10 r s'MQTT' 04 82 k10 s'p' " +
                "s'u'                    ; ok user='u' =",
            "an empty user name                     ; MQTT-3.1.2-19                  ; 4 ; 10 r s'MQTT' 04 82 k10 s'p' " +
                "s''                     ; ok user='' =",
            "a user name that is not there          ; MQTT-3.1.2-19                  ; 4 ; 10 r s'MQTT' 04 82 k10 s'p'  " +
                "                       ; 81",
            "the same in 3.1                        ; -                              ; 3 ; 10 r s'MQIsdp' 03 82 k10 " +
                "s'p'                         ; ok client='p'",
            "the same in 5.0                        ; MQTT5-3.1.2-17                 ; 5 ; 10 r s'MQTT' 05 82 k10 00 " +
                "s'p'                      ; 81",
            "a user name not announced              ; MQTT-3.1.2-18                  ; 4 ; 10 r s'MQTT' 04 02 k10 s'p' " +
                "s'u'                    ; 81",
            "the same in 5.0                        ; MQTT5-3.1.2-16                 ; 5 ; 10 r s'MQTT' 05 02 k10 00 " +
                "s'p' s'u'                 ; 81",
            "a user name of bad UTF-8               ; MQTT-3.1.3-11                  ; 4 ; 10 r s'MQTT' 04 82 k10 s'p' " +
                "00 02 C3 28             ; 81",
            "the same in 5.0                        ; MQTT5-3.1.3-12                 ; 5 ; 10 r s'MQTT' 05 82 k10 00 " +
                "s'p' 00 02 C3 28          ; 81",
            "a password of any bytes                ; MQTT-3.1.2-21                  ; 4 ; 10 r s'MQTT' 04 C2 k10 s'p' " +
                "s'u' 00 03 00 FF C0     ; ok user='u' password=00FFC0 =",
            "an empty password                      ; MQTT-3.1.2-21                  ; 4 ; 10 r s'MQTT' 04 C2 k10 s'p' " +
                "s'u' s''                ; ok password='' =",
            "a password that is not there           ; MQTT-3.1.2-21                  ; 4 ; 10 r s'MQTT' 04 C2 k10 s'p' " +
                "s'u'                    ; 81",
            "the same in 3.1                        ; -                              ; 3 ; 10 r s'MQIsdp' 03 C2 k10 " +
                "s'p' | s'u'                  ; ok user='u'",
            "the same in 5.0                        ; MQTT5-3.1.2-19                 ; 5 ; 10 r s'MQTT' 05 C2 k10 00 " +
                "s'p' s'u'                 ; 81",
            "a password not announced               ; MQTT-3.1.2-20                  ; 4 ; 10 r s'MQTT' 04 82 k10 s'p' " +
                "s'u' s'w'               ; 81",
            "the same in 5.0                        ; MQTT5-3.1.2-18                 ; 5 ; 10 r s'MQTT' 05 82 k10 00 " +
                "s'p' s'u' s'w'            ; 81",
            "a password without user name           ; MQTT-3.1.2-22                  ; 4 ; 10 r s'MQTT' 04 42 k10 s'p' " +
                "s'w'                    ; 81",
            "a password without user name in 3.1    ; -                              ; 3 ; 10 r s'MQIsdp' 03 42 k10 " +
                "s'p' s'w'                    ; 81",
            "a password without user name in 5.0    ; -                              ; 5 ; 10 r s'MQTT' 05 42 k10 00 " +
                "s'p' s'w'                 ; ok password='w' =",
            "a byte too many                        ; -                              ; 4 ; 10 r s'MQTT' 04 02 k10 s'p' " +
                "00                      ; 81",
            "a byte too many in 3.1                 ; -                              ; 3 ; 10 r s'MQIsdp' 03 02 k10 " +
                "s'p' 00                      ; 81",
            "a byte too many in 5.0                 ; -                              ; 5 ; 10 r s'MQTT' 05 02 k10 00 " +
                "s'p' 00                   ; 81",
        };

        // [MQTT-2.2.2-1] [MQTT-3.1.2-1] [MQTT-3.1.2-2] [MQTT5-2.1.3-1] [MQTT5-3.1.2-1] [MQTT5-3.1.2-2]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void ProtocolNamesAndLevels()
        {
            Vectors.Run(s_protocolNamesAndLevels);
        }

        // [MQTT-3.1.2-11] [MQTT-3.1.2-13] [MQTT-3.1.2-14] [MQTT-3.1.2-15] [MQTT-3.1.2-3] [MQTT-3.1.2-9] [MQTT5-3.1.2-11]
        // [MQTT5-3.1.2-12] [MQTT5-3.1.2-13] [MQTT5-3.1.2-3]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Flags()
        {
            Vectors.Run(s_flags);
        }

        // [MQTT-3.1.4-1] [MQTT5-3.1.4-1]
        // [MQTT-1.5.3-1] [MQTT-1.5.3-2] [MQTT-1.5.3-3] [MQTT-3.1.2-18] [MQTT-3.1.2-19] [MQTT-3.1.2-20] [MQTT-3.1.2-21] [MQTT-3.1.2-22]
        // [MQTT-3.1.3-1] [MQTT-3.1.3-10] [MQTT-3.1.3-11] [MQTT-3.1.3-3] [MQTT-3.1.3-4] [MQTT-4.7.1-1] [MQTT-4.7.3-1] [MQTT-4.7.3-2]
        // [MQTT5-1.5.4-1] [MQTT5-1.5.4-2] [MQTT5-1.5.4-3] [MQTT5-3.1.2-16] [MQTT5-3.1.2-17] [MQTT5-3.1.2-18] [MQTT5-3.1.2-19]
        // [MQTT5-3.1.3-11] [MQTT5-3.1.3-12] [MQTT5-3.1.3-3] [MQTT5-3.1.3-4] [MQTT5-4.7.0-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Payloads()
        {
            Vectors.Run(s_payloads);
        }
    }
}
