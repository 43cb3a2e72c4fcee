namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>A Will of a CONNECT: when it has to be published, when it must not be, and when nobody can tell.</summary>
    internal sealed class Will
    {
        // More than what comes in a stream waits before it is closed.
        private const int WaitMsMax = 5000;

        private readonly World _world;
        private State _state = State.Sent;
        private long _dueMs;
        private bool _mayHaveFired;
        private bool _isDurable = true;

        internal Will(World world, Message message, int delayS)
        {
            _world = world;
            Message = message;
            DelayS = delayS;
        }

        private enum State
        {
            /// <summary>CONNACK has not come.</summary>
            Sent,

            /// <summary>The Client is connected.</summary>
            Armed,

            /// <summary>It is gone, and expected to be back or not.</summary>
            Pending,

            /// <summary>DISCONNECT with code 0 was sent.</summary>
            Disarming,

            /// <summary>Nothing more will happen that changes it.</summary>
            Final,
        }

        internal Message Message { get; }

        internal int DelayS { get; }

        /// <summary>CONNACK came.</summary>
        internal void Arm()
        {
            _state = State.Armed;
        }

        /// <summary>DISCONNECT with code 0 is sent.</summary>
        internal void Disarm()
        {
            if (_state == State.Armed)
            {
                _state = State.Disarming;
            }
        }

        /// <summary>The stream ended in another way, and the power is on.</summary>
        /// <param name="expiryS">The expiry of the Session in seconds: the Will does not wait longer than that.</param>
        /// <param name="mayHaveBeenClosed">The broker may have closed the stream before.</param>
        internal void Lost(long expiryS, bool mayHaveBeenClosed)
        {
            if (_state == State.Armed)
            {
                _state = State.Pending;
                _isDurable = expiryS > 0;
                _mayHaveFired = mayHaveBeenClosed;
                _dueMs = _world.NowMs + (System.Math.Min(DelayS, expiryS) * 1000);
            }
            else if (_state == State.Sent)
            {
                _state = State.Final;
            }
        }

        /// <summary>The power is back.</summary>
        /// <param name="isDurable">Whether the Session is there again.</param>
        /// <param name="graceS">How long it has to be back, in seconds.</param>
        /// <param name="mayHaveBeenClosed">The broker may have closed the stream before, and the Client has not seen it.</param>
        internal void Booted(bool isDurable, int graceS, bool mayHaveBeenClosed)
        {
            if (isDurable && _state is State.Armed or State.Pending)
            {
                _mayHaveFired |= mayHaveBeenClosed || (_state == State.Pending && _world.NowMs >= _dueMs);
                _dueMs = _world.NowMs + (System.Math.Max(DelayS, graceS) * 1000L);
                _state = State.Pending;
            }
            else
            {
                _state = State.Final;
            }
        }

        /// <summary>The Client is back: CONNACK came.</summary>
        /// <param name="isClean">With a clean start, so that the Session has ended, and the Will is due.</param>
        internal void Back(bool isClean)
        {
            if (_state == State.Pending && isClean && !_isDurable)
            {
                // It may be lost with the power, as all of that Session.
                _state = State.Final;
            }
            else if (_state == State.Pending && isClean)
            {
                _world.Ledger.Accepted(Message);
            }
            else if (_state == State.Pending && !_mayHaveFired && _world.NowMs < _dueMs)
            {
                Refuse();
            }

            _state = State.Final;
        }

        /// <summary>The Client tries to be back, and the answer is not seen.</summary>
        internal void MayBeBack()
        {
            if (_state != State.Final)
            {
                _state = State.Final;
            }
        }

        /// <summary>The broker has come to rest: what is due has happened.</summary>
        internal void Settled()
        {
            // The end of a stream is seen behind what waits in it.
            if (_state == State.Pending && _world.NowMs > _dueMs + (_world.MayWait ? WaitMsMax : 0))
            {
                _world.Trace($"will {Message.Number} is to be published");
                _world.Ledger.Accepted(Message);
                _state = State.Final;
            }
            else if (_state == State.Disarming)
            {
                if (!_world.MayWait)
                {
                    Refuse();
                }

                _state = State.Final;
            }
        }

        private void Refuse()
        {
            Message.IsRefused = true;
            if (Message.Copies > 0 && !Message.IsForgiven)
            {
                _world.Ledger.Fail(null, Message, "is a Will that was published too early");
            }
        }
    }
}
