namespace EdgeBroker.Protocol
{
    /// <summary>
    /// The protocol levels that are served, as the level byte of CONNECT has them.
    /// </summary>
    public static class ProtocolLevel
    {
        /// <summary>MQTT 3.1, whose protocol name is MQIsdp.</summary>
        public const int V31 = 3;

        /// <summary>MQTT 3.1.1.</summary>
        public const int V311 = 4;

        /// <summary>MQTT 5.0.</summary>
        public const int V5 = 5;
    }
}
