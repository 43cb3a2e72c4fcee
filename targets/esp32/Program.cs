using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Esp32
{
    /// <summary>Where the device starts.</summary>
    public static class Program
    {
        // Long enough to reach the device with the tools of the development machine before it starts over.
        private const int RebootPauseMs = 10000;

        /// <summary>Runs the broker, and reboots the device when it can't go on.</summary>
        public static void Main()
        {
            try
            {
                new Application(new ConsoleLog()).Run();
            }
            catch (Exception exception)
            {
                // What Main throws would end this thread, and leave a device that is on and does nothing.
                Console.WriteLine("stopped by " + exception.GetType().FullName);
            }

            Console.WriteLine("reboot in " + RebootPauseMs / 1000 + " s");
            Thread.Sleep(RebootPauseMs);
            Power.RebootDevice();
        }
    }
}
