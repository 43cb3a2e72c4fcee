using System.Linq;
using EdgeBroker.DesktopProgram;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.Limits;
using EdgeBroker.Simulation;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>What goes from the broker's thread to the page.</summary>
    [TestClass]
    public class PageFeedTests
    {
        private readonly ManualTime _time = new();
        private readonly BrokerMonitor _monitor =
            new(BrokerLimits.ForProfile(Profile.Esp32), "esp32", new ClientBook(new VirtualClock(), _ => ""), _ => "");

        [TestMethod]
        public void APageGetsOnlyWhatItDoesNotHave()
        {
            PageFeed feed = new(_time);
            Assert.IsNull(feed.Read(null, 0, 0));
            feed.Show(_monitor.MakeState("run", "", 0, 0, new Meter(0, 0)));
            Add(feed, 3);
            PageAnswer first = feed.Read(null, 0, 0)!;
            CollectionAssert.AreEqual(new long[] { 1, 2, 3 }, first.Samples.Select(sample => sample.Number).ToArray());
            CollectionAssert.AreEqual(new[] { "1", "2", "3" }, first.Log.Select(line => line.Text).ToArray());

            Add(feed, 1);
            PageAnswer second = feed.Read(first.Program, 3, 2)!;
            CollectionAssert.AreEqual(new long[] { 4 }, second.Samples.Select(sample => sample.Number).ToArray());
            CollectionAssert.AreEqual(new long[] { 3, 4 }, second.Log.Select(line => line.Number).ToArray());
        }

        [TestMethod]
        public void NumbersOfAnotherProgramDoNotCount()
        {
            PageFeed feed = new(_time);
            feed.Show(_monitor.MakeState("run", "", 0, 0, new Meter(0, 0)));
            Add(feed, 2);
            Assert.HasCount(2, feed.Read("another", 1000, 1000)!.Samples);
        }

        [TestMethod]
        public void TheOldestGoFirst()
        {
            PageFeed feed = new(_time);
            feed.Show(_monitor.MakeState("run", "", 0, 0, new Meter(0, 0)));
            Add(feed, 700);
            PageAnswer answer = feed.Read(null, 0, 0)!;
            Assert.HasCount(600, answer.Samples);
            Assert.AreEqual(101, answer.Samples[0].Number);
            Assert.AreEqual(700, answer.Samples[^1].Number);
            Assert.HasCount(400, answer.Log);
        }

        [TestMethod]
        public void APageIsOpenWhileItAsks()
        {
            int opened = 0;
            PageFeed feed = new(_time) { Opened = () => opened++ };
            Assert.IsFalse(feed.IsOpen);
            feed.Read(null, 0, 0);
            Assert.IsTrue(feed.IsOpen);
            _time.Advance(2);
            feed.Read(null, 0, 0);
            Assert.AreEqual(1, opened);
            _time.Advance(2);
            Assert.IsTrue(feed.IsOpen);
            _time.Advance(2);
            Assert.IsFalse(feed.IsOpen);
            feed.Read(null, 0, 0);
            Assert.AreEqual(2, opened);
        }

        private void Add(PageFeed feed, int count)
        {
            for (int i = 1; i <= count; i++)
            {
                feed.Add(_monitor.MakeSample(i, 0, null));
                feed.Log(i, LogLevel.Info, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
