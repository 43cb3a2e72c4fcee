namespace EdgeBroker.Ports
{
    /// <summary>
    /// Hears what the broker decides, for logs and displays. Codes and integers only: what an event looks like in words is
    /// the host's business. It must not call back into the broker, except to read.
    /// </summary>
    public interface IObserver
    {
        /// <summary>Something happened.</summary>
        /// <param name="brokerEvent">A <see cref="BrokerEvent"/>.</param>
        /// <param name="handle">The Network Connection it is about, or -1.</param>
        /// <param name="detail">See <see cref="BrokerEvent"/>.</param>
        void OnEvent(int brokerEvent, int handle, int detail);
    }
}
