using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>What the broker may say to whom, and what has to be said with it.</summary>
    internal static class Rules
    {
        // All that is said with a refusal fits into this, whatever it is.
        private const int ExplainedSize = 300;

        /// <summary>Checks a packet.</summary>
        /// <param name="soak">Where it was sent.</param>
        /// <param name="seat">To whom.</param>
        /// <param name="packet">The packet.</param>
        /// <param name="isConnecting">Whether CONNACK has not come yet.</param>
        /// <param name="isEnding">Whether the last packet has come.</param>
        /// <returns>What is wrong with it, or null.</returns>
        internal static string? Check(Soak soak, Seat seat, ReceivedPacket packet, bool isConnecting, bool isEnding)
        {
            if (packet.Type == 0)
            {
                return packet.Text.StartsWith("BAD", System.StringComparison.Ordinal) ? "was sent what is malformed" : null;
            }

            if (isEnding)
            {
                return "was sent more than the last packet";
            }

            if (isConnecting != (packet.Type == PacketType.Connack))
            {
                return isConnecting ? "was not answered with CONNACK" : "was sent CONNACK again";
            }

            int most = seat.Identity.MaximumPacketSize;
            if (most > 0 && packet.Raw.Length > most)
            {
                return "was sent more than its Maximum Packet Size";
            }

            return packet.Type switch
            {
                PacketType.Connack => CheckConnack(soak, seat.Identity, packet),
                PacketType.Disconnect => CheckDisconnect(soak, seat, packet),
                PacketType.Puback or PacketType.Pubrec => CheckCode(seat.Identity, packet, 0x00, 0x10),
                PacketType.Suback => CheckSuback(seat.Identity, packet),
                PacketType.Unsuback => CheckCode(seat.Identity, packet, 0x00, 0x11),
                _ => null,
            };
        }

        private static string? CheckConnack(Soak soak, Identity identity, ReceivedPacket packet)
        {
            int code = packet.ReasonCode;
            if (code == 0)
            {
                return null;
            }

            if (packet.SessionPresent)
            {
                return "was refused and told that there is a Session";
            }

            if (identity.Level != ProtocolLevel.V5)
            {
                return code == 3 ? null : "was refused with a code that is not temporary";
            }

            bool isLegal = code is ReasonCode.ServerUnavailable or ReasonCode.QuotaExceeded or ReasonCode.ConnectionRateExceeded
                || code == soak.BusyCode;
            return isLegal ? CheckExplained(identity, packet) : "was refused with a code that is not temporary";
        }

        private static string? CheckDisconnect(Soak soak, Seat seat, ReceivedPacket packet)
        {
            bool isDeserved = packet.ReasonCode switch
            {
                // What follows half a packet belongs to it.
                ReasonCode.MalformedPacket or ReasonCode.ProtocolError => seat.IsAtFault,
                ReasonCode.ReceiveMaximumExceeded => seat.Behaviour == Behaviour.Flooder,
                ReasonCode.SessionTakenOver => seat.IsSuperseded,
                ReasonCode.KeepAliveTimeout => seat.IsAtFault || !seat.Sees || seat.WasSilent || seat.OpenedMs < soak.JumpedMs
                    || soak.NowMs - seat.LastSentMs >= (seat.Identity.KeepAliveS * 1500) - 1000,
                ReasonCode.MessageRateTooHigh => soak.Bench.Limits.MessageRateMax > 0,
                ReasonCode.ServerShuttingDown => soak.IsUpdating,

                // While the storage took its time, nobody here could read or answer.
                ReasonCode.QuotaExceeded => seat.Behaviour != Behaviour.Decent || soak.HeldUpMs >= soak.Bench.Limits.WaitMs,
                _ => packet.ReasonCode == soak.BusyCode,
            };
            if (!isDeserved)
            {
                return "was sent away with a code that it does not deserve";
            }

            if (packet.Properties.Contains("session-expiry", System.StringComparison.Ordinal))
            {
                return "was sent a Session Expiry Interval in DISCONNECT";
            }

            bool isTemporary = packet.ReasonCode == soak.BusyCode
                || packet.ReasonCode is ReasonCode.QuotaExceeded or ReasonCode.ServerShuttingDown or ReasonCode.MessageRateTooHigh;
            return isTemporary ? CheckExplained(seat.Identity, packet) : null;
        }

        private static string? CheckCode(Identity identity, ReceivedPacket packet, int success, int other)
        {
            int code = packet.ReasonCode;
            if (code != success && code != other && code != ReasonCode.QuotaExceeded)
            {
                return "was answered with an illegal code";
            }

            return identity.WantsReasons || packet.Properties.Length == 0 ? null : "was sent reasons that it does not want";
        }

        private static string? CheckSuback(Identity identity, ReceivedPacket packet)
        {
            int failure = identity.Level == ProtocolLevel.V5 ? ReasonCode.QuotaExceeded : ReturnCode.SubackFailure;
            if (packet.ReasonCode > 2 && packet.ReasonCode != failure)
            {
                return "was answered with an illegal code";
            }

            return identity.WantsReasons || packet.Properties.Length == 0 ? null : "was sent reasons that it does not want";
        }

        // A Reason String, when to come back, and where else to go, if there is room for it.
        private static string? CheckExplained(Identity identity, ReceivedPacket packet)
        {
            bool isExplained = packet.Properties.Contains("reason=", System.StringComparison.Ordinal)
                && packet.Properties.Contains("user=retry-after-ms:", System.StringComparison.Ordinal)
                && (packet.ReasonCode != ReasonCode.UseAnotherServer
                    || packet.Properties.Contains("server=", System.StringComparison.Ordinal));
            bool hasRoom = identity.MaximumPacketSize < 0 || identity.MaximumPacketSize >= ExplainedSize;
            return isExplained || !hasRoom ? null : "was not told why, or when to come back";
        }
    }
}
