namespace EdgeBroker.Protocol
{
    /// <summary>Which Reason Codes of 5.0 a packet may carry. The failures, 0x80 and up, are bits of a mask.</summary>
    public static class ReasonCodes
    {
        private const int FailureMin = 0x80;
        private const int FailureMax = ReasonCode.WildcardSubscriptionsNotSupported;

        private const long Common = (1L << (ReasonCode.UnspecifiedError - FailureMin)) |
            (1L << (ReasonCode.ImplementationSpecificError - FailureMin)) |
            (1L << (ReasonCode.NotAuthorized - FailureMin));

        private const long Publish = Common | (1L << (ReasonCode.TopicNameInvalid - FailureMin)) |
            (1L << (ReasonCode.PacketIdentifierInUse - FailureMin)) | (1L << (ReasonCode.QuotaExceeded - FailureMin)) |
            (1L << (ReasonCode.PayloadFormatInvalid - FailureMin));

        private const long Unsubscribe = Common | (1L << (ReasonCode.TopicFilterInvalid - FailureMin)) |
            (1L << (ReasonCode.PacketIdentifierInUse - FailureMin));

        private const long Subscribe = Unsubscribe | (1L << (ReasonCode.QuotaExceeded - FailureMin)) |
            (1L << (ReasonCode.SharedSubscriptionsNotSupported - FailureMin)) |
            (1L << (ReasonCode.SubscriptionIdentifiersNotSupported - FailureMin)) |
            (1L << (ReasonCode.WildcardSubscriptionsNotSupported - FailureMin));

        private const long DisconnectByClient = (1L << (ReasonCode.UnspecifiedError - FailureMin)) |
            (1L << (ReasonCode.MalformedPacket - FailureMin)) | (1L << (ReasonCode.ProtocolError - FailureMin)) |
            (1L << (ReasonCode.ImplementationSpecificError - FailureMin)) | (1L << (ReasonCode.TopicNameInvalid - FailureMin)) |
            (1L << (ReasonCode.ReceiveMaximumExceeded - FailureMin)) | (1L << (ReasonCode.TopicAliasInvalid - FailureMin)) |
            (1L << (ReasonCode.PacketTooLarge - FailureMin)) | (1L << (ReasonCode.MessageRateTooHigh - FailureMin)) |
            (1L << (ReasonCode.QuotaExceeded - FailureMin)) | (1L << (ReasonCode.AdministrativeAction - FailureMin)) |
            (1L << (ReasonCode.PayloadFormatInvalid - FailureMin));

        private const long DisconnectByServer = DisconnectByClient | (1L << (ReasonCode.NotAuthorized - FailureMin)) |
            (1L << (ReasonCode.ServerBusy - FailureMin)) | (1L << (ReasonCode.ServerShuttingDown - FailureMin)) |
            (1L << (ReasonCode.BadAuthenticationMethod - FailureMin)) | (1L << (ReasonCode.KeepAliveTimeout - FailureMin)) |
            (1L << (ReasonCode.SessionTakenOver - FailureMin)) | (1L << (ReasonCode.TopicFilterInvalid - FailureMin)) |
            (1L << (ReasonCode.RetainNotSupported - FailureMin)) | (1L << (ReasonCode.QoSNotSupported - FailureMin)) |
            (1L << (ReasonCode.UseAnotherServer - FailureMin)) | (1L << (ReasonCode.ServerMoved - FailureMin)) |
            (1L << (ReasonCode.SharedSubscriptionsNotSupported - FailureMin)) |
            (1L << (ReasonCode.ConnectionRateExceeded - FailureMin)) | (1L << (ReasonCode.MaximumConnectTime - FailureMin)) |
            (1L << (ReasonCode.SubscriptionIdentifiersNotSupported - FailureMin)) |
            (1L << (ReasonCode.WildcardSubscriptionsNotSupported - FailureMin));

        private const long Connack = Common | (1L << (ReasonCode.MalformedPacket - FailureMin)) |
            (1L << (ReasonCode.ProtocolError - FailureMin)) | (1L << (ReasonCode.UnsupportedProtocolVersion - FailureMin)) |
            (1L << (ReasonCode.ClientIdentifierNotValid - FailureMin)) | (1L << (ReasonCode.BadUserNameOrPassword - FailureMin)) |
            (1L << (ReasonCode.ServerUnavailable - FailureMin)) | (1L << (ReasonCode.ServerBusy - FailureMin)) |
            (1L << (ReasonCode.Banned - FailureMin)) | (1L << (ReasonCode.BadAuthenticationMethod - FailureMin)) |
            (1L << (ReasonCode.TopicNameInvalid - FailureMin)) | (1L << (ReasonCode.PacketTooLarge - FailureMin)) |
            (1L << (ReasonCode.QuotaExceeded - FailureMin)) | (1L << (ReasonCode.PayloadFormatInvalid - FailureMin)) |
            (1L << (ReasonCode.RetainNotSupported - FailureMin)) | (1L << (ReasonCode.QoSNotSupported - FailureMin)) |
            (1L << (ReasonCode.UseAnotherServer - FailureMin)) | (1L << (ReasonCode.ServerMoved - FailureMin)) |
            (1L << (ReasonCode.ConnectionRateExceeded - FailureMin));

        /// <summary>Tells whether a packet of a type may carry the code.</summary>
        /// <param name="packetType">One of <see cref="PacketType"/> that has a Reason Code.</param>
        /// <param name="fromServer">The packet was sent by a Server.</param>
        /// <param name="code">0 to 255.</param>
        public static bool IsLegal(int packetType, bool fromServer, int code)
        {
            switch (packetType)
            {
                case PacketType.Connack: // [MQTT5-3.2.2-8]
                    return code == ReasonCode.Success || Contains(Connack, code);
                case PacketType.Puback: // [MQTT5-3.4.2-1]
                case PacketType.Pubrec: // [MQTT5-3.5.2-1]
                    return code == ReasonCode.Success || code == ReasonCode.NoMatchingSubscribers ||
                        Contains(Publish, code);
                case PacketType.Pubrel: // [MQTT5-3.6.2-1]
                case PacketType.Pubcomp: // [MQTT5-3.7.2-1]
                    return code == ReasonCode.Success || code == ReasonCode.PacketIdentifierNotFound;
                case PacketType.Suback: // [MQTT5-3.9.3-2]
                    return code <= ReasonCode.GrantedQoS2 || Contains(Subscribe, code);
                case PacketType.Unsuback: // [MQTT5-3.11.3-2]
                    return code == ReasonCode.Success || code == ReasonCode.NoSubscriptionExisted || Contains(Unsubscribe, code);
                case PacketType.Disconnect: // [MQTT5-3.14.2-1]
                    return code == ReasonCode.NormalDisconnection ||
                        (code == ReasonCode.DisconnectWithWillMessage && !fromServer) ||
                        Contains(fromServer ? DisconnectByServer : DisconnectByClient, code);
                default: // AUTH [MQTT5-3.15.2-1]
                    return code == ReasonCode.ContinueAuthentication ||
                        code == (fromServer ? ReasonCode.Success : ReasonCode.ReAuthenticate);
            }
        }

        private static bool Contains(long failures, int code)
        {
            return code >= FailureMin && code <= FailureMax && ((failures >> (code - FailureMin)) & 1) != 0;
        }
    }
}
