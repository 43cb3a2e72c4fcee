using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("EdgeBroker.Core")]
[assembly: InternalsVisibleTo("EdgeBroker.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
