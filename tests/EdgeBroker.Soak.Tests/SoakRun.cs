using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Soak.Tests
{
    /// <summary>One soak, to be run in a copy of the product whose memory can run out, or that was sabotaged.</summary>
    public sealed class SoakRun
    {
        /// <summary>Runs it, and prints what happened in it.</summary>
        /// <param name="seed">What everything follows from.</param>
        /// <param name="clients">How many Clients there are.</param>
        /// <param name="seconds">How long the pressure lasts, in virtual time.</param>
        public void Check(int seed, int clients, int seconds)
        {
            Soak soak = new(seed, clients);
            string? failure = soak.Run(seconds);
            Console.WriteLine($"SOAK \"{seed} {clients} {seconds}\"");
            Console.WriteLine(soak.Report);
            if (failure != null)
            {
                throw new AssertFailedException($"SOAK \"{seed} {clients} {seconds}\" {failure}");
            }
        }
    }
}
