namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>The highest figures of a run.</summary>
    internal sealed class Peaks
    {
        /// <summary>Heap in use, by the device's model, in bytes.</summary>
        internal long Heap { get; private set; }

        /// <summary>Bytes of messages kept.</summary>
        internal long QueuedBytes { get; private set; }

        /// <summary>Messages in queues.</summary>
        internal int Queued { get; private set; }

        /// <summary>Clients connected.</summary>
        internal int Connected { get; private set; }

        /// <summary>Sessions.</summary>
        internal int Sessions { get; private set; }

        /// <summary>Looks at a gateway, whose heap was measured.</summary>
        internal void Note(Gateway gateway)
        {
            Heap = long.Max(Heap, gateway.Heap.Used);
            if (gateway.Broker is { } broker)
            {
                QueuedBytes = long.Max(QueuedBytes, broker.QueuedBytes);
                Queued = int.Max(Queued, broker.QueuedCount);
                Connected = int.Max(Connected, broker.ConnectedCount);
                Sessions = int.Max(Sessions, broker.SessionCount);
            }
        }
    }
}
