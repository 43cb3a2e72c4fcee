using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("EdgeBroker.Store.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
[assembly: InternalsVisibleTo("EdgeBroker.Desktop")]
