using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>Takes what <see cref="LoadPublisher"/>s publish, in a durable Session, until its broker is gone.</summary>
    internal sealed class LoadSubscriber
    {
        private const int WaitMsMax = 30_000;

        private readonly bool _isV5;
        private readonly object _lock = new();
        private readonly Dictionary<string, List<int>> _taken = [];
        private List<int> _unreleased = [];
        private WireClient? _client;
        private Thread? _thread;
        private Exception? _failure;
        private bool _isSubscribed;

        /// <summary>Makes one that is not connected.</summary>
        internal LoadSubscriber(string name, bool isV5)
        {
            Name = name;
            _isV5 = isV5;
        }

        /// <summary>Its Client Identifier.</summary>
        internal string Name { get; }

        /// <summary>Connects, and subscribes if it never did.</summary>
        /// <returns>Whether the broker had its Session.</returns>
        internal bool Connect(int port)
        {
            _client = new WireClient(port, Name, isDurable: true, _isV5);
            _client.Remember(_unreleased);
            if (!_isSubscribed)
            {
                _isSubscribed = true;
                _client.Subscribe("load/#", 2);
            }

            return _client.IsSessionPresent;
        }

        /// <summary>Takes messages, on a thread of its own.</summary>
        internal void Start()
        {
            _thread = new Thread(Run);
            _thread.Start();
        }

        /// <summary>Waits for the end of its connection.</summary>
        internal void Join()
        {
            Assert.IsTrue(_thread!.Join(WaitMsMax), $"{Name} hangs");
            Assert.IsNull(_failure);
        }

        /// <summary>Ends the connection.</summary>
        internal void Disconnect()
        {
            if (_thread == null)
            {
                _client!.Disconnect();
            }

            _client!.Dispose();
            _thread?.Join();
        }

        /// <summary>Waits until it has the last message of each publisher.</summary>
        internal void WaitFor(IReadOnlyCollection<LoadPublisher> publishers)
        {
            lock (_lock)
            {
                while (!publishers.All(publisher => TakenOf(publisher.Topic).Contains(publisher.Count - 1)))
                {
                    Assert.IsNull(_failure);
                    Assert.IsTrue(Monitor.Wait(_lock, WaitMsMax), $"{Name} does not get the last message");
                }
            }
        }

        /// <summary>The numbers taken from a topic, in order.</summary>
        internal List<int> Taken(string topic)
        {
            lock (_lock)
            {
                return [.. TakenOf(topic)];
            }
        }

        private List<int> TakenOf(string topic)
        {
            if (!_taken.TryGetValue(topic, out List<int>? numbers))
            {
                numbers = [];
                _taken.Add(topic, numbers);
            }

            return numbers;
        }

        private void Run()
        {
            try
            {
                while (true)
                {
                    Take(_client!.ReceiveMessage());
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The broker was killed, or this is the end.
                _unreleased = [.. _client!.Unreleased];
            }
            catch (Exception failure)
            {
                lock (_lock)
                {
                    _failure = failure;
                    Monitor.PulseAll(_lock);
                }
            }
            finally
            {
                _client!.Dispose();
            }
        }

        private void Take(string message)
        {
            int space = message.IndexOf(' ', StringComparison.Ordinal);
            int number = int.Parse(message[(space + 1)..], CultureInfo.InvariantCulture);
            lock (_lock)
            {
                TakenOf(message[..space]).Add(number);
                Monitor.PulseAll(_lock);
            }
        }
    }
}
