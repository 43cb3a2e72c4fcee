namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>How a simulated device behaves.</summary>
    internal enum DeviceKind
    {
        /// <summary>Connected all the time.</summary>
        AlwaysOn,

        /// <summary>Sleeps most of the time; wakes up, connects, says what it measured, hears what it missed, and sleeps on.</summary>
        Sleeping,

        /// <summary>Publishes in bursts.</summary>
        Chatty,

        /// <summary>Its radio drops out now and then, without a word.</summary>
        FlakyWifi,

        /// <summary>Reads slower than messages come.</summary>
        SlowReader,
    }
}
