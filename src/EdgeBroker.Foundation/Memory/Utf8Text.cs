using System;
using System.Text;
using EdgeBroker.Store;

namespace EdgeBroker.Memory
{
    /// <summary>Texts as bytes.</summary>
    internal static class Utf8Text
    {
        /// <summary>The bytes of a text.</summary>
        public static byte[] Of(string text)
        {
            try
            {
                return Encoding.UTF8.GetBytes(text);
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return Encoding.UTF8.GetBytes(text);
            }
        }

        /// <summary>The digits of a number.</summary>
        public static byte[] Of(int number)
        {
            try
            {
                return Encoding.UTF8.GetBytes(number.ToString());
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return Encoding.UTF8.GetBytes(number.ToString());
            }
        }
    }
}
