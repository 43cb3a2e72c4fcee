using EdgeBroker.Store;
using EdgeBroker.Store.Tests;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>The storage in memory that the journal's own tests use.</summary>
    [TestClass]
    public class FakeStorageTests : PartsContract
    {
        private FakeStorage? _files;

        private protected override void Prepare()
        {
            _files = new FakeStorage(false, 1300000);
        }

        private protected override IStorage Open()
        {
            return _files!;
        }
    }
}
