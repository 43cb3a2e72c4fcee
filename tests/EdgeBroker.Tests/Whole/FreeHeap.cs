using System;

namespace EdgeBroker.Tests.Whole
{
    /// <summary>The heap of the machine that the test runs on.</summary>
    internal static class FreeHeap
    {
        /// <summary>The bytes that are free after a collection; 0 on a desktop, where there is no such figure.</summary>
        public static int Bytes()
        {
#if NANOFRAMEWORK_1_0
            return (int)nanoFramework.Runtime.Native.GC.Run(true);
#else
            return 0;
#endif
        }

        /// <summary>Prints a figure.</summary>
        public static void Print(string what, int bytes)
        {
            Console.WriteLine(what + ": " + bytes.ToString());
        }
    }
}
