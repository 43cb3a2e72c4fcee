namespace System.Net.NetworkInformation;

/// <summary>As the firmware has it.</summary>
public enum AuthenticationType : byte
{
    /// <summary>None.</summary>
    Open = 4,

    /// <summary>With a pass-phrase.</summary>
    WPA2 = 8,
}
