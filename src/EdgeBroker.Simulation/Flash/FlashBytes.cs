namespace EdgeBroker.Simulation.Flash
{
    /// <summary>Whole numbers in bytes, the lowest first.</summary>
    internal static class FlashBytes
    {
        public static int ReadInt(byte[] buffer, int offset)
        {
            return buffer[offset] | (buffer[offset + 1] << 8) | (buffer[offset + 2] << 16) | (buffer[offset + 3] << 24);
        }

        public static void WriteInt(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
            buffer[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>The next whole number of program units.</summary>
        public static int AlignUp(int size)
        {
            return (size + FlashDevice.ProgramUnit - 1) / FlashDevice.ProgramUnit * FlashDevice.ProgramUnit;
        }
    }
}
