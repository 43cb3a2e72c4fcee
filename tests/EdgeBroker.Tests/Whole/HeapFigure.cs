namespace EdgeBroker.Tests.Whole
{
    /// <summary>What the model of a device's heap says; a test of it fails if this is not what it says.</summary>
    internal static class HeapFigure
    {
        /// <summary>
        /// The bytes of a broker with the state of <see cref="WholeBroker"/>, its store included. The goal is 40 KB at the most.
        /// 1,392 of them are put aside for when there is no other memory.
        /// </summary>
        public const int BytesMax = 40700;

        /// <summary>The bytes of a broker with 500 messages in the flash, that wait in queues, instead of 64.</summary>
        public const int ManyQueuedBytesMax = 50080;

        /// <summary>The bytes of the virtual flash at the most, while everything is sent through.</summary>
        public const int FlashBytesMax = 13300;
    }
}
