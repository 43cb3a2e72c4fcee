using EdgeBroker.Esp32.Dhcp;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Esp32.Tests
{
    /// <summary>A DHCP server with its stations. A station is known by the last byte of its MAC address.</summary>
    internal sealed class DhcpBench
    {
        /// <summary>The last byte of the server's own address.</summary>
        public const int ServersHost = 1;

        /// <summary>No address.</summary>
        public const int None = 0;

        /// <summary>DHCPDISCOVER.</summary>
        public const int Discover = 1;

        /// <summary>DHCPREQUEST.</summary>
        public const int DhcpRequest = 3;

        /// <summary>The message that was built last.</summary>
        public readonly byte[] Request = new byte[576];

        /// <summary>The answer.</summary>
        public readonly byte[] Reply = new byte[DhcpResponder.ReplySize];

        /// <summary>The server.</summary>
        public readonly DhcpResponder Responder = new DhcpResponder(new byte[] { 192, 168, 4, ServersHost });

        /// <summary>The bytes of <see cref="Request"/>.</summary>
        public int Count;

        /// <summary>A byte of the answer.</summary>
        public int Replied(int position)
        {
            return Reply[position];
        }

        /// <summary>Checks that the request is not answered with another byte at a place.</summary>
        public void AssertIgnored(int position, int value)
        {
            byte before = Request[position];
            Request[position] = (byte)value;
            Assert.AreEqual(0, Responder.Reply(Request, Count, Reply, 0));
            Request[position] = before;
        }

        /// <summary>A station asks for an address and takes it.</summary>
        public void Take(int station, long nowMs)
        {
            Ask(station, Discover, None, None, None, nowMs);
            Ask(station, DhcpRequest, station + 1, ServersHost, None, nowMs);
        }

        /// <summary>A station sends a message; what it is answered, with the last byte of the address.</summary>
        public string Ask(int station, int type, int requested, int server, int current, long nowMs)
        {
            Build(station, type, requested, server, current);
            int size = Responder.Reply(Request, Count, Reply, nowMs);
            if (size == 0)
            {
                return "nothing";
            }

            int answer = Reply[Option(53)];
            return answer == 2 ? "offer " + Reply[19] : answer == 5 ? "ack " + Reply[19] : "nak";
        }

        /// <summary>Makes a message in <see cref="Request"/>.</summary>
        public void Build(int station, int type, int requested, int server, int current)
        {
            System.Array.Clear(Request, 0, Request.Length);
            Request[0] = 1;
            Request[1] = 1;
            Request[2] = 6;
            Request[4] = 0xAA;
            Request[10] = 0x80;
            Request[33] = (byte)station;
            WriteAddress(12, current);
            Request[236] = 99;
            Request[237] = 130;
            Request[238] = 83;
            Request[239] = 99;
            Request[240] = 53;
            Request[241] = 1;
            Request[242] = (byte)type;
            Count = 243;
            AddOption(50, requested);
            AddOption(54, server);
            Request[Count++] = 255;
        }

        private void AddOption(int code, int host)
        {
            if (host != None)
            {
                Request[Count++] = 0;
                Request[Count++] = (byte)code;
                Request[Count++] = 4;
                WriteAddress(Count, host);
                Count += 4;
            }
        }

        private void WriteAddress(int position, int host)
        {
            if (host != None)
            {
                Request[position] = 192;
                Request[position + 1] = 168;
                Request[position + 2] = 4;
                Request[position + 3] = (byte)host;
            }
        }

        /// <summary>Where the value of an option of the answer begins, or -1.</summary>
        public int Option(int code)
        {
            int position = 240;
            while (Reply[position] != 255)
            {
                if (Reply[position] == code)
                {
                    return position + 2;
                }

                position += 2 + Reply[position + 1];
            }

            return -1;
        }
    }
}
