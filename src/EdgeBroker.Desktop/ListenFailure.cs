namespace EdgeBroker.Desktop
{
    /// <summary>Why the broker cannot listen.</summary>
    public enum ListenFailure
    {
        /// <summary>Another program, or another broker, listens there.</summary>
        PortInUse,

        /// <summary>The address is not an address, or not one of this machine.</summary>
        BadAddress,

        /// <summary>The operating system does not let this user listen there.</summary>
        NoPermission,

        /// <summary>The port is not from 0 to 65,535.</summary>
        BadPort,

        /// <summary>Anything else; the message names the operating system's error.</summary>
        Other,
    }
}
