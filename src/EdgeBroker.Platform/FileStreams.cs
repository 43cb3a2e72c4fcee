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
