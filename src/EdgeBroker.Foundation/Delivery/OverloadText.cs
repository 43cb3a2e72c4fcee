using EdgeBroker.Memory;
using EdgeBroker.Protocol;

namespace EdgeBroker.Delivery
{
    /// <summary>The Reason Strings of what is temporary. Faults of a Client have none: their code says it all.</summary>
    internal static class OverloadText
    {
        /// <summary>The Reason String for a code.</summary>
        /// <returns>UTF-8, or null.</returns>
        public static byte[] For(int reasonCode)
        {
            string text;
            switch (reasonCode)
            {
                case ReasonCode.ServerUnavailable:
                case ReasonCode.ServerBusy:
                    text = "temporarily unavailable, try again later";
                    break;
                case ReasonCode.ServerShuttingDown:
                    text = "shutting down, try again later";
                    break;
                case ReasonCode.QuotaExceeded:
                    text = "quota exceeded, read what waits and try again later";
                    break;
                case ReasonCode.MessageRateTooHigh:
                    text = "too many messages, try again later";
                    break;
                case ReasonCode.ConnectionRateExceeded:
                    text = "too many connections, try again later";
                    break;
                case ReasonCode.UseAnotherServer:
                    text = "temporarily unavailable, use the other server";
                    break;
                default:
                    return null;
            }

            return Utf8Text.Of(text);
        }
    }
}
