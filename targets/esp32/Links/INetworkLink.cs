namespace EdgeBroker.Esp32.Links
{
    /// <summary>The network that Clients reach the device by.</summary>
    internal interface INetworkLink
    {
        /// <summary>The sockets it takes for itself.</summary>
        int Sockets { get; }

        /// <summary>How often <see cref="Poll"/> wants to be called, in milliseconds.</summary>
        int PollMs { get; }

        /// <summary>Waits until the network is there, however long that takes.</summary>
        /// <returns>Whether it is; if not, the device has to be rebooted.</returns>
        bool Open();

        /// <summary>Looks after the network. It must not throw.</summary>
        /// <param name="nowMs">The time.</param>
        /// <returns>Whether the network was lost and is back.</returns>
        bool Poll(long nowMs);
    }
}
