#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of SUBSCRIBE and UNSUBSCRIBE.</summary>
    [TestClass]
    public class SubscribeVectors
    {
        // Topic Filters, options, Subscription Identifier.
        private static readonly string[] s_subscribe =
        {
            "one filter                             ; MQTT-3.8.3-1                ; 34 ; 82 r k1 s'a/b' 00              " +
                "            ; ok id=1 subid=0 count=1 filter='a/b',0,rh0 =",
            "one filter in 5.0                      ; MQTT5-3.8.3-1               ; 5  ; 82 r k1 00 s'a/b' 02           " +
                "            ; ok id=1 subid=0 count=1 filter='a/b',2,rh0 =",
            "three filters                          ; -                           ; 34 ; 82 r k258 s'a' 00 | s'+/b' 01 " +
                "| s'#' 02    ; ok id=258 count=3 filter='a',0,rh0 filter='+/b',1,rh0 filter='#',2,rh0 =",
            "two filters in 5.0                     ; -                           ; 5  ; 82 r k258 00 s'a' 00 | s'b' 01 " +
                "            ; ok count=2 filter='a',0,rh0 filter='b',1,rh0 =",
            "No Local                               ; -                           ; 5  ; 82 r k1 00 s'a' 05             " +
                "            ; ok filter='a',1,nl,rh0 =",
            "Retain As Published                    ; -                           ; 5  ; 82 r k1 00 s'a' 0A             " +
                "            ; ok filter='a',2,rap,rh0 =",
            "Retain Handling 1                      ; -                           ; 5  ; 82 r k1 00 s'a' 10             " +
                "            ; ok filter='a',0,rh1 =",
            "Retain Handling 2 and all              ; -                           ; 5  ; 82 r k1 00 s'a' 2E             " +
                "            ; ok filter='a',2,nl,rap,rh2 =",
            "Retain Handling 3                      ; -                           ; 5  ; 82 r k1 00 s'a' 30             " +
                "            ; 82",
            "reserved bit 6                         ; MQTT5-3.8.3-5               ; 5  ; 82 r k1 00 s'a' 40             " +
                "            ; 81",
            "reserved bit 7                         ; MQTT5-3.8.3-5               ; 5  ; 82 r k1 00 s'a' 80             " +
                "            ; 81",
            "reserved bit 2 before 5.0              ; MQTT-3.8.3-4                ; 34 ; 82 r k1 s'a' 04                " +
                "            ; 81",
            "reserved bit 3 before 5.0              ; MQTT-3.8.3-4                ; 34 ; 82 r k1 s'a' 08                " +
                "            ; 81",
            "reserved bit 7 before 5.0              ; MQTT-3.8.3-4                ; 34 ; 82 r k1 s'a' 81                " +
                "            ; 81",
            "QoS 3                                  ; MQTT-3.8.3-4                ; 34 ; 82 r k1 s'a' 03                " +
                "            ; 81",
            "QoS 3 in 5.0                           ; -                           ; 5  ; 82 r k1 00 s'a' 03             " +
                "            ; 81",
            "QoS 3 in the second filter             ; MQTT-3.8.3-4                ; 34 ; 82 r k1 s'a' 01 s'b' 03        " +
                "            ; 81",
            "no filter                              ; MQTT-3.8.3-3                ; 34 ; 82 02 k1                       " +
                "            ; 82",
            "no filter in 5.0                       ; MQTT5-3.8.3-2               ; 5  ; 82 03 k1 00                    " +
                "            ; 82",
            "no filter, but properties              ; MQTT5-3.8.3-2               ; 5  ; 82 r k1 p( 0B 01 )             " +
                "            ; 82",
            "Packet Identifier 0                    ; MQTT-2.3.1-1 MQTT5-2.2.1-3  ; 345 ; 82 r k0 s'a' 00               " +
                "            ; 82",
            "no Packet Identifier                   ; MQTT-2.3.1-1                ; 345 ; 82 00                         " +
                "            ; 81",
            "half a Packet Identifier               ; -                           ; 345 ; 82 01 01                      " +
                "            ; 81",
            "no flags                               ; MQTT-3.8.1-1                ; 34 ; 80 r k1 s'a' 00                " +
                "            ; 81",
            "no flags in 5.0                        ; MQTT5-3.8.1-1               ; 5  ; 80 r k1 00 s'a' 00             " +
                "            ; 81",
            "other flags                            ; MQTT-3.8.1-1 MQTT5-3.8.1-1  ; 345 ; 83 r k1 s'a' 00               " +
                "            ; 81",
            "DUP in 3.1                             ; -                           ; 3  ; 8A r k1 s'a' 00                " +
                "            ; ok filter='a',0,rh0",
            "DUP since 3.1.1                        ; MQTT-3.8.1-1                ; 4  ; 8A r k1 s'a' 00                " +
                "            ; 81",
            "no options                             ; -                           ; 34 ; 82 r k1 s'a'                   " +
                "            ; 81",
            "no options after the second            ; -                           ; 5  ; 82 r k1 00 s'a' 01 s'b'        " +
                "            ; 81",
            "an empty filter                        ; MQTT-4.7.3-1                ; 34 ; 82 r k1 s'' 00                 " +
                "            ; 81",
            "an empty filter in 5.0                 ; MQTT5-4.7.3-1               ; 5  ; 82 r k1 00 s'' 00              " +
                "            ; 81",
            "a filter of bad UTF-8                  ; MQTT-3.8.3-1                ; 34 ; 82 r k1 00 01 C0 00            " +
                "            ; 81",
            "a filter of bad UTF-8 in 5.0           ; MQTT5-3.8.3-1               ; 5  ; 82 r k1 00 00 01 C0 00         " +
                "            ; 81",
            "a filter with the null character       ; MQTT-4.7.3-2                ; 34 ; 82 r k1 00 02 61 00 00         " +
                "            ; 81",
            "the same in 5.0                        ; MQTT5-4.7.3-2               ; 5  ; 82 r k1 00 00 02 61 00 00      " +
                "            ; 81",
            "+ within a level                       ; MQTT-4.7.1-3                ; 34 ; 82 r k1 s'a+' 00               " +
                "            ; 81",
            "+ within a level in 5.0                ; MQTT5-4.7.1-2               ; 5  ; 82 r k1 00 s'a/+b/c' 00        " +
                "            ; 81",
            "a Subscription Identifier              ; -                           ; 5  ; 82 r k1 p( 0B 01 ) s'a' 00     " +
                "            ; ok subid=1 =",
            "the greatest Subscription Identifier   ; -                           ; 5  ; 82 r k1 p( 0B FFFFFF7F ) s'a' " +
                "00           ; ok subid=268435455 =",
            "Subscription Identifier 0              ; -                           ; 5  ; 82 r k1 p( 0B 00 ) s'a' 00     " +
                "            ; 82",
            "two Subscription Identifiers           ; -                           ; 5  ; 82 r k1 p( 0B 01 0B 02 ) s'a' " +
                "00           ; 82",
            "User Properties                        ; -                           ; 5  ; 82 r k1 p( 26 s'a' s'b' 26 " +
                "s'a' s'b' ) s'a' 00 ; ok count=1",
            "a Reason String                        ; -                           ; 5  ; 82 r k1 p( 1F s'a' ) s'a' 00   " +
                "            ; 81",
            "a shared subscription                  ; MQTT5-4.8.2-1               ; 5  ; 82 r k1 00 s'$share/n/a' 00    " +
                "            ; ok filter='$share/n/a',0,rh0 =",
            "a shared one with No Local             ; MQTT5-3.8.3-4               ; 5  ; 82 r k1 00 s'$share/n/a' 04    " +
                "            ; 82",
            "$share with No Local is not shared     ; -                           ; 5  ; 82 r k1 00 s'$share' 04        " +
                "            ; ok filter='$share',0,nl,rh0 =",
            "a shared one without a filter          ; MQTT5-4.8.2-1               ; 5  ; 82 r k1 00 s'$share/n/' 00     " +
                "            ; 81",
            "a shared one without its slash         ; MQTT5-4.8.2-1               ; 5  ; 82 r k1 00 s'$share/n' 00      " +
                "            ; 81",
            "a shared one without its name          ; MQTT5-4.8.2-1               ; 5  ; 82 r k1 00 s'$share//a' 00     " +
                "            ; 81",
            "a ShareName with +                     ; MQTT5-4.8.2-2               ; 5  ; 82 r k1 00 s'$share/n+/a' 00   " +
                "            ; 81",
            "a ShareName with #                     ; MQTT5-4.8.2-2               ; 5  ; 82 r k1 00 s'$share/#/a' 00    " +
                "            ; 81",
            "a filter of more than 127 bytes        ; -                           ; 34 ; 82 r k1 s*200 01               " +
                "            ; ok filter=*200,1,rh0 =",
            "a filter beyond the packet             ; -                           ; 34 ; 82 r k1 00 05 'ab' 00          " +
                "            ; 81",
        };

        // Topic Filters alone.
        private static readonly string[] s_unsubscribe =
        {
            "one filter                             ; MQTT-3.10.3-1               ; 34 ; A2 r k1 s'a/b'                 " +
                "            ; ok id=1 count=1 filter='a/b' =",
            "one filter in 5.0                      ; MQTT5-3.10.3-1              ; 5  ; A2 r k1 00 s'a/b'              " +
                "            ; ok id=1 count=1 filter='a/b' =",
            "two filters                            ; MQTT-3.10.3-1               ; 34 ; A2 r k258 s'a' | s'+/#'        " +
                "            ; ok id=258 count=2 filter='a' filter='+/#' =",
            "two filters in 5.0                     ; -                           ; 5  ; A2 r k258 00 s'a' | s'+/#'     " +
                "            ; ok count=2 =",
            "no filter                              ; MQTT-3.10.3-2               ; 34 ; A2 02 k1                       " +
                "            ; 82",
            "no filter in 5.0                       ; MQTT5-3.10.3-2              ; 5  ; A2 03 k1 00                    " +
                "            ; 82",
            "Packet Identifier 0                    ; MQTT-2.3.1-1 MQTT5-2.2.1-3  ; 345 ; A2 r k0 s'a'                  " +
                "            ; 82",
            "no Packet Identifier                   ; -                           ; 345 ; A2 00                         " +
                "            ; 81",
            "no flags                               ; MQTT-3.10.1-1 MQTT5-3.10.1-1 ; 345 ; A0 r k1 s'a'                 " +
                "            ; 81",
            "other flags                            ; MQTT-3.10.1-1 MQTT5-3.10.1-1 ; 345 ; A6 r k1 s'a'                 " +
                "            ; 81",
            "DUP in 3.1                             ; -                           ; 3  ; AA r k1 s'a'                   " +
                "            ; ok filter='a'",
            "DUP since 3.1.1                        ; MQTT-3.10.1-1               ; 4  ; AA r k1 s'a'                   " +
                "            ; 81",
            "an empty filter                        ; MQTT-4.7.3-1                ; 34 ; A2 r k1 s''                    " +
                "            ; 81",
            "a filter of bad UTF-8                  ; MQTT-3.10.3-1               ; 34 ; A2 r k1 00 01 FF               " +
                "            ; 81",
            "a filter of bad UTF-8 in 5.0           ; MQTT5-3.10.3-1              ; 5  ; A2 r k1 00 00 01 FF            " +
                "            ; 81",
            "User Properties                        ; -                           ; 5  ; A2 r k1 p( 26 s'a' s'b' ) s'a' " +
                "            ; ok count=1",
            "a Subscription Identifier              ; -                           ; 5  ; A2 r k1 p( 0B 01 ) s'a'        " +
                "            ; 81",
            "a shared subscription                  ; MQTT5-4.8.2-1               ; 5  ; A2 r k1 00 s'$share/n/a'       " +
                "            ; ok filter='$share/n/a' =",
            "a filter beyond the packet             ; -                           ; 34 ; A2 r k1 00 05 'ab'             " +
                "            ; 81",
            "a byte after the last filter           ; -                           ; 34 ; A2 r k1 s'a' 00                " +
                "            ; 81",
        };

        // [MQTT-2.3.1-1] [MQTT-3.8.1-1] [MQTT-3.8.3-1] [MQTT-3.8.3-3] [MQTT-3.8.3-4] [MQTT-4.7.1-3] [MQTT-4.7.3-1] [MQTT-4.7.3-2]
        // [MQTT5-2.2.1-3] [MQTT5-3.8.1-1] [MQTT5-3.8.3-1] [MQTT5-3.8.3-2] [MQTT5-3.8.3-4] [MQTT5-3.8.3-5]
        // [MQTT5-4.7.1-2] [MQTT5-4.7.3-1] [MQTT5-4.7.3-2] [MQTT5-4.8.2-1] [MQTT5-4.8.2-2]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Subscribe()
        {
            Vectors.Run(s_subscribe);
        }

        // [MQTT-2.3.1-1] [MQTT-3.10.1-1] [MQTT-3.10.3-1] [MQTT-3.10.3-2] [MQTT-4.7.3-1] [MQTT5-2.2.1-3] [MQTT5-3.10.1-1]
        // [MQTT5-3.10.3-1] [MQTT5-3.10.3-2] [MQTT5-4.8.2-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Unsubscribe()
        {
            Vectors.Run(s_unsubscribe);
        }
    }
}
