using System.Linq;
using EdgeBroker.Protocol;
using EdgeBroker.Simulation.Clients;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <content>Its Session: what it knows of it, across connections and cuts.</content>
    internal sealed partial class Peer
    {
        private enum Knowledge
        {
            Absent,
            Present,
            Unknown,
        }

        private Knowledge _session;

        // A clean start was asked for and not confirmed: going on with an old Session now would mix two of them up.
        private bool _mustBeClean;
        private bool _isCleanSent;
        private long _sentExpiryS;
        private long _grantedExpiryS;

        // When it was connected last for certain, and when it tried to be.
        private long _lostMs;
        private long _goneMs;
        private long _bootMs;
        private long _confirmedMs;

        // When it stopped reading in its connection of now or of last time: the broker may have closed it since; -1 if it did not.
        private long _deafMs = -1;
        private Will? _will;
        private Will? _oldWill;

        /// <summary>Whether the broker has its Session for certain, durable.</summary>
        internal bool HasSession => IsDurable && (IsConnected || (!IsOpen && _session == Knowledge.Present));

        /// <summary>When its Session of now was confirmed, in the order of the ledger.</summary>
        internal long SessionSince { get; private set; }

        /// <summary>Whether it never had a Session that ended with its connection.</summary>
        internal bool WasAlwaysDurable { get; private set; } = true;

        /// <summary>The step of the world in which its Session ended last.</summary>
        internal int ForgotStep { get; private set; }

        /// <summary>Whether the broker may have a Session of it that it does not count on any more.</summary>
        internal bool MayHaveOldSession => !IsConnected && (_mustBeClean || _isCleanSent || _session == Knowledge.Unknown);

        /// <summary>Whether its Session outlives its connection.</summary>
        internal bool IsDurable => _grantedExpiryS > 0;

        /// <summary>Opens a stream and sends CONNECT; if one is open, the broker takes it over.</summary>
        /// <param name="clean">Clean Start.</param>
        /// <param name="willDelayS">The delay of its Will; -1 for no Will.</param>
        internal void Connect(bool clean = false, int willDelayS = -1)
        {
            _mayBeTakenOver = IsOpen && !IsConnected;
            if (IsOpen)
            {
                Drop(false, closes: false);
            }

            long expiryS = ExpiryS;
            if (_mustBeClean || clean)
            {
                clean = true;
                expiryS = Level == ProtocolLevel.V5 ? expiryS : 0;
            }

            ConnectOptions options = new()
            {
                ClientIdentifier = Bytes.OfText("c" + Index),
                CleanStart = Level == ProtocolLevel.V5 ? clean : expiryS == 0,
                SessionExpiryIntervalS = expiryS,
                ReceiveMaximum = ReceiveMaximum,
            };
            CheckExpiry();
            if (_world.Settings.MayEndSessions && _session == Knowledge.Present)
            {
                _session = Knowledge.Unknown;
            }

            if (options.CleanStart && _session != Knowledge.Absent)
            {
                // Whatever becomes of it, what was before is not gone on with.
                Forget();
                _session = Knowledge.Absent;
            }

            _isCleanSent = options.CleanStart;
            _sentExpiryS = expiryS;
            _newExpiryS = -1;
            _oldWill = _will;
            _will = null;
            if (willDelayS >= 0)
            {
                Message message = _ledger.Publish(Index, Topics.Will, 2, false, 0);
                _will = new Will(_world, message, Level == ProtocolLevel.V5 ? willDelayS : 0);
                options.WillTopic = Bytes.OfText(Topics.Will);
                options.WillPayload = message.Payload;
                options.WillQoS = 2;
                options.WillDelayIntervalS = willDelayS;
            }

            _wire = new Wire(_world.Network, Level);
            IsOpen = true;
            IsConnected = false;
            Reads = true;
            _deafMs = -1;
            _owed.Clear();
            _requests.Clear();
            _world.Trace($"{this} connects, clean {options.CleanStart}, expiry {expiryS}, will {_will?.Message.Number}");
            _wire.Connect(options);
        }

        /// <summary>Sends DISCONNECT and closes.</summary>
        /// <param name="withWill">5.0: reason code 0x04.</param>
        /// <param name="expiryS">5.0: the new expiry in seconds; -1 for none.</param>
        internal void Disconnect(bool withWill = false, long expiryS = -1)
        {
            if (!IsConnected)
            {
                return;
            }

            if (Level != ProtocolLevel.V5 || _grantedExpiryS == 0)
            {
                expiryS = -1;
            }

            _world.Trace($"{this} disconnects, expiry {expiryS}");
            _wire!.Disconnect(withWill && Level == ProtocolLevel.V5 ? 4 : 0, expiryS);
            if (_deafMs >= 0)
            {
                // The broker may have closed the stream before, and so not have had it.
                _will?.MayBeBack();
            }
            else if (!withWill || Level != ProtocolLevel.V5)
            {
                _will?.Disarm();
            }

            bool mayBeLost = _deafMs >= 0;
            Drop(true);
            if (expiryS == 0)
            {
                _session = Knowledge.Unknown;
                _willEnd = !mayBeLost;
            }
            else if (expiryS > 0)
            {
                // Until the broker has come to rest, it may be the old one or the new one: the shorter lets it end first.
                _longerExpiryS = System.Math.Max(expiryS, _grantedExpiryS);
                _grantedExpiryS = System.Math.Min(expiryS, _grantedExpiryS);
                _newExpiryS = mayBeLost ? -1 : expiryS;
            }
        }

        // The broker has closed the stream. A CONNECT that was not answered when the next one was sent may be handled behind that: streams
        // have no order among them. Then it has taken over, and what it has left can't be told.
        private void ClosedByBroker()
        {
            bool mayBeTakenOver = _mayBeTakenOver && IsConnected;
            if (mayBeTakenOver)
            {
                _will?.MayBeBack();
            }

            Drop(false);
            if (mayBeTakenOver)
            {
                _session = Knowledge.Unknown;
                _mustBeClean = true;
            }
        }

        private bool _mayBeTakenOver;
        private bool _willEnd;
        private long _longerExpiryS;
        private long _newExpiryS = -1;

        /// <summary>The stream is lost, for this side.</summary>
        internal void Drop(bool inOrder, bool closes = true)
        {
            if (!IsOpen)
            {
                return;
            }

            _world.Trace($"{this} is cut off");
            if (closes)
            {
                _wire!.Close(inOrder);
            }

            _world.Closed(_wire!);
            Ended();
            _will?.Lost(_grantedExpiryS, _deafMs >= 0);
            _world.Retained.Dropped(Index);
            _oldWill?.MayBeBack();
            _oldWill = null;
        }

        /// <summary>The power has gone.</summary>
        internal void Cut(long windowMs)
        {
            bool wasOpen = IsOpen;
            if (wasOpen)
            {
                _world.Closed(_wire!);
                Ended();
                if (_oldWill != null)
                {
                    _oldWill.MayBeBack();
                    _oldWill = null;
                }

                _wasOpen = true;
            }

            _willEnd = false;
            _newExpiryS = -1;
            if (windowMs > 0
                && (_world.NowMs - _confirmedMs <= windowMs
                    || _world.NowMs - _goneMs <= windowMs
                    || Subscriptions.Any(subscription => _world.NowMs - subscription.TouchedMs <= windowMs)))
            {
                // Mode relaxed: the Session may be one of before. Going on with that would mix two of them up.
                _session = Knowledge.Unknown;
                _mustBeClean = true;
            }
        }

        private bool _wasOpen;

        /// <summary>The power is back.</summary>
        internal void Booted(int graceS, bool mayHaveBeenClosed)
        {
            _will?.Booted(IsDurable, graceS, mayHaveBeenClosed);
            _bootMs = _world.NowMs;
        }

        /// <summary>Comes back, if it was there when the power went and wants to.</summary>
        internal void Return()
        {
            if (_wasOpen && ReturnsAtOnce && !IsOpen)
            {
                Connect();
            }

            _wasOpen = false;
        }

        /// <summary>The broker has come to rest, with power: what was sent to it is done.</summary>
        internal void Settled()
        {
            _will?.Settled();
            if (_willEnd && !IsOpen && !_world.MayWait)
            {
                _session = Knowledge.Absent;
                Forget();
            }

            if (_newExpiryS >= 0 && !_world.MayWait)
            {
                _grantedExpiryS = _newExpiryS;
                _longerExpiryS = _newExpiryS;
            }

            _willEnd = false;
            _newExpiryS = -1;
        }

        /// <summary>The storage has failed for good: if its Session has ended meanwhile, a cut can bring it back.</summary>
        internal void StorageFailed()
        {
            bool mayHaveEnded = _session == Knowledge.Unknown || _world.NowMs - _lostMs > (_grantedExpiryS * 1000) - 1500;
            _mustBeClean |= !IsOpen && mayHaveEnded;
        }

        private void Ended()
        {
            IsOpen = false;
            _wire = null;
            _goneMs = _world.NowMs;
            MayBeOwedRetained();
            foreach (Pending pending in _pending)
            {
                pending.Message.MayHaveBeenRefused |= _world.MayWait && Level == ProtocolLevel.V5;
            }

            if (IsConnected)
            {
                IsConnected = false;
                _lostMs = _deafMs >= 0 ? _deafMs : _goneMs;
                _session = IsDurable ? Knowledge.Present : Knowledge.Absent;
                foreach ((int _, Subscription subscription, int _, long _) in _requests)
                {
                    subscription.Since = 0;
                    subscription.State = Subscription.Maybe;
                }

                _requests.Clear();
                if (!IsDurable)
                {
                    Forget();
                }
            }
            else if (_isCleanSent || _session == Knowledge.Unknown || (_session == Knowledge.Absent && Subscriptions.Any()))
            {
                // Whatever is there when it comes back, it can't tell whether that is the Session it remembers.
                _mustBeClean = true;
            }
            else if (_session != Knowledge.Present || _sentExpiryS == 0)
            {
                // The CONNECT may have been handled or not.
                _session = Knowledge.Unknown;
            }
            else
            {
                // Of the two expiries the one that the broker has is open.
                _longerExpiryS = System.Math.Max(_sentExpiryS, _longerExpiryS);
                _grantedExpiryS = System.Math.Min(_sentExpiryS, _grantedExpiryS);
            }
        }

        // A Session that was away for longer than its expiry is gone; with a cut in between its time may have begun anew.
        private void CheckExpiry()
        {
            if (Level != ProtocolLevel.V5 || _session != Knowledge.Present)
            {
                return;
            }

            long awayMs = _world.NowMs - _lostMs;
            if (_world.NowMs - System.Math.Max(_goneMs, _bootMs) > (_longerExpiryS * 1000) + 1000)
            {
                // Should it be there again after a cut, its time having begun anew, it misses nothing.
                _session = Knowledge.Absent;
            }
            else if (awayMs > (_grantedExpiryS * 1000) - 1500)
            {
                _session = Knowledge.Unknown;
            }
        }
    }
}
