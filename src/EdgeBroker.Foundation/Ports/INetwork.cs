namespace EdgeBroker.Ports
{
    /// <summary>
    /// Ordered, lossless byte streams from Clients [MQTT-7.1.1-1], [MQTT5-4.2.0-1]. The broker calls it from one thread.
    /// A Network Connection is known by its handle: an integer from 0 to <see cref="HandlesMax"/> - 1, which is given again
    /// only after <see cref="Close"/>.
    /// No member blocks, except <see cref="Wait"/> for up to the time it is given; none throws for what a peer does.
    /// </summary>
    public interface INetwork
    {
        /// <summary>How many Network Connections can be open at once, lingering ones included.</summary>
        int HandlesMax { get; }

        /// <summary>
        /// Waits until a Network Connection is ready for what it is asked for, a new one can be accepted, or the time is up.
        /// </summary>
        /// <param name="timeoutMs">The longest time to wait, in milliseconds; 0 only looks.</param>
        /// <returns>The number of events, to be read with <see cref="GetEvent"/> until the next call.</returns>
        int Wait(int timeoutMs);

        /// <summary>Reads an event of the last <see cref="Wait"/>. New connections are not among the events.</summary>
        /// <param name="index">From 0 to the number of events - 1.</param>
        /// <param name="handle">The Network Connection that is ready.</param>
        /// <returns>The <see cref="NetworkEvents"/> it is ready for.</returns>
        int GetEvent(int index, out int handle);

        /// <summary>
        /// Takes a new Network Connection. It starts with interest in <see cref="NetworkEvents.Readable"/>.
        /// </summary>
        /// <returns>
        /// Its handle, or <see cref="NetworkResult.NoConnection"/> where none waits or <see cref="HandlesMax"/> are open.
        /// </returns>
        int Accept();

        /// <summary>
        /// Whether a Network Connection waits to be accepted, also while <see cref="HandlesMax"/> are open; then
        /// <see cref="Wait"/> does not look for any.
        /// </summary>
        bool HasNew();

        /// <summary>Receives what has arrived.</summary>
        /// <returns>
        /// The number of bytes, from 1 to <paramref name="count"/>, or <see cref="NetworkResult.WouldBlock"/>,
        /// <see cref="NetworkResult.Closed"/> or <see cref="NetworkResult.Failed"/>.
        /// </returns>
        int Receive(int handle, byte[] buffer, int offset, int count);

        /// <summary>Sends as many bytes as are taken without waiting; fewer than asked for is normal.</summary>
        /// <returns>
        /// The number of bytes, from 1 to <paramref name="count"/>, or <see cref="NetworkResult.WouldBlock"/> or
        /// <see cref="NetworkResult.Failed"/>.
        /// </returns>
        int Send(int handle, byte[] buffer, int offset, int count);

        /// <summary>Says which <see cref="NetworkEvents"/> of a Network Connection <see cref="Wait"/> looks for.</summary>
        void SetInterest(int handle, int events);

        /// <summary>Whether bytes have arrived that were not received yet, whatever the interest.</summary>
        bool HasUnread(int handle);

        /// <summary>Ends the outgoing stream after what was sent, where the platform can; else does nothing.</summary>
        void CloseSend(int handle);

        /// <summary>Closes a Network Connection and gives its handle back.</summary>
        void Close(int handle);
    }
}
