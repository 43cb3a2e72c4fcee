using System;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.Soak.Tests
{
    /// <content>What comes to it, and what that means for what it knows.</content>
    internal sealed partial class Seat
    {
        private void Handle(ReceivedPacket packet)
        {
            _soak.Trace(Identity, "    " + packet.Text);
            string? fault = Rules.Check(_soak, this, packet, _state == State.Connecting, _state == State.Ending);
            if (fault != null)
            {
                _soak.Book.Fail(Identity, $"{fault}: {packet.Text} {packet.Properties}");
            }

            switch (packet.Type)
            {
                case 0:
                    Ended(packet);
                    break;
                case PacketType.Connack:
                    HandleConnack(packet);
                    break;
                case PacketType.Disconnect:
                    _soak.Count("DISCONNECT " + packet.ReasonCode.ToString("X2", CultureInfo.InvariantCulture));
                    _soak.Trace(Identity, packet.Text);
                    Wait(packet);
                    Left(State.Ending);
                    break;
                case PacketType.Publish:
                    HandlePublish(packet);
                    break;
                case PacketType.Pubrel:
                    Identity.Inbound.Remove(packet.PacketIdentifier);
                    break;
                case PacketType.Puback:
                case PacketType.Pubrec:
                case PacketType.Pubcomp:
                    HandleAcknowledgement(packet);
                    break;
                case PacketType.Suback:
                case PacketType.Unsuback:
                    HandleRequestDone(packet);
                    break;
            }
        }

        // The end of the stream: who was there has to have been told why, unless nobody could tell it.
        private void Ended(ReceivedPacket packet)
        {
            _soak.Trace(Identity, packet.Text);
            bool isExcused = !Sees || IsBroken || _boots != _soak.Boots || _failures != _soak.Failures;

            isExcused |= _soak.IsUpdating && _state == State.Connecting;

            // Of what comes and goes in pieces the rest has to be kept, and there may be no room for it.
            bool isTorn = packet.Text.StartsWith("torn", StringComparison.Ordinal);
            isExcused |= (_state == State.Connecting || isTorn) && _soak.Weather.IsOn(Fault.SmallPieces);
            bool canBeTold = _state == State.Connecting || (_state == State.Up && Identity.Level == ProtocolLevel.V5);
            if (canBeTold && !isExcused)
            {
                string what = _state == State.Connecting ? "got no answer to CONNECT" : "was closed without a word";
                _soak.Book.Fail(Identity, $"{what}: {packet.Text}");
            }

            if (_state == State.Up && Identity.Level == ProtocolLevel.V311)
            {
                _soak.Count("closed, 3.1.1");
            }

            Lost();
        }

        private void Lost()
        {
            Left(State.Gone);
        }

        private void Left(State state)
        {
            bool wasUp = _state == State.Up;
            bool wasConnecting = _state == State.Connecting;
            _since = _soak.Lived;
            _state = state;
            if (IsSuperseded || (!wasUp && !wasConnecting))
            {
                return;
            }

            Identity identity = Identity;
            identity.Seat = null;
            if (wasUp)
            {
                // Who does not look may have been gone for long.
                identity.LostMs = Sees ? _soak.NowMs : OpenedMs;
                identity.HasSession = identity.GrantedExpiryS > 0;
                if (_boots != _soak.Boots && _soak.Bench.Flash == null)
                {
                    // Documented: what is only in memory is gone.
                    identity.HasSession = false;
                }

                if (identity.HasSession == false)
                {
                    identity.Forget();
                }
            }
            else if (_isClean && identity.IsDurable)
            {
                identity.MustBeClean = true;
            }
            else if (identity.HasSession == false && identity.IsDurable)
            {
                identity.HasSession = null;
            }
        }

        private void HandleConnack(ReceivedPacket packet)
        {
            Identity identity = Identity;
            _soak.Trace(identity, packet.Text + " " + packet.Properties);
            _soak.Count("CONNACK " + identity.Level + " " + packet.ReasonCode.ToString("X2", CultureInfo.InvariantCulture));
            if (packet.ReasonCode != ReasonCode.Success)
            {
                Wait(packet);
                Left(State.Ending);
                return;
            }

            // The answer may have taken long.
            _soak.Reconsider(identity);
            bool? has = _isClean ? false : identity.HasSession;
            if (packet.SessionPresent ? has == false : has == true && !_soak.MayEndSessions)
            {
                _soak.Book.Fail(identity, "was told Session Present " + packet.SessionPresent);
            }

            identity.MustBeClean = false;
            if (!packet.SessionPresent)
            {
                identity.Forget();
            }

            Match granted = Regex.Match(packet.Properties, "session-expiry=([0-9]+)");
            Match dropped = Regex.Match(packet.Properties, "user=dropped:([0-9]+)");
            identity.GrantedExpiryS = granted.Success ? Number(granted) : identity.GrantedExpiryS;
            identity.ReportedDrops += dropped.Success ? Number(dropped) : 0;
            identity.HasSession = identity.GrantedExpiryS > 0;
            _state = State.Up;
            foreach (Pending pending in identity.Pending)
            {
                SendAgain(pending);
            }
        }

        private void SendAgain(Pending pending)
        {
            pending.SentAt = _soak.Lived;
            pending.Seat = this;
            if (pending.IsReleased)
            {
                Sim.Ack(PacketType.Pubrel, pending.Identifier);
                return;
            }

            Message message = pending.Message;
            message.WasSentAgain = true;
            _soak.Trace(Identity, $"publishes {message.Number} q{message.QoS} i{pending.Identifier} again");
            Sim.PublishAgain(message.Topic, message.Payload, message.QoS, message.Retain, true, pending.Identifier, null);
        }

        private void HandlePublish(ReceivedPacket packet)
        {
            if (packet.QoS < 2 || Identity.Inbound.Add(packet.PacketIdentifier))
            {
                _soak.Book.Received(Identity, packet);
            }
        }

        private void HandleAcknowledgement(ReceivedPacket packet)
        {
            Identity identity = Identity;
            int index = identity.Pending.FindIndex(pending => pending.Identifier == packet.PacketIdentifier);
            if (index < 0)
            {
                if (Behaviour != Behaviour.Flooder && !IsSuperseded)
                {
                    _soak.Book.Fail(identity, "got an answer to nothing: " + packet.Text);
                }

                return;
            }

            Pending pending = identity.Pending[index];
            if (pending.Seat != this)
            {
                // It was sent again on a newer connection, where an answer comes as well.
                if (packet.ReasonCode < ReasonCode.UnspecifiedError && packet.Type != PacketType.Pubcomp)
                {
                    _soak.Book.Accepted(pending.Message);
                }

                return;
            }

            if (packet.ReasonCode >= ReasonCode.UnspecifiedError && packet.Type != PacketType.Pubcomp)
            {
                _soak.Count("refused PUBLISH " + packet.ReasonCode.ToString("X2", CultureInfo.InvariantCulture));
                _soak.Book.Refused(identity, pending.Message);
                identity.Pending.RemoveAt(index);
            }
            else if (packet.Type == PacketType.Pubrec)
            {
                _soak.Book.Accepted(pending.Message);
                pending.IsReleased = true;
                pending.SentAt = _soak.Lived;
            }
            else
            {
                if (packet.Type == PacketType.Puback)
                {
                    _soak.Book.Accepted(pending.Message);
                }

                identity.Pending.RemoveAt(index);
            }
        }

        private void HandleRequestDone(ReceivedPacket packet)
        {
            (bool subscribes, string filter, int qos, long _) = _requests.Dequeue();
            if (packet.ReasonCode >= ReasonCode.UnspecifiedError)
            {
                _soak.Count($"refused {(subscribes ? "SUBSCRIBE" : "UNSUBSCRIBE")} {packet.ReasonCode:X2}");
                return;
            }

            if (!subscribes || IsSuperseded)
            {
                return;
            }

            foreach ((bool _, string later, int _, long _) in _requests)
            {
                if (later == filter)
                {
                    return;
                }
            }

            _soak.Book.Subscribed(Identity, filter, System.Math.Min(qos, packet.ReasonCode));
        }

        // When it is to come back, if it was told.
        private void Wait(ReceivedPacket packet)
        {
            Match retry = Regex.Match(packet.Properties, "user=retry-after-ms:([0-9]+)");
            Identity.RetryAtMs = _soak.NowMs + (retry.Success ? Number(retry) : 1000);
        }

        private void CheckAnswered()
        {
            if (!Sees)
            {
                return;
            }

            long seconds = _soak.Lived - _since;
            if ((_state == State.Connecting && seconds > AnswerS) || (_state == State.Ending && seconds > EndS))
            {
                _soak.Book.Fail(Identity, _state == State.Connecting ? "hangs" : "was refused and not closed");
            }

            if (_state != State.Up || IsSuperseded || Behaviour != Behaviour.Decent)
            {
                return;
            }

            if (Identity.Pending.Exists(pending => _soak.Lived - pending.SentAt > AnswerS)
                || (_requests.Count > 0 && _soak.Lived - _requests.Peek().SentAt > AnswerS))
            {
                _soak.Book.Fail(Identity, "is never answered");
            }
        }

        private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
