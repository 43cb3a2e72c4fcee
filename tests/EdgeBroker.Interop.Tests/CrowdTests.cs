using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// A device's bounds under a crowd, over real sockets. Every receive has a bound of its own, which is what fails if a Client
    /// is left hanging.
    /// </summary>
    [TestClass]
    public class CrowdTests
    {
        private const int Places = 12;
        private const int AnswerMsMax = 2000;
        private const byte ServerBusy = 0x89;
        private const byte ServerUnavailable = 3;

        [TestMethod]
        public void EveryoneOfTwoHundredIsAnsweredAndPlacesThatAreLeftAreGivenAgain()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32");
            List<Socket> accepted = [];
            List<Socket> all = [];
            for (int i = 0; i < 200; i++)
            {
                all.Add(Open(port));
            }

            for (int i = 0; i < all.Count; i++)
            {
                all[i].Send(Connect(i % 2 == 0 ? 5 : 4, $"c{i}"));
            }

            for (int i = 0; i < all.Count; i++)
            {
                byte code = Answer(all[i]);
                if (code == 0)
                {
                    accepted.Add(all[i]);
                }
                else
                {
                    Assert.AreEqual(i % 2 == 0 ? ServerBusy : ServerUnavailable, code, $"client {i}");
                    all[i].Dispose();
                }
            }

            Assert.HasCount(Places, accepted);
            for (int i = 0; i < Places / 2; i++)
            {
                accepted[i].Send(new byte[] { 0xE0, 0 });
                accepted[i].Dispose();
            }

            // The broker may see a newcomer before the end of one who left.
            for (int i = 0; i < Places / 2; i++)
            {
                Socket late = Open(port);
                late.Send(Connect(4, $"late{i}"));
                byte code = Answer(late);
                for (int again = 0; again < 50 && code != 0; again++)
                {
                    late.Dispose();
                    late = Open(port);
                    late.Send(Connect(4, $"late{i}"));
                    code = Answer(late);
                }

                Assert.AreEqual(0, code, $"late client {i}; {broker.Error}");
                accepted.Add(late);
            }

            using Socket more = Open(port);
            more.Send(Connect(5, "more"));
            Assert.AreEqual(ServerBusy, Answer(more));
            accepted.ForEach(socket => socket.Dispose());
        }

        // The old sockets stay open at this end, and nothing is read from or sent to them: as the broker sees it they are there.
        [TestMethod]
        public void ClientsThatVanishedAreServedWhenTheyComeBack()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32");
            List<Socket> vanished = [];
            List<Socket> back = [];
            for (int i = 0; i < Places; i++)
            {
                vanished.Add(Open(port));
                vanished[i].Send(Connect(5, $"c{i}"));
                Assert.AreEqual(0, Answer(vanished[i]));
            }

            for (int i = 0; i < Places; i++)
            {
                back.Add(Open(port));
                back[i].Send(Connect(5, $"c{i}"));
            }

            for (int i = 0; i < Places; i++)
            {
                Assert.AreEqual(0, Answer(back[i]), $"client {i}");
                back[i].Send(new byte[] { 0xC0, 0 });
                Assert.AreEqual(0xD0, ReceiveByte(back[i]));
            }

            vanished.ForEach(socket => socket.Dispose());
            back.ForEach(socket => socket.Dispose());
        }

        // All sockets are taken by who says nothing; those who speak are served.
        [TestMethod]
        public void SilentConnectionsKeepNobodyOut()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32");
            List<Socket> silent = [];
            for (int i = 0; i < 300; i++)
            {
                silent.Add(Open(port));
            }

            for (int i = 0; i < Places; i++)
            {
                Socket client = Open(port);
                client.Send(Connect(4, $"c{i}"));
                Assert.AreEqual(0, Answer(client), $"client {i}");
                silent.Add(client);
            }

            silent.ForEach(socket => socket.Dispose());
        }

        private static Socket Open(int port)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = AnswerMsMax };
            socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }

        private static byte[] Connect(int level, string name)
        {
            byte[] identifier = Encoding.ASCII.GetBytes(name);
            byte[] head = [0, 4, .. "MQTT"u8, (byte)level, 2, 0, 60];
            byte[] properties = level == 5 ? [0] : [];
            byte[] body = [.. head, .. properties, 0, (byte)identifier.Length, .. identifier];
            return [0x10, (byte)body.Length, .. body];
        }

        // The code of the CONNACK.
        private static byte Answer(Socket socket)
        {
            Assert.AreEqual(0x20, ReceiveByte(socket));
            int length = ReceiveByte(socket);
            byte code = 0;
            for (int i = 0; i < length; i++)
            {
                byte next = ReceiveByte(socket);
                code = i == 1 ? next : code;
            }

            return code;
        }

        private static byte ReceiveByte(Socket socket)
        {
            byte[] one = new byte[1];
            try
            {
                Assert.AreEqual(1, socket.Receive(one), "the stream ended without an answer");
            }
            catch (SocketException exception)
            {
                Assert.Fail("no answer: " + exception.SocketErrorCode);
            }

            return one[0];
        }
    }
}
