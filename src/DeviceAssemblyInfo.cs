using System.Reflection;

// Every device assembly's version; the desktop's comes from Common.props.
[assembly: AssemblyVersion("0.1.0.0")]
