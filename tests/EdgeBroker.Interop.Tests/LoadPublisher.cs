using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// Publishes numbers from 0 on, a few at once, until its broker is gone or it is asked to stop. On a new connection it goes on
    /// with what was not acknowledged, as MQTT has it: the same Packet Identifiers, PUBREL for what was received.
    /// </summary>
    internal sealed class LoadPublisher
    {
        private const int Window = 8;
        private const int WaitMsMax = 30_000;

        private static readonly object s_finished = new();

        private readonly string _name;
        private readonly bool _isV5;
        private readonly List<(int Number, int Identifier)> _unreceived = [];
        private readonly List<int> _unreleased = [];
        private Thread? _thread;
        private Exception? _failure;
        private int _lastIdentifier;
        private int _finishedCount;
        private volatile bool _isStopping;

        /// <summary>Makes one that is not connected.</summary>
        internal LoadPublisher(string name, int qos, bool isV5)
        {
            _name = name;
            QoS = qos;
            _isV5 = isV5;
        }

        /// <summary>What it publishes at.</summary>
        internal int QoS { get; }

        /// <summary>What it publishes to.</summary>
        internal string Topic => "load/" + _name;

        /// <summary>How many messages it has published.</summary>
        internal int Count { get; private set; }

        /// <summary>How many of them are acknowledged.</summary>
        internal int FinishedCount => Volatile.Read(ref _finishedCount);

        /// <summary>Waits until so many messages of all publishers are acknowledged.</summary>
        internal static void WaitFor(LoadPublisher[] publishers, int count)
        {
            lock (s_finished)
            {
                while (true)
                {
                    int sum = 0;
                    foreach (LoadPublisher publisher in publishers)
                    {
                        Assert.IsNull(publisher._failure);
                        sum += publisher.FinishedCount;
                    }

                    if (sum >= count)
                    {
                        return;
                    }

                    Assert.IsTrue(Monitor.Wait(s_finished, WaitMsMax), $"only {sum} of {count} are acknowledged");
                }
            }
        }

        /// <summary>Connects and publishes, on a thread of its own.</summary>
        internal void Start(int port)
        {
            _thread = new Thread(() => Run(port));
            _thread.Start();
        }

        /// <summary>Asks it to end when all that it has begun is acknowledged.</summary>
        internal void RequestStop()
        {
            _isStopping = true;
        }

        /// <summary>Waits for its end.</summary>
        internal void Join()
        {
            Assert.IsTrue(_thread!.Join(WaitMsMax), $"{_name} hangs");
            Assert.IsNull(_failure);
        }

        private void Run(int port)
        {
            try
            {
                using WireClient client = new(port, _name, isDurable: true, _isV5);
                Assert.AreEqual(Count > 0, client.IsSessionPresent, "Session Present");
                Resume(client);
                while (!_isStopping)
                {
                    for (int i = 0; i < Window; i++)
                    {
                        _lastIdentifier = _lastIdentifier % 1000 + 1;
                        _unreceived.Add((Count++, _lastIdentifier));
                        Send(client, _unreceived[^1], isAgain: false);
                    }

                    Finish(client);
                }

                client.Disconnect();
            }
            catch (IOException)
            {
                // The broker was killed.
            }
            catch (Exception failure)
            {
                lock (s_finished)
                {
                    _failure = failure;
                    Monitor.PulseAll(s_finished);
                }
            }
        }

        private void Resume(WireClient client)
        {
            foreach ((int Number, int Identifier) message in _unreceived)
            {
                Send(client, message, isAgain: true);
            }

            Finish(client);
        }

        private void Send(WireClient client, (int Number, int Identifier) message, bool isAgain)
        {
            string text = message.Number.ToString(CultureInfo.InvariantCulture);
            client.SendPublish(Topic, text, QoS, message.Identifier, isRetained: false, isAgain);
        }

        private void Finish(WireClient client)
        {
            while (_unreceived.Count > 0)
            {
                int identifier = _unreceived[0].Identifier;
                int code = QoS == 1 ? client.Finish(1, identifier) : client.WaitForPubRec(identifier);
                Assert.AreEqual(0, code, "Reason Code");
                _unreceived.RemoveAt(0);
                if (QoS == 2)
                {
                    _unreleased.Add(identifier);
                }
                else
                {
                    Note();
                }
            }

            while (_unreleased.Count > 0)
            {
                client.Release(_unreleased[0]);
                _unreleased.RemoveAt(0);
                Note();
            }
        }

        private void Note()
        {
            lock (s_finished)
            {
                _finishedCount++;
                Monitor.PulseAll(s_finished);
            }
        }
    }
}
