using EdgeBroker.Protocol;

namespace EdgeBroker.Delivery
{
    /// <summary>The return codes of 3.1.1's CONNACK.</summary>
    internal static class ReturnCodes
    {
        /// <summary>
        /// The one that says nearest the same as a Reason Code of 5.0; Accepted for none, and then the stream just ends [MQTT-3.2.2-6].
        /// </summary>
        public static int Of(int reasonCode)
        {
            switch (reasonCode)
            {
                case ReasonCode.UnsupportedProtocolVersion:
                    return ReturnCode.UnacceptableProtocolVersion;
                case ReasonCode.ClientIdentifierNotValid:
                    return ReturnCode.IdentifierRejected;
                case ReasonCode.BadUserNameOrPassword:
                    return ReturnCode.BadUserNameOrPassword;
                case ReasonCode.NotAuthorized:
                case ReasonCode.Banned:
                    return ReturnCode.NotAuthorized;
                case ReasonCode.ServerUnavailable:
                case ReasonCode.ServerBusy:
                case ReasonCode.QuotaExceeded:
                case ReasonCode.ConnectionRateExceeded:
                case ReasonCode.UseAnotherServer:
                    return ReturnCode.ServerUnavailable;
                default:
                    return ReturnCode.Accepted;
            }
        }
    }
}
