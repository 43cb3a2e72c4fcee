using System;
using System.Net;
using EdgeBroker.Ports;

namespace EdgeBroker.Desktop
{
    /// <summary>
    /// The network of a desktop: TCP connections accepted at one address and port. What it adds to the port is for the host:
    /// where it listens, who is at the other end, waking it from another thread, and its end.
    /// </summary>
    public abstract class DesktopNetwork : INetwork, IDisposable
    {
        // The kernel cuts it to its own bound; enough for thousands of Clients that come back at once.
        private protected const int Backlog = 4096;

        // A peer that has vanished without a word, and sends nothing because it has no Keep Alive, is found after two minutes.
        internal const int KeepAliveIdleS = 60;
        internal const int KeepAliveIntervalS = 10;
        internal const int KeepAliveCount = 6;

        private protected DesktopNetwork()
        {
        }

        /// <inheritdoc/>
        public abstract int HandlesMax { get; }

        /// <summary>Where it listens; the port is the one that was found if 0 was asked for.</summary>
        public abstract IPEndPoint LocalEndpoint { get; }

        /// <summary>How many Network Connections are open.</summary>
        public abstract int OpenCount { get; }

        /// <summary>
        /// Takes an address and port, in the way that costs least on this operating system. Nobody can connect before
        /// <see cref="StartListening"/>: a broker that reads back its store needs some time.
        /// </summary>
        /// <param name="address">
        /// An IPv4 or IPv6 address of this machine, <c>localhost</c>, or <c>0.0.0.0</c>, <c>::</c> or <c>*</c> for all:
        /// <c>::</c> takes IPv4 too.
        /// </param>
        /// <param name="port">From 1 to 65,535, or 0 for any free one.</param>
        /// <param name="handlesMax">
        /// How many Network Connections can be open: 1 or more. <see cref="INetwork.HandlesMax"/> is lower where the operating
        /// system allows fewer open files.
        /// </param>
        /// <exception cref="ListenException">It cannot be had; the message says why and what to do.</exception>
        public static DesktopNetwork Bind(string address, int port, int handlesMax)
        {
            return OperatingSystem.IsLinux()
                ? new EpollNetwork(address, port, handlesMax)
                : new SelectNetwork(address, port, handlesMax);
        }

        /// <summary>Takes an address and port, as <see cref="Bind"/>, and listens there at once.</summary>
        /// <exception cref="ListenException">It cannot listen; the message says why and what to do.</exception>
        public static DesktopNetwork Listen(string address, int port, int handlesMax)
        {
            DesktopNetwork network = Bind(address, port, handlesMax);
            try
            {
                network.StartListening();
                return network;
            }
            catch (ListenException)
            {
                network.Dispose();
                throw;
            }
        }

        /// <summary>Lets Clients connect. To be called once, before anything else is asked of it but where it is.</summary>
        /// <exception cref="ListenException">Another program was faster; the message says what to do.</exception>
        public abstract void StartListening();

        /// <inheritdoc/>
        public abstract int Wait(int timeoutMs);

        /// <inheritdoc/>
        public abstract int GetEvent(int index, out int handle);

        /// <inheritdoc/>
        public abstract int Accept();

        /// <inheritdoc/>
        public abstract bool HasNew();

        /// <inheritdoc/>
        public abstract int Receive(int handle, byte[] buffer, int offset, int count);

        /// <inheritdoc/>
        public abstract int Send(int handle, byte[] buffer, int offset, int count);

        /// <inheritdoc/>
        public abstract void SetInterest(int handle, int events);

        /// <inheritdoc/>
        public abstract bool HasUnread(int handle);

        /// <inheritdoc/>
        public abstract void CloseSend(int handle);

        /// <inheritdoc/>
        public abstract void Close(int handle);

        /// <summary>
        /// Makes the current <see cref="Wait"/> return, or the next one if none is under way. The only member that other threads
        /// may call; after <see cref="Dispose"/> it does nothing.
        /// </summary>
        public abstract void Wake();

        /// <summary>The peer's address and port, for a log; "unknown" if it is gone.</summary>
        public abstract string RemoteEndpoint(int handle);

        /// <summary>Closes all Network Connections, without a word, and goes on listening.</summary>
        public void CloseAll()
        {
            for (int handle = 0; handle < HandlesMax; handle++)
            {
                if (IsOpen(handle))
                {
                    Close(handle);
                }
            }
        }

        /// <summary>Closes all Network Connections and stops listening. Not while another member is under way.</summary>
        public abstract void Dispose();

        private protected abstract bool IsOpen(int handle);

        // The kernel would read or write whatever lies behind the array.
        private protected static void CheckRange(byte[] buffer, int offset, int count)
        {
            if ((uint)offset > (uint)buffer.Length || (uint)count > (uint)(buffer.Length - offset))
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }
        }

        private protected static IPAddress ParseAddress(string address, int port)
        {
            if (port < 0 || port > IPEndPoint.MaxPort)
            {
                throw ListenException.BadPort(port);
            }

            switch (address)
            {
                case "*":
                    return IPAddress.Any;
                case "localhost":
                    return IPAddress.Loopback;
                default:
                    return IPAddress.TryParse(address, out IPAddress? parsed) ? parsed : throw ListenException.BadAddress(address);
            }
        }
    }
}
