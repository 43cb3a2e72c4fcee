using System;
using System.IO;

namespace EdgeBroker.Platform
{
    /// <summary>What is done with streams of files besides what they can do.</summary>
    internal static class FileStreams
    {
        /// <summary>Reads so many bytes, from where the stream stands.</summary>
        /// <returns>Whether there were as many.</returns>
        public static bool ReadAll(FileStream stream, byte[] buffer, int offset, int count)
        {
            while (count > 0)
            {
                int read = stream.Read(buffer, offset, count);
                if (read <= 0)
                {
                    return false;
                }

                offset += read;
                count -= read;
            }

            return true;
        }

        /// <summary>The bytes of a file.</summary>
        public static int Measure(string path)
        {
            FileStream stream = null;
            try
            {
                stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                return (int)stream.Length;
            }
            finally
            {
                Abandon(stream);
            }
        }

        /// <summary>Closes what was written, which is what makes it durable.</summary>
        /// <param name="stream">The file.</param>
        /// <param name="size">How long it has to be.</param>
        /// <returns>Whether it is durable.</returns>
        public static bool Complete(FileStream stream, int size)
        {
            try
            {
                // Of a write that failed, and of which the firmware said nothing, closing says nothing either: littlefs keeps the old
                // content then. But the length is not what it should be.
                bool isWhole = stream.Length == size;
                stream.Close();
                return isWhole;
            }
            catch (Exception)
            {
                Abandon(stream);
                return false;
            }
        }

        /// <summary>Closes what is read, or has failed: what closing says is of no interest.</summary>
        public static void Abandon(FileStream stream)
        {
            try
            {
                if (stream != null)
                {
                    stream.Close();
                }
            }
            catch (Exception)
            {
                return;
            }
        }
    }
}
