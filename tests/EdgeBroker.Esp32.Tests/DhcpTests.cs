using EdgeBroker.Esp32.Dhcp;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Esp32.Tests
{
    /// <summary>The answers of the DHCP server. A station is known by the last byte of its MAC address.</summary>
    [TestClass]
    public class DhcpTests
    {
        private const int Discover = DhcpBench.Discover;
        private const int Request = DhcpBench.DhcpRequest;
        private const int Decline = 4;
        private const int Release = 7;
        private const int Inform = 8;
        private const int None = DhcpBench.None;
        private const int ServersHost = DhcpBench.ServersHost;
        private const int OtherServersHost = 9;
        private const int Minute = 60000;

        [TestMethod]
        public void EveryStationGetsAnAddressOfItsOwn()
        {
            DhcpBench bench = new DhcpBench();
            for (int station = 1; station <= DhcpLeases.Count; station++)
            {
                Assert.AreEqual("offer " + (station + 1), bench.Ask(station, Discover, None, None, None, 0));
                Assert.AreEqual("ack " + (station + 1), bench.Ask(station, Request, station + 1, ServersHost, None, 0));
            }

            Assert.AreEqual("nothing", bench.Ask(100, Discover, None, None, None, 0));
        }

        [TestMethod]
        public void OffersAreDifferentBeforeTheyAreTaken()
        {
            DhcpBench bench = new DhcpBench();
            Assert.AreEqual("offer 2", bench.Ask(1, Discover, None, None, None, 0));
            Assert.AreEqual("offer 3", bench.Ask(2, Discover, None, None, None, 0));
            Assert.AreEqual("offer 2", bench.Ask(1, Discover, None, None, None, 1000));
        }

        [TestMethod]
        public void OfferThatIsNotTakenIsFreeAgain()
        {
            DhcpBench bench = new DhcpBench();
            for (int station = 1; station <= DhcpLeases.Count; station++)
            {
                bench.Ask(station, Discover, None, None, None, 0);
            }

            Assert.AreEqual("nothing", bench.Ask(100, Discover, None, None, None, 29999));
            Assert.AreEqual("offer 2", bench.Ask(100, Discover, None, None, None, 30000));
        }

        [TestMethod]
        public void StationThatComesBackGetsTheAddressItHad()
        {
            DhcpBench bench = new DhcpBench();
            bench.Take(1, 0);
            bench.Take(2, 0);
            Assert.AreEqual("offer 3", bench.Ask(2, Discover, None, None, None, 300 * Minute));
        }

        [TestMethod]
        public void StationGetsTheAddressItAsksForIfItIsFree()
        {
            DhcpBench bench = new DhcpBench();
            Assert.AreEqual("offer 20", bench.Ask(1, Discover, 20, None, None, 0));
            Assert.AreEqual("offer 2", bench.Ask(2, Discover, 20, None, None, 0));
            Assert.AreEqual("offer 3", bench.Ask(3, Discover, 200, None, None, 0));
        }

        [TestMethod]
        public void RenewalNamesTheAddressInTheHeader()
        {
            DhcpBench bench = new DhcpBench();
            bench.Take(1, 0);
            Assert.AreEqual("ack 2", bench.Ask(1, Request, None, None, 2, 60 * Minute));

            // So it is still its own where it would have ended.
            Assert.AreEqual("nak", bench.Ask(2, Request, 2, None, None, 150 * Minute));
            Assert.AreEqual("ack 2", bench.Ask(2, Request, 2, None, None, 180 * Minute));
        }

        [TestMethod]
        public void StationFromBeforeTheRebootKeepsItsAddress()
        {
            DhcpBench bench = new DhcpBench();
            Assert.AreEqual("ack 7", bench.Ask(1, Request, 7, None, None, 0));
            Assert.AreEqual("ack 8", bench.Ask(2, Request, None, None, 8, 0));
            Assert.AreEqual("nak", bench.Ask(3, Request, 7, None, None, 0));
        }

        [TestMethod]
        public void AddressOfAnotherNetworkIsRefused()
        {
            DhcpBench bench = new DhcpBench();
            Assert.AreEqual("nak", bench.Ask(1, Request, 200, None, None, 0));
            Assert.AreEqual("nak", bench.Ask(1, Request, ServersHost, None, None, 0));
            Assert.AreEqual("nak", bench.Ask(1, Request, None, None, None, 0));
        }

        [TestMethod]
        public void StationThatChoseAnotherServerIsLeftAlone()
        {
            DhcpBench bench = new DhcpBench();
            bench.Ask(1, Discover, None, None, None, 0);
            Assert.AreEqual("nothing", bench.Ask(1, Request, 2, OtherServersHost, None, 0));
            Assert.AreEqual("ack 2", bench.Ask(2, Request, 2, None, None, 0));
        }

        [TestMethod]
        public void StationThatMovesGivesItsOldAddressBack()
        {
            DhcpBench bench = new DhcpBench();
            bench.Take(1, 0);
            Assert.AreEqual("ack 9", bench.Ask(1, Request, 9, None, None, 0));
            Assert.AreEqual("ack 2", bench.Ask(2, Request, 2, None, None, 0));
        }

        [TestMethod]
        public void ReleasedAddressIsFree()
        {
            DhcpBench bench = new DhcpBench();
            bench.Take(1, 0);
            Assert.AreEqual("nothing", bench.Ask(1, Release, None, ServersHost, 2, 0));
            Assert.AreEqual("ack 2", bench.Ask(2, Request, 2, None, None, 0));
        }

        [TestMethod]
        public void DeclinedAddressIsSetAside()
        {
            DhcpBench bench = new DhcpBench();
            bench.Take(1, 0);
            Assert.AreEqual("nothing", bench.Ask(1, Decline, 2, ServersHost, None, 0));
            Assert.AreEqual("offer 3", bench.Ask(1, Discover, None, None, None, 0));
            Assert.AreEqual("nak", bench.Ask(2, Request, 2, None, None, 0));
            Assert.AreEqual("ack 2", bench.Ask(2, Request, 2, None, None, 130 * Minute));
        }

        [TestMethod]
        public void InformIsAnsweredWithoutAnAddress()
        {
            DhcpBench bench = new DhcpBench();
            Assert.AreEqual("ack 0", bench.Ask(1, Inform, None, None, 77, 0));
            Assert.AreEqual(77, bench.Replied(15));
            Assert.AreEqual(-1, bench.Option(51));
        }

        [TestMethod]
        public void ReplySaysWhatAStationNeeds()
        {
            DhcpBench bench = new DhcpBench();
            bench.Ask(5, Discover, None, None, None, 0);

            Assert.AreEqual(2, bench.Replied(0));
            Assert.AreEqual(0xAA, bench.Replied(4));
            Assert.AreEqual(0x80, bench.Replied(10));
            Assert.AreEqual(5, bench.Replied(33));
            Assert.AreEqual(192, bench.Replied(16));
            Assert.AreEqual(ServersHost, bench.Replied(bench.Option(54) + 3));
            Assert.AreEqual(255, bench.Replied(bench.Option(1) + 2));
            Assert.AreEqual(0, bench.Replied(bench.Option(1) + 3));
            Assert.AreEqual(7200, (bench.Reply[bench.Option(51) + 2] << 8) | bench.Reply[bench.Option(51) + 3]);
            Assert.AreEqual(-1, bench.Option(3));
        }

        [TestMethod]
        public void WhatIsNoRequestIsNotAnswered()
        {
            DhcpBench bench = new DhcpBench();
            bench.Build(1, Discover, None, None, None);
            bench.AssertIgnored(0, 2);
            bench.AssertIgnored(1, 6);
            bench.AssertIgnored(2, 8);
            bench.AssertIgnored(236, 0);
            bench.AssertIgnored(242, 0);
            bench.AssertIgnored(242, 99);
        }

        // Whatever arrives, nothing is read beyond its end, and nothing throws.
        [TestMethod]
        public void EveryCutAndEveryLengthOfAnOptionIsBorne()
        {
            DhcpBench bench = new DhcpBench();
            bench.Build(1, Request, 7, ServersHost, None);
            for (int count = 0; count <= bench.Count; count++)
            {
                byte[] cut = new byte[count];
                System.Array.Copy(bench.Request, 0, cut, 0, count);
                bench.Responder.Reply(cut, count, bench.Reply, 0);
                for (int position = 240; position < count; position++)
                {
                    byte before = cut[position];
                    cut[position] = 254;
                    bench.Responder.Reply(cut, count, bench.Reply, 0);
                    cut[position] = (byte)(count - position - 1);
                    bench.Responder.Reply(cut, count, bench.Reply, 0);
                    cut[position] = before;
                }
            }

            Assert.AreEqual(0, bench.Ask(50, Discover, None, None, None, 300 * Minute).IndexOf("offer"));
        }
    }
}
