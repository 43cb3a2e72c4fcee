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
        private const int Discover = 1;
        private const int Request = 3;
        private const int Decline = 4;
        private const int Release = 7;
        private const int Inform = 8;
        private const int None = 0;
        private const int ServersHost = 1;
        private const int OtherServersHost = 9;
        private const int Minute = 60000;

        private readonly byte[] _request = new byte[576];
        private readonly byte[] _reply = new byte[DhcpResponder.ReplySize];
        private DhcpResponder _responder;
        private int _count;

        [TestMethod]
        public void EveryStationGetsAnAddressOfItsOwn()
        {
            Start();
            for (int station = 1; station <= DhcpLeases.Count; station++)
            {
                Assert.AreEqual("offer " + (station + 1), Ask(station, Discover, None, None, None, 0));
                Assert.AreEqual("ack " + (station + 1), Ask(station, Request, station + 1, ServersHost, None, 0));
            }

            Assert.AreEqual("nothing", Ask(100, Discover, None, None, None, 0));
        }

        [TestMethod]
        public void OffersAreDifferentBeforeTheyAreTaken()
        {
            Start();
            Assert.AreEqual("offer 2", Ask(1, Discover, None, None, None, 0));
            Assert.AreEqual("offer 3", Ask(2, Discover, None, None, None, 0));
            Assert.AreEqual("offer 2", Ask(1, Discover, None, None, None, 1000));
        }

        [TestMethod]
        public void OfferThatIsNotTakenIsFreeAgain()
        {
            Start();
            for (int station = 1; station <= DhcpLeases.Count; station++)
            {
                Ask(station, Discover, None, None, None, 0);
            }

            Assert.AreEqual("nothing", Ask(100, Discover, None, None, None, 29999));
            Assert.AreEqual("offer 2", Ask(100, Discover, None, None, None, 30000));
        }

        [TestMethod]
        public void StationThatComesBackGetsTheAddressItHad()
        {
            Start();
            Take(1, 0);
            Take(2, 0);
            Assert.AreEqual("offer 3", Ask(2, Discover, None, None, None, 300 * Minute));
        }

        [TestMethod]
        public void StationGetsTheAddressItAsksForIfItIsFree()
        {
            Start();
            Assert.AreEqual("offer 20", Ask(1, Discover, 20, None, None, 0));
            Assert.AreEqual("offer 2", Ask(2, Discover, 20, None, None, 0));
            Assert.AreEqual("offer 3", Ask(3, Discover, 200, None, None, 0));
        }

        [TestMethod]
        public void RenewalNamesTheAddressInTheHeader()
        {
            Start();
            Take(1, 0);
            Assert.AreEqual("ack 2", Ask(1, Request, None, None, 2, 60 * Minute));

            // So it is still its own where it would have ended.
            Assert.AreEqual("nak", Ask(2, Request, 2, None, None, 150 * Minute));
            Assert.AreEqual("ack 2", Ask(2, Request, 2, None, None, 180 * Minute));
        }

        [TestMethod]
        public void StationFromBeforeTheRebootKeepsItsAddress()
        {
            Start();
            Assert.AreEqual("ack 7", Ask(1, Request, 7, None, None, 0));
            Assert.AreEqual("ack 8", Ask(2, Request, None, None, 8, 0));
            Assert.AreEqual("nak", Ask(3, Request, 7, None, None, 0));
        }

        [TestMethod]
        public void AddressOfAnotherNetworkIsRefused()
        {
            Start();
            Assert.AreEqual("nak", Ask(1, Request, 200, None, None, 0));
            Assert.AreEqual("nak", Ask(1, Request, ServersHost, None, None, 0));
            Assert.AreEqual("nak", Ask(1, Request, None, None, None, 0));
        }

        [TestMethod]
        public void StationThatChoseAnotherServerIsLeftAlone()
        {
            Start();
            Ask(1, Discover, None, None, None, 0);
            Assert.AreEqual("nothing", Ask(1, Request, 2, OtherServersHost, None, 0));
            Assert.AreEqual("ack 2", Ask(2, Request, 2, None, None, 0));
        }

        [TestMethod]
        public void StationThatMovesGivesItsOldAddressBack()
        {
            Start();
            Take(1, 0);
            Assert.AreEqual("ack 9", Ask(1, Request, 9, None, None, 0));
            Assert.AreEqual("ack 2", Ask(2, Request, 2, None, None, 0));
        }

        [TestMethod]
        public void ReleasedAddressIsFree()
        {
            Start();
            Take(1, 0);
            Assert.AreEqual("nothing", Ask(1, Release, None, ServersHost, 2, 0));
            Assert.AreEqual("ack 2", Ask(2, Request, 2, None, None, 0));
        }

        [TestMethod]
        public void DeclinedAddressIsSetAside()
        {
            Start();
            Take(1, 0);
            Assert.AreEqual("nothing", Ask(1, Decline, 2, ServersHost, None, 0));
            Assert.AreEqual("offer 3", Ask(1, Discover, None, None, None, 0));
            Assert.AreEqual("nak", Ask(2, Request, 2, None, None, 0));
            Assert.AreEqual("ack 2", Ask(2, Request, 2, None, None, 130 * Minute));
        }

        [TestMethod]
        public void InformIsAnsweredWithoutAnAddress()
        {
            Start();
            Assert.AreEqual("ack 0", Ask(1, Inform, None, None, 77, 0));
            Assert.AreEqual(77, Replied(15));
            Assert.AreEqual(-1, Option(51));
        }

        [TestMethod]
        public void ReplySaysWhatAStationNeeds()
        {
            Start();
            Ask(5, Discover, None, None, None, 0);

            Assert.AreEqual(2, Replied(0));
            Assert.AreEqual(0xAA, Replied(4));
            Assert.AreEqual(0x80, Replied(10));
            Assert.AreEqual(5, Replied(33));
            Assert.AreEqual(192, Replied(16));
            Assert.AreEqual(ServersHost, Replied(Option(54) + 3));
            Assert.AreEqual(255, Replied(Option(1) + 2));
            Assert.AreEqual(0, Replied(Option(1) + 3));
            Assert.AreEqual(7200, (_reply[Option(51) + 2] << 8) | _reply[Option(51) + 3]);
            Assert.AreEqual(-1, Option(3));
        }

        [TestMethod]
        public void WhatIsNoRequestIsNotAnswered()
        {
            Start();
            Build(1, Discover, None, None, None);
            AssertIgnored(0, 2);
            AssertIgnored(1, 6);
            AssertIgnored(2, 8);
            AssertIgnored(236, 0);
            AssertIgnored(242, 0);
            AssertIgnored(242, 99);
        }

        // Whatever arrives, nothing is read beyond its end, and nothing throws.
        [TestMethod]
        public void EveryCutAndEveryLengthOfAnOptionIsBorne()
        {
            Start();
            Build(1, Request, 7, ServersHost, None);
            for (int count = 0; count <= _count; count++)
            {
                byte[] cut = new byte[count];
                System.Array.Copy(_request, 0, cut, 0, count);
                _responder.Reply(cut, count, _reply, 0);
                for (int position = 240; position < count; position++)
                {
                    byte before = cut[position];
                    cut[position] = 254;
                    _responder.Reply(cut, count, _reply, 0);
                    cut[position] = (byte)(count - position - 1);
                    _responder.Reply(cut, count, _reply, 0);
                    cut[position] = before;
                }
            }

            Assert.AreEqual(0, Ask(50, Discover, None, None, None, 300 * Minute).IndexOf("offer"));
        }

        // The device makes one object of this class for all tests, the desktop one for each.
        private void Start()
        {
            _responder = new DhcpResponder(new byte[] { 192, 168, 4, ServersHost });
        }

        private int Replied(int position)
        {
            return _reply[position];
        }

        private void AssertIgnored(int position, int value)
        {
            byte before = _request[position];
            _request[position] = (byte)value;
            Assert.AreEqual(0, _responder.Reply(_request, _count, _reply, 0));
            _request[position] = before;
        }

        private void Take(int station, long nowMs)
        {
            Ask(station, Discover, None, None, None, nowMs);
            Ask(station, Request, station + 1, ServersHost, None, nowMs);
        }

        private string Ask(int station, int type, int requested, int server, int current, long nowMs)
        {
            Build(station, type, requested, server, current);
            int size = _responder.Reply(_request, _count, _reply, nowMs);
            if (size == 0)
            {
                return "nothing";
            }

            int answer = _reply[Option(53)];
            return answer == 2 ? "offer " + _reply[19] : answer == 5 ? "ack " + _reply[19] : "nak";
        }

        private void Build(int station, int type, int requested, int server, int current)
        {
            System.Array.Clear(_request, 0, _request.Length);
            _request[0] = 1;
            _request[1] = 1;
            _request[2] = 6;
            _request[4] = 0xAA;
            _request[10] = 0x80;
            _request[33] = (byte)station;
            WriteAddress(12, current);
            _request[236] = 99;
            _request[237] = 130;
            _request[238] = 83;
            _request[239] = 99;
            _request[240] = 53;
            _request[241] = 1;
            _request[242] = (byte)type;
            _count = 243;
            AddOption(50, requested);
            AddOption(54, server);
            _request[_count++] = 255;
        }

        private void AddOption(int code, int host)
        {
            if (host != None)
            {
                _request[_count++] = 0;
                _request[_count++] = (byte)code;
                _request[_count++] = 4;
                WriteAddress(_count, host);
                _count += 4;
            }
        }

        private void WriteAddress(int position, int host)
        {
            if (host != None)
            {
                _request[position] = 192;
                _request[position + 1] = 168;
                _request[position + 2] = 4;
                _request[position + 3] = (byte)host;
            }
        }

        private int Option(int code)
        {
            int position = 240;
            while (_reply[position] != 255)
            {
                if (_reply[position] == code)
                {
                    return position + 2;
                }

                position += 2 + _reply[position + 1];
            }

            return -1;
        }
    }
}
