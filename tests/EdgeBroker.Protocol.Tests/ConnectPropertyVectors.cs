#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>Vectors of the properties of CONNECT and of its Will.</summary>
    [TestClass]
    public class ConnectPropertyVectors
    {
        // Each property of CONNECT, and the bounds of its value.
        private static readonly string[] s_properties =
        {
            "a Session Expiry Interval              ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 11 u60 ) s'p'    " +
                "            ; ok expiry=60 =",
            "a Session that never expires           ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 11 FFFFFFFF ) " +
                "s'p'           ; ok expiry=4294967295 =",
            "a Session Expiry Interval of 0         ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 11 u0 ) s'p'     " +
                "            ; ok expiry=0",
            "Receive Maximum 1                      ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 21 k1 ) s'p'     " +
                "            ; ok receive=1 =",
            "Receive Maximum 65,535                 ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 21 k65535 ) s'p' " +
                "            ; ok receive=65535",
            "Receive Maximum 0                      ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 21 k0 ) s'p'     " +
                "            ; 82",
            "Maximum Packet Size 1                  ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 27 u1 ) s'p'     " +
                "            ; ok sizemax=1 =",
            "Maximum Packet Size beyond an int      ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 27 FFFFFFFF ) " +
                "s'p'           ; ok sizemax=2147483647",
            "Maximum Packet Size 0                  ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 27 u0 ) s'p'     " +
                "            ; 82",
            "Topic Alias Maximum                    ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 22 k65535 ) s'p' " +
                "            ; ok aliases=65535 =",
            "Topic Alias Maximum 0                  ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 22 k0 ) s'p'     " +
                "            ; ok aliases=0",
            "Request Response Information 1         ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 19 01 ) s'p'     " +
                "            ; ok response=1",
            "Request Response Information 2         ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 19 02 ) s'p'     " +
                "            ; 82",
            "Request Problem Information 0          ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 17 00 ) s'p'     " +
                "            ; ok problem=0",
            "Request Problem Information 2          ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 17 02 ) s'p'     " +
                "            ; 82",
            "the values of absent properties        ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 00 s'p'             " +
                "            ; ok expiry=0 receive=65535 sizemax=2147483647 aliases=0 response=0 problem=1",
            "User Properties                        ; MQTT5-1.5.7-1    ; 5 ; 10 r s'MQTT' 05 02 k10 p( 26 s'a' s'b' 26 " +
                "s'a' s'c' 26 s'' s'' ) s'p' ; ok client='p'",
            "a User Property's name of bad UTF-8    ; MQTT5-1.5.7-1    ; 5 ; 10 r s'MQTT' 05 02 k10 p( 26 00 01 80 s'b' " +
                ") s'p'      ; 81",
            "a User Property's value of bad UTF-8   ; MQTT5-1.5.7-1    ; 5 ; 10 r s'MQTT' 05 02 k10 p( 26 s'a' 00 01 80 " +
                ") s'p'      ; 81",
            "a User Property without its value      ; MQTT5-1.5.7-1    ; 5 ; 10 r s'MQTT' 05 02 k10 p( 26 s'a' ) s'p'   " +
                "            ; 81",
            "a method                               ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 15 s'M' ) s'p'   " +
                "            ; ok method='M'",
            "a method and data                      ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 16 00 02 00FF 15 " +
                "s'M' ) s'p' ; ok method='M' data=00FF",
            "an empty method and no data            ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 15 s'' 16 s'' ) " +
                "s'p'         ; ok method='' data=''",
            "data without a method                  ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 16 s'x' ) s'p'   " +
                "            ; 82",
            "a method of bad UTF-8                  ; MQTT5-1.5.4-1    ; 5 ; 10 r s'MQTT' 05 02 k10 p( 15 00 01 80 ) " +
                "s'p'           ; 81",
            "all at once                            ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 11 u9 21 k8 27 " +
                "u7 22 k6 ) s'p' ; ok expiry=9 receive=8 sizemax=7 aliases=6 =",
            "twice the Session Expiry Interval      ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 11 u1 11 u1 ) " +
                "s'p'           ; 82",
            "twice Receive Maximum                  ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 21 k1 21 k1 ) " +
                "s'p'           ; 82",
            "twice a method                         ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 15 s'M' 15 s'M' " +
                ") s'p'       ; 82",
            "twice data                             ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 15 s'M' 16 s'M' " +
                "16 s'M' ) s'p' ; 82",
        };

        // The Property Length and what goes beyond it.
        private static readonly string[] s_propertyLengths =
        {
            "an unknown property                    ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 2B 00 ) s'p'     " +
                "            ; 81",
            "property 0                             ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 00 ) s'p'        " +
                "            ; 81",
            "property 127                           ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 7F 00 ) s'p'     " +
                "            ; 81",
            "an identifier of two bytes             ; MQTT5-1.5.5-1    ; 5 ; 10 r s'MQTT' 05 02 k10 p( 91 00 u1 ) s'p'  " +
                "            ; 81",
            "a property of PUBLISH                  ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 23 k1 ) s'p'     " +
                "            ; 81",
            "a Will property in the wrong place     ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 18 u1 ) s'p'     " +
                "            ; 81",
            "a length beyond the packet             ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 05 11 u1            " +
                "            ; 81",
            "a length far beyond the packet         ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 FF FF FF 7F s'p'    " +
                "            ; 81",
            "a length of five bytes                 ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 80 80 80 80 00 s'p' " +
                "            ; 81",
            "a length that is not minimal           ; MQTT5-1.5.5-1    ; 5 ; 10 r s'MQTT' 05 02 k10 85 00 11 u1 s'p'    " +
                "            ; 81",
            "a length cut short                     ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 80                  " +
                "            ; 81",
            "a value that crosses the end           ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 04 11 u1 s'p'       " +
                "            ; 81",
            "a string that crosses the end          ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 04 15 s'MM' s'p'    " +
                "            ; 81",
            "a byte that is missing                 ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 17 ) s'p'        " +
                "            ; 81",
            "two bytes that are missing             ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 21 00 ) s'p'     " +
                "            ; 81",
            "properties of more than 127 bytes      ; -                ; 5 ; 10 r s'MQTT' 05 02 k10 p( 26 s'a' s*200 ) " +
                "s'p'         ; ok client='p'",
            "properties in 3.1.1 are no properties  ; -                ; 4 ; 10 r s'MQTT' 04 02 k10 p( 11 u60 ) s'p'    " +
                "            ; 81",
        };

        // Each property of the Will.
        private static readonly string[] s_willProperties =
        {
            "no Will properties                     ; MQTT5-3.1.2-9    ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' 00 s't' " +
                "s'x'            ; ok willdelay=0 willexpiry=-1 willproperties='' willtopic='t' willpayload='x' =",
            "no Will Property Length                ; MQTT5-3.1.2-9    ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p'             " +
                "            ; 81",
            "no Will Topic                          ; MQTT5-3.1.2-9    ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' 00          " +
                "            ; 81",
            "a Will Delay Interval                  ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 18 u60 ) " +
                "s't' s'x'   ; ok willdelay=60 willproperties=180000003C =",
            "the longest Will Delay Interval        ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 18 " +
                "FFFFFFFF ) s't' s'x' ; ok willdelay=4294967295 =",
            "a Message Expiry Interval              ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 02 u60 ) " +
                "s't' s'x'   ; ok willexpiry=60 =",
            "a Message Expiry Interval of 0         ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 02 u0 ) " +
                "s't' s'x'    ; ok willexpiry=0 =",
            "Payload Format 0                       ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 01 00 ) " +
                "s't' s'x'    ; ok willproperties=0100 =",
            "Payload Format 1                       ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 01 01 ) " +
                "s't' s'x'    ; ok willproperties=0101 =",
            "Payload Format 2                       ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 01 02 ) " +
                "s't' s'x'    ; 82",
            "a Content Type                         ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 03 s'c' " +
                ") s't' s'x'  ; ok will=1 =",
            "a Response Topic                       ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 08 s'c' " +
                ") s't' s'x'  ; ok will=1 =",
            "a Response Topic with a wildcard       ; MQTT5-3.3.2-14   ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 08 s'+' " +
                ") s't' s'x'  ; 82",
            "Correlation Data                       ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 09 00 01 " +
                "FF ) s't' s'x' ; ok will=1 =",
            "User Properties                        ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 26 s'a' " +
                "s'b' 26 s'a' s'b' ) s't' s'x' ; ok will=1 =",
            "twice a Will Delay Interval            ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 18 u1 18 " +
                "u1 ) s't' s'x' ; 82",
            "the Session's expiry among them        ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 11 u1 ) " +
                "s't' s'x'    ; 81",
            "a Topic Alias among them               ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 23 k1 ) " +
                "s't' s'x'    ; 81",
            "a Subscription Identifier among them   ; -                ; 5 ; 10 r s'MQTT' 05 06 k10 00 s'p' p( 0B 01 ) " +
                "s't' s'x'    ; 81",
            "both kinds of properties               ; MQTT5-3.1.3-1    ; 5 ; 10 r s'MQTT' 05 C6 k10 p( 11 u5 ) s'p' p( " +
                "18 u6 ) s't' s'x' s'u' s'w' ; ok expiry=5 willdelay=6 user='u' password='w' =",
        };

        // [MQTT5-1.5.4-1] [MQTT5-1.5.7-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void Properties()
        {
            Vectors.Run(s_properties);
        }

        // [MQTT5-1.5.5-1]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void PropertyLengths()
        {
            Vectors.Run(s_propertyLengths);
        }

        // [MQTT5-3.1.2-9] [MQTT5-3.1.3-1] [MQTT5-3.3.2-14]
        /// <summary>Runs the vectors above.</summary>
        [TestMethod]
        public void WillProperties()
        {
            Vectors.Run(s_willProperties);
        }
    }
}
