using System;
using System.Net;
using System.Runtime.InteropServices;
using EdgeBroker.Ports;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// The network on Linux, by epoll and plain system calls: one call per wait, receive and send, and none for a change of
    /// interest that is taken back before the next wait. It allocates only when its tables grow.
    /// Invariants: a slot has the file -1 exactly if its handle is free; free handles below <c>_handleEnd</c> are on the stack
    /// <c>_free</c>, those from it on were never used; a connection whose wanted and applied interest differ is in
    /// <c>_changed</c>.
    /// </summary>
    public sealed unsafe class EpollNetwork : DesktopNetwork
    {
        private const ulong ListenerKey = ulong.MaxValue;
        private const ulong WakerKey = ulong.MaxValue - 1;

        // How long no connection is accepted after the system ran out of files, unless one is closed before.
        private const long PauseMs = 1000;

        // The tables' first size; they double from there up to the bound.
        private const int SlotsMin = 16;

        // Connections that break while they wait are skipped, but not for ever.
        private const int AcceptTriesMax = 16;

        private readonly EpollSet _set;
        private readonly LinuxWaker _waker;
        private readonly int _listener;
        private readonly int _handlesMax;
        private EpollSlot[] _slots = Array.Empty<EpollSlot>();
        private int[] _free = Array.Empty<int>();
        private int[] _changed = Array.Empty<int>();
        private int _freeCount;
        private int _changedCount;
        private int _handleEnd;
        private int _eventCount;
        private uint _listenerApplied;
        private bool _listenerReady = true;
        private long _pausedUntilMs = long.MinValue;
        private bool _isDisposed;

        // The events of the last wait that are about connections, by their index in the set.
        private readonly int[] _eventIndexes = new int[EpollSet.EventsMax];

        /// <summary>Takes an address and port. See <see cref="DesktopNetwork.Bind"/> for the parameters.</summary>
        /// <exception cref="ListenException">They cannot be had.</exception>
        public EpollNetwork(string address, int port, int handlesMax)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(handlesMax, 1);
            IPAddress parsed = ParseAddress(address, port);
            _handlesMax = Math.Min(handlesMax, LinuxListener.RaiseFileLimit());
            _listener = LinuxListener.Bind(parsed, port);
            LocalEndpoint = LinuxListener.LocalEndpoint(_listener) ?? new IPEndPoint(parsed, port);
            _set = new EpollSet();
            _waker = new LinuxWaker();
            if (!_set.Change(_waker.FileDescriptor, WakerKey, 0, LibC.EpollIn))
            {
                throw LinuxListener.SystemFailure();
            }
        }

        /// <inheritdoc/>
        public override int HandlesMax => _handlesMax;

        /// <inheritdoc/>
        public override IPEndPoint LocalEndpoint { get; }

        /// <inheritdoc/>
        public override int OpenCount => _handleEnd - _freeCount;

        /// <inheritdoc/>
        public override void StartListening()
        {
            LinuxListener.Listen(_listener, LocalEndpoint, Backlog);
        }

        /// <inheritdoc/>
        public override int Wait(int timeoutMs)
        {
            ApplyInterest();
            ApplyListenerInterest();
            _eventCount = 0;
            if (_pausedUntilMs != long.MinValue)
            {
                timeoutMs = Math.Min(timeoutMs, (int)PauseMs);
            }

            int count = _set.Wait(Math.Max(timeoutMs, 0));
            for (int i = 0; i < count; i++)
            {
                _set.GetEvent(i, out ulong key);
                if (key == ListenerKey)
                {
                    _listenerReady = true;
                }
                else if (key == WakerKey)
                {
                    _waker.Reset();
                }
                else
                {
                    _eventIndexes[_eventCount] = i;
                    _eventCount++;
                }
            }

            return _eventCount;
        }

        /// <inheritdoc/>
        /// <remarks>No events are left of a connection that was closed since, or whose interest was taken back.</remarks>
        public override int GetEvent(int index, out int handle)
        {
            uint bits = _set.GetEvent(_eventIndexes[index], out ulong key);
            handle = (int)(uint)key;
            ref EpollSlot slot = ref _slots[handle];
            if (slot.Generation != (uint)(key >> 32))
            {
                return NetworkEvents.None;
            }

            int events = NetworkEvents.None;
            if ((bits & (LibC.EpollIn | LibC.EpollError | LibC.EpollHangUp)) != 0)
            {
                events |= NetworkEvents.Readable;
            }

            if ((bits & (LibC.EpollOut | LibC.EpollError | LibC.EpollHangUp)) != 0)
            {
                events |= NetworkEvents.Writable;
            }

            return events & slot.Wanted;
        }

        /// <inheritdoc/>
        public override int Accept()
        {
            if (!_listenerReady || OpenCount == _handlesMax)
            {
                return NetworkResult.NoConnection;
            }

            for (int i = 0; i < AcceptTriesMax; i++)
            {
                int fd = LibC.Accept(_listener, null, null, LibC.SocketNonBlocking | LibC.SocketCloseOnExec);
                if (fd >= 0)
                {
                    return Open(fd);
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case LibC.TryAgain:
                        _listenerReady = false;
                        return NetworkResult.NoConnection;
                    case LibC.TooManyFiles:
                    case LibC.TooManyFilesInSystem:
                    case LibC.NoBufferSpace:
                    case LibC.OutOfMemory:
                        // The connection stays in the backlog and would be reported by each wait.
                        _listenerReady = false;
                        _pausedUntilMs = Environment.TickCount64 + PauseMs;
                        return NetworkResult.NoConnection;
                }
            }

            return NetworkResult.NoConnection;
        }

        /// <inheritdoc/>
        public override bool HasNew()
        {
            bool hasNew = _pausedUntilMs == long.MinValue && LinuxListener.HasNew(_listener);
            _listenerReady |= hasNew;
            return hasNew;
        }

        /// <inheritdoc/>
        public override int Receive(int handle, byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            int fd = _slots[handle].FileDescriptor;
            fixed (byte* target = buffer)
            {
                nint result = LibC.Receive(fd, target + offset, (nuint)count, LibC.MessageDontWait);
                if (result > 0)
                {
                    return (int)result;
                }

                return result == 0 && count > 0 ? NetworkResult.Closed : FailureOf(result);
            }
        }

        /// <inheritdoc/>
        public override int Send(int handle, byte[] buffer, int offset, int count)
        {
            CheckRange(buffer, offset, count);
            int fd = _slots[handle].FileDescriptor;
            fixed (byte* source = buffer)
            {
                nint result = LibC.Send(fd, source + offset, (nuint)count, LibC.MessageDontWait | LibC.MessageNoSignal);
                return result > 0 ? (int)result : FailureOf(result);
            }
        }

        /// <inheritdoc/>
        public override void SetInterest(int handle, int events)
        {
            ref EpollSlot slot = ref _slots[handle];
            if (slot.Wanted != events)
            {
                slot.Wanted = (byte)events;
                NoteChange(handle, ref slot);
            }
        }

        /// <inheritdoc/>
        public override bool HasUnread(int handle)
        {
            byte next;
            return LibC.Receive(_slots[handle].FileDescriptor, &next, 1, LibC.MessageDontWait | LibC.MessagePeek) > 0;
        }

        /// <inheritdoc/>
        public override void CloseSend(int handle)
        {
            _ = LibC.Shutdown(_slots[handle].FileDescriptor, LibC.ShutdownSend);
        }

        /// <inheritdoc/>
        public override void Close(int handle)
        {
            ref EpollSlot slot = ref _slots[handle];
            ObjectDisposedException.ThrowIf(slot.FileDescriptor < 0, this);

            // The kernel takes a closed file out of the set by itself.
            LibC.Close(slot.FileDescriptor);
            slot.FileDescriptor = -1;
            slot.Wanted = NetworkEvents.None;
            slot.Applied = NetworkEvents.None;
            slot.Generation++;
            _free[_freeCount] = handle;
            _freeCount++;
            if (_pausedUntilMs != long.MinValue)
            {
                _pausedUntilMs = long.MinValue;
                _listenerReady = true;
            }
        }

        /// <inheritdoc/>
        public override void Wake()
        {
            _waker.Set();
        }

        /// <inheritdoc/>
        public override string RemoteEndpoint(int handle)
        {
            return LinuxListener.RemoteEndpoint(_slots[handle].FileDescriptor)?.ToString() ?? "unknown";
        }

        /// <inheritdoc/>
        public override void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            LibC.Close(_listener);
            CloseAll();
            _waker.Dispose();
            _set.Dispose();
        }

        private protected override bool IsOpen(int handle) => handle < _handleEnd && _slots[handle].FileDescriptor >= 0;

        private static int FailureOf(nint result)
        {
            if (result == 0)
            {
                return NetworkResult.WouldBlock;
            }

            // An interrupted call is tried again by the next tick: it is as if it would have blocked.
            int error = Marshal.GetLastPInvokeError();
            return error is LibC.TryAgain or LibC.Interrupted ? NetworkResult.WouldBlock : NetworkResult.Failed;
        }

        private int Open(int fd)
        {
            int handle;
            if (_freeCount > 0)
            {
                _freeCount--;
                handle = _free[_freeCount];
            }
            else
            {
                handle = _handleEnd;
                _handleEnd++;
                if (handle == _slots.Length)
                {
                    Grow();
                }
            }

            ref EpollSlot slot = ref _slots[handle];
            slot.FileDescriptor = fd;
            slot.Wanted = NetworkEvents.Readable;
            NoteChange(handle, ref slot);
            return handle;
        }

        private void Grow()
        {
            int before = _slots.Length;
            int length = Math.Min(Math.Max(before * 2, SlotsMin), _handlesMax);
            Array.Resize(ref _slots, length);
            Array.Resize(ref _free, length);
            Array.Resize(ref _changed, length);
            for (int handle = before; handle < length; handle++)
            {
                // Not 0, which is a file that the process has.
                _slots[handle].FileDescriptor = -1;
            }
        }

        private void NoteChange(int handle, ref EpollSlot slot)
        {
            if (!slot.IsChanged)
            {
                slot.IsChanged = true;
                _changed[_changedCount] = handle;
                _changedCount++;
            }
        }

        private void ApplyInterest()
        {
            int kept = 0;
            for (int i = 0; i < _changedCount; i++)
            {
                int handle = _changed[i];
                ref EpollSlot slot = ref _slots[handle];
                slot.IsChanged = false;
                if (slot.Wanted == slot.Applied)
                {
                    continue;
                }

                ulong key = ((ulong)slot.Generation << 32) | (uint)handle;
                if (_set.Change(slot.FileDescriptor, key, EpollSet.Bits(slot.Applied), EpollSet.Bits(slot.Wanted)))
                {
                    slot.Applied = slot.Wanted;
                }
                else
                {
                    // Out of kernel memory: the connection has no events until a later wait succeeds, or the broker gives it up.
                    slot.IsChanged = true;
                    _changed[kept] = handle;
                    kept++;
                }
            }

            _changedCount = kept;
        }

        private void ApplyListenerInterest()
        {
            if (_pausedUntilMs != long.MinValue && Environment.TickCount64 >= _pausedUntilMs)
            {
                _pausedUntilMs = long.MinValue;
            }

            uint wanted = OpenCount < _handlesMax && _pausedUntilMs == long.MinValue ? LibC.EpollIn : 0;
            if (wanted != _listenerApplied && _set.Change(_listener, ListenerKey, _listenerApplied, wanted))
            {
                _listenerApplied = wanted;
            }
        }
    }
}
