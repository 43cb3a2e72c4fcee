namespace EdgeBroker.Simulation.Flash
{
    /// <summary>Hears what changes on a <see cref="FlashDevice"/>.</summary>
    public interface IFlashWatch
    {
        /// <summary>Bytes of a block are programmed, erased or flipped, or a part of them; an erase adds to the wear as well.</summary>
        /// <param name="device">The device, which has the new content: <see cref="FlashDevice.CopyTo"/>.</param>
        /// <param name="block">The block.</param>
        /// <param name="position">Where in it.</param>
        /// <param name="count">How many bytes.</param>
        void Changed(FlashDevice device, int block, int position, int count);
    }
}
