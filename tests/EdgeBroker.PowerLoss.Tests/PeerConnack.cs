using System.Globalization;
using System.Text.RegularExpressions;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>What CONNACK tells it, and what it does then.</content>
    internal sealed partial class Peer
    {
        private void HandleConnack(ReceivedPacket packet)
        {
            if (packet.ReasonCode != 0)
            {
                _world.Refused(this, packet);
                return;
            }

            if (_session != Knowledge.Unknown && packet.SessionPresent != (_session == Knowledge.Present))
            {
                _ledger.Fail(this, null, "was told Session Present " + packet.SessionPresent);
            }

            IsConnected = true;
            _mustBeClean = false;
            _grantedExpiryS = _sentExpiryS;
            Match granted = Regex.Match(packet.Properties, "session-expiry=([0-9]+)");
            if (granted.Success)
            {
                _grantedExpiryS = long.Parse(granted.Groups[1].Value, CultureInfo.InvariantCulture);
            }

            _longerExpiryS = _grantedExpiryS;
            WasAlwaysDurable &= _grantedExpiryS > 0;
            _confirmedMs = packet.SessionPresent ? _confirmedMs : _world.NowMs;
            _oldWill?.Back(_isCleanSent);
            _oldWill = null;
            _will?.Arm();
            if (!packet.SessionPresent)
            {
                Forget();
                SessionSince = _ledger.Next();
            }

            Match dropped = Regex.Match(packet.Properties, "user=dropped:([0-9]+)");
            ReportedDrops += dropped.Success ? int.Parse(dropped.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            SendAgain();
        }

        private void SendAgain()
        {
            foreach (Pending pending in _pending)
            {
                if (pending.IsReleased)
                {
                    _wire!.Ack(PacketType.Pubrel, pending.Identifier);
                    continue;
                }

                pending.Message.WasSentAgain = true;
                pending.Message.SentMs = _world.NowMs;
                _ledger.NoteMembers(pending.Message, false);
                if (pending.Message.Retain)
                {
                    _world.Retained.Sent(pending.Message);
                }

                _world.Trace($"{this} publishes {pending.Message.Number} again");
                _wire!.Publish(pending.Message, true, pending.Identifier);
            }
        }

        private void Forget()
        {
            Epoch++;
            ForgotStep = _world.Step;
            _ledger.NewEpoch(this);
            _pending.Clear();
            _inbound.Clear();
            _retained.Clear();
            _everRetained.Clear();
            ReportedDrops = 0;
            foreach (Subscription subscription in Subscriptions)
            {
                subscription.End();
            }
        }
    }
}
