using System;
using EdgeBroker.Desktop;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>A program that holds a folder, or can't: the second process of tests.</summary>
    public static class Program
    {
        /// <summary>Bytes of each append.</summary>
        public const int RecordSize = 100;

        /// <summary>The file that is appended to.</summary>
        public const int RecordFile = 100;

        /// <summary>Opens a folder and appends to a file until it is killed, with a line for each append that is durable.</summary>
        /// <returns>1 and a line that says why, if the folder can't be opened.</returns>
        public static int Main(string[] arguments)
        {
            try
            {
                using FileStorage storage = arguments[0] == "read"
                    ? FileStorage.OpenReadOnly(arguments[1])
                    : FileStorage.Open(arguments[1]);
                Console.WriteLine("opened");
                for (int i = 0; arguments[0] == "append" && storage.Append(RecordFile, Record(i), 0, RecordSize) == 0; i++)
                {
                    Console.WriteLine(i);
                }

                // Until the test closes it or kills the process.
                Console.In.ReadLine();
                return 0;
            }
            catch (StorageException error)
            {
                Console.WriteLine(error.Failure + " " + error.Message);
                return 1;
            }
        }

        /// <summary>What the append of a number appends.</summary>
        public static byte[] Record(int number)
        {
            byte[] record = new byte[RecordSize];
            for (int i = 0; i < RecordSize; i++)
            {
                record[i] = (byte)(number + i + 1);
            }

            return record;
        }
    }
}
