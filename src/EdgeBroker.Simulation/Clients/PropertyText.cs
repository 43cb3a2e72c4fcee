using EdgeBroker.Protocol;

namespace EdgeBroker.Simulation.Clients
{
    /// <summary>
    /// Properties as text: "name=value" with one space between, in the order of the wire. It walks the bytes by itself, so
    /// that it does not share a mistake with the decoder of the broker.
    /// </summary>
    internal static class PropertyText
    {
        /// <summary>The text of properties that are known to be well-formed.</summary>
        public static string Of(byte[] buffer, int offset, int length)
        {
            string text = "";
            int position = offset;
            while (position < offset + length)
            {
                int identifier = buffer[position++];
                text += (text.Length == 0 ? "" : " ") + Name(identifier) + "=";
                switch (Kind(identifier))
                {
                    case 1:
                        text += buffer[position++].ToString();
                        break;
                    case 2:
                        text += Wire.ReadUInt16(buffer, position).ToString();
                        position += 2;
                        break;
                    case 4:
                        text += Wire.ReadUInt32(buffer, position).ToString();
                        position += 4;
                        break;
                    case 0:
                        int value;
                        position = Wire.ReadVariableByteInteger(buffer, position, offset + length, out value);
                        text += value.ToString();
                        break;
                    default:
                        text += ShowString(buffer, ref position);
                        if (identifier == PropertyId.UserProperty)
                        {
                            text += ":" + ShowString(buffer, ref position);
                        }

                        break;
                }
            }

            return text;
        }

        private static string ShowString(byte[] buffer, ref int position)
        {
            int length = Wire.ReadUInt16(buffer, position);
            string text = Bytes.Show(buffer, position + 2, length);
            position += 2 + length;
            return text;
        }

        // The bytes of a number, 0 for a Variable Byte Integer, -1 for strings and binary data.
        private static int Kind(int identifier)
        {
            switch (identifier)
            {
                case PropertyId.SubscriptionIdentifier:
                    return 0;
                case PropertyId.PayloadFormatIndicator:
                case PropertyId.MaximumQoS:
                case PropertyId.RetainAvailable:
                case PropertyId.WildcardSubscriptionAvailable:
                case PropertyId.SubscriptionIdentifierAvailable:
                case PropertyId.SharedSubscriptionAvailable:
                    return 1;
                case PropertyId.ServerKeepAlive:
                case PropertyId.ReceiveMaximum:
                case PropertyId.TopicAliasMaximum:
                case PropertyId.TopicAlias:
                    return 2;
                case PropertyId.MessageExpiryInterval:
                case PropertyId.SessionExpiryInterval:
                case PropertyId.MaximumPacketSize:
                    return 4;
                default:
                    return -1;
            }
        }

        private static string Name(int identifier)
        {
            switch (identifier)
            {
                case PropertyId.PayloadFormatIndicator: return "format";
                case PropertyId.MessageExpiryInterval: return "expiry";
                case PropertyId.ContentType: return "type";
                case PropertyId.ResponseTopic: return "response";
                case PropertyId.CorrelationData: return "correlation";
                case PropertyId.SubscriptionIdentifier: return "sub";
                case PropertyId.SessionExpiryInterval: return "session-expiry";
                case PropertyId.AssignedClientIdentifier: return "assigned";
                case PropertyId.ServerKeepAlive: return "keep-alive";
                case PropertyId.AuthenticationMethod: return "method";
                case PropertyId.AuthenticationData: return "data";
                case PropertyId.ResponseInformation: return "response-information";
                case PropertyId.ServerReference: return "server";
                case PropertyId.ReasonString: return "reason";
                case PropertyId.ReceiveMaximum: return "receive-max";
                case PropertyId.TopicAliasMaximum: return "alias-max";
                case PropertyId.TopicAlias: return "alias";
                case PropertyId.MaximumQoS: return "qos-max";
                case PropertyId.RetainAvailable: return "retain";
                case PropertyId.UserProperty: return "user";
                case PropertyId.MaximumPacketSize: return "packet-max";
                case PropertyId.WildcardSubscriptionAvailable: return "wildcard";
                case PropertyId.SubscriptionIdentifierAvailable: return "sub-ids";
                case PropertyId.SharedSubscriptionAvailable: return "shared";
                default: return "property-" + identifier.ToString();
            }
        }
    }
}
