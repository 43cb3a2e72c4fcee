using System;
using System.IO;

namespace EdgeBroker.Esp32.Settings
{
    /// <summary>The file of settings on the device's flash.</summary>
    internal static class ConfigFile
    {
        /// <summary>Where it is.</summary>
        public const string Path = "I:\\edgebroker.json";

        /// <summary>The largest file that is read, in bytes.</summary>
        public const int SizeMax = 4096;

        /// <summary>Reads the file.</summary>
        /// <param name="log">Where it says what is wrong.</param>
        /// <returns>Its bytes, or null if there is none, or it can't be read.</returns>
        public static byte[] Read(ILog log)
        {
            FileStream file = null;
            try
            {
                if (!File.Exists(Path))
                {
                    log.Line("no " + Path + ": defaults are used");
                    return null;
                }

                file = new FileStream(Path, FileMode.Open, FileAccess.Read);
                if (file.Length > SizeMax)
                {
                    log.Line(Path + " is larger than " + SizeMax + " bytes; it is not used");
                    return null;
                }

                return ReadAll(file, (int)file.Length);
            }
            catch (Exception exception)
            {
                log.Line(Path + " can't be read (" + exception.GetType().FullName + "); it is not used");
                return null;
            }
            finally
            {
                if (file != null)
                {
                    file.Close();
                }
            }
        }

        private static byte[] ReadAll(FileStream file, int size)
        {
            byte[] text = new byte[size];
            int read = 0;
            while (read < size)
            {
                int count = file.Read(text, read, size - read);
                if (count <= 0)
                {
                    throw new IOException();
                }

                read += count;
            }

            return text;
        }
    }
}
