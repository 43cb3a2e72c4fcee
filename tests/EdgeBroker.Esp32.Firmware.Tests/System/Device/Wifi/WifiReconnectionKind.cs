namespace System.Device.Wifi;

/// <summary>As the firmware has it.</summary>
public enum WifiReconnectionKind
{
    Automatic,
    Manual,
}
