using System;
using EdgeBroker.Desktop;
using EdgeBroker.Ports;
using EdgeBroker.Simulation;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>
    /// The gateway's network: simulated devices and, where it listens, real Clients, under handles of its own, lowest first as
    /// on a device. It lasts as long as the power.
    /// </summary>
    internal sealed class GatewayNetwork : INetwork
    {
        private const int None = -1;
        private const int FullWaitMs = 20;

        private readonly VirtualNetwork _virtual;
        private readonly DesktopNetwork? _real;
        private readonly Pacing? _pacing;
        private readonly GatewayFlash _flash;
        private readonly int[] _inner;
        private readonly bool[] _isReal;
        private readonly int[] _ofVirtual;
        private readonly int[] _ofReal;
        private readonly int[] _eventHandles;
        private readonly int[] _eventBits;
        private int _openCount;

        /// <summary>Makes it.</summary>
        /// <param name="handlesMax">How many Network Connections there can be.</param>
        /// <param name="virtualNetwork">Simulated devices.</param>
        /// <param name="real">Real Clients, or null.</param>
        /// <param name="pacing">Real time, or null if no time passes in waiting.</param>
        /// <param name="flash">Has power as long as this has: if it goes in the middle of a turn, nothing leaves any more.</param>
        internal GatewayNetwork(
            int handlesMax, VirtualNetwork virtualNetwork, DesktopNetwork? real, Pacing? pacing, GatewayFlash flash)
        {
            _flash = flash;
            _virtual = virtualNetwork;
            _real = real;
            _pacing = pacing;
            _inner = new int[handlesMax];
            _isReal = new bool[handlesMax];
            _ofVirtual = new int[virtualNetwork.HandlesMax];
            _ofReal = new int[real?.HandlesMax ?? 0];
            _eventHandles = new int[handlesMax];
            _eventBits = new int[handlesMax];
            Array.Fill(_inner, None);
        }

        /// <inheritdoc/>
        public int HandlesMax => _inner.Length;

        /// <summary>The time the broker asked for in its last <see cref="Wait"/>, in milliseconds.</summary>
        internal int LastTimeoutMs { get; private set; }

        /// <summary>Whether the Wi-Fi is gone for real Clients: nothing arrives at either end, and nobody is told.</summary>
        internal bool IsDown { get; set; }

        /// <summary>Who is at the other end.</summary>
        internal string RemoteEndpoint(int handle)
        {
            return _isReal[handle] ? _real!.RemoteEndpoint(_inner[handle]) : "the simulation";
        }

        /// <inheritdoc/>
        public int Wait(int timeoutMs)
        {
            LastTimeoutMs = timeoutMs;
            int count = 0;
            int ready = _virtual.Wait(timeoutMs);
            for (int i = 0; i < ready; i++)
            {
                int bits = _virtual.GetEvent(i, out int handle);
                Add(ref count, _ofVirtual[handle], bits);
            }

            if (_pacing == null)
            {
                return count;
            }

            bool isFull = _openCount == _inner.Length;
            int waitMs = count > 0 || (_virtual.HasNew() && !isFull) ? 0 : _pacing.RealWaitMs(timeoutMs);
            if (_real == null || IsDown)
            {
                _pacing.Sleep(waitMs);
            }
            else
            {
                if (isFull && _real.HasNew())
                {
                    // It has handles left where this one has none, so it would not wait.
                    _pacing.Sleep(int.Min(waitMs, FullWaitMs));
                    waitMs = 0;
                }

                ready = _real.Wait(waitMs);
                for (int i = 0; i < ready; i++)
                {
                    int bits = _real.GetEvent(i, out int handle);
                    Add(ref count, _ofReal[handle], bits);
                }
            }

            _pacing.CatchUp();
            return count;
        }

        /// <inheritdoc/>
        public int GetEvent(int index, out int handle)
        {
            handle = _eventHandles[index];
            return _eventBits[index];
        }

        /// <inheritdoc/>
        public int Accept()
        {
            if (_openCount == _inner.Length)
            {
                return NetworkResult.NoConnection;
            }

            int inner = _virtual.Accept();
            if (inner >= 0)
            {
                _ofVirtual[inner] = Enter(inner, false);
                return _ofVirtual[inner];
            }

            inner = _real == null || IsDown ? NetworkResult.NoConnection : _real.Accept();
            if (inner < 0)
            {
                return NetworkResult.NoConnection;
            }

            _ofReal[inner] = Enter(inner, true);
            return _ofReal[inner];
        }

        /// <inheritdoc/>
        public bool HasNew()
        {
            return _virtual.HasNew() || (_real != null && !IsDown && _real.HasNew());
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count)
        {
            if (!_flash.IsPowered)
            {
                return NetworkResult.WouldBlock;
            }

            if (!_isReal[handle])
            {
                return _virtual.Receive(_inner[handle], buffer, offset, count);
            }

            return IsDown ? NetworkResult.WouldBlock : _real!.Receive(_inner[handle], buffer, offset, count);
        }

        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count)
        {
            if (!_flash.IsPowered)
            {
                return count;
            }

            if (!_isReal[handle])
            {
                return _virtual.Send(_inner[handle], buffer, offset, count);
            }

            return IsDown ? NetworkResult.WouldBlock : _real!.Send(_inner[handle], buffer, offset, count);
        }

        /// <inheritdoc/>
        public void SetInterest(int handle, int events)
        {
            INetwork network = Of(handle);
            network.SetInterest(_inner[handle], events);
        }

        /// <inheritdoc/>
        public bool HasUnread(int handle)
        {
            return (!_isReal[handle] || !IsDown) && Of(handle).HasUnread(_inner[handle]);
        }

        /// <inheritdoc/>
        public void CloseSend(int handle)
        {
            if (_flash.IsPowered)
            {
                Of(handle).CloseSend(_inner[handle]);
            }
        }

        /// <inheritdoc/>
        public void Close(int handle)
        {
            Of(handle).Close(_inner[handle]);
            _inner[handle] = None;
            _openCount--;
        }

        /// <summary>
        /// Ends all Network Connections, those that wait to be accepted as well. Real Clients find out by their own means.
        /// </summary>
        internal void CloseAll()
        {
            for (int handle = 0; handle < _inner.Length; handle++)
            {
                if (_inner[handle] != None)
                {
                    Close(handle);
                }
            }

            for (int inner = _virtual.Accept(); inner >= 0; inner = _virtual.Accept())
            {
                _virtual.Close(inner);
            }
        }

        private INetwork Of(int handle)
        {
            return _isReal[handle] ? _real! : _virtual;
        }

        private void Add(ref int count, int handle, int bits)
        {
            _eventHandles[count] = handle;
            _eventBits[count] = bits;
            count++;
        }

        private int Enter(int inner, bool isReal)
        {
            int handle = Array.IndexOf(_inner, None);
            _inner[handle] = inner;
            _isReal[handle] = isReal;
            _openCount++;
            return handle;
        }
    }
}
