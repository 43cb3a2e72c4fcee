using EdgeBroker.Memory;

namespace EdgeBroker.Connections
{
    /// <summary>What all outboxes share.</summary>
    internal sealed class OutboxBounds
    {
        /// <summary>Where buffers come from.</summary>
        public readonly BufferPool Pool;

        /// <summary>The most bytes that an outbox can hold.</summary>
        public readonly int SizeMax;

        /// <summary>The most bytes that messages can fill it to.</summary>
        public readonly int MessageMax;

        /// <summary>Makes the bounds.</summary>
        /// <param name="pool">Where buffers come from.</param>
        /// <param name="sizeMax">The most bytes that an outbox can hold.</param>
        /// <param name="reserve">How many of them messages may not take.</param>
        public OutboxBounds(BufferPool pool, int sizeMax, int reserve)
        {
            Pool = pool;
            SizeMax = sizeMax;
            MessageMax = sizeMax - reserve;
        }
    }
}
