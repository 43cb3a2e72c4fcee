namespace EdgeBroker.DeviceProfile.Tests.Projects;

/// <summary>A package of nanoFramework.</summary>
/// <param name="Id">As nanoFramework.System.Net.</param>
/// <param name="Version">As 1.11.60.</param>
public sealed record NanoPackage(string Id, string Version)
{
    /// <summary>The beginning of the path of an assembly in this package, below the folder of packages.</summary>
    public string FolderName => Id + "." + Version;
}
