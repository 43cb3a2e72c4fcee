using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("EdgeBroker.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
