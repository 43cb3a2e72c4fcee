using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>
    /// Clients that mean harm, over real sockets, against a device's bounds: each is told why it has to go, two pairs that behave well
    /// lose nothing beside them, and the memory of the process stays within what is stated. Exact times are in the tests of the
    /// broker with virtual time.
    /// </summary>
    [TestClass]
    public sealed class HostileTests : IDisposable
    {
        // Stated in the design: with the bounds of a device, the runtime included.
        private const long ResidentBytesMax = 96 * 1024 * 1024;

        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgebroker-hostile-");

        [TestMethod]
        [DataRow("never reads", "closed", "DISCONNECT 0x97")]
        [DataRow("reads a byte now and then", "closed", "DISCONNECT 0x97")]
        [DataRow("never reads QoS 0", "stays", "stays")]
        [DataRow("stalls on all", "closed", "DISCONNECT 0x97")]
        [DataRow("half packets", "closed", "DISCONNECT 0x8D")]
        [DataRow("half a CONNECT", "closed", "closed")]
        [DataRow("QoS 2 without PUBREL", "closed", "DISCONNECT 0x93")]
        [DataRow("says nothing", "closed", "closed")]
        [DataRow("reconnects", "0x03", "0x9F")]
        [DataRow("opens every socket", "0x00", "0x00")]
        [DataRow("vanishes", "closed", "DISCONNECT 0x8D")]
        [DataRow("breaks", "", "")]
        public void EachIsToldAndOthersAreServed(string act, string told3, string told5)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32", "--data", _folder.FullName);
            using SteadyPair old = new(port, "old", isV5: false);
            using SteadyPair young = new(port, "young", isV5: true);
            Assert.AreEqual(told3, HostileActs.All[act](port, 4), broker.Error);
            Assert.AreEqual(told5, HostileActs.All[act](port, 5), broker.Error);
            Finish(broker, old, young);
        }

        [TestMethod]
        public void AllTogetherLeaveOthersAndMemoryAlone()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--profile", "esp32", "--data", _folder.FullName);
            using SteadyPair old = new(port, "old", isV5: false);
            using SteadyPair young = new(port, "young", isV5: true);
            List<Task> acts = [];
            foreach (KeyValuePair<string, Func<int, int, string>> act in HostileActs.All)
            {
                acts.Add(Task.Factory.StartNew(() => Repeat(act.Value, port), TaskCreationOptions.LongRunning));
            }

            Task.WaitAll([.. acts]);
            Finish(broker, old, young);

            // And then it is as if they had never been there.
            using BareClient late = ComeLate(port);
            late.Send(late.PublishPacket("late", 1, 1, 1));
            Assert.AreEqual(0x40, late.Receive().First);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _folder.Delete(recursive: true);
        }

        // Right after a storm of reconnects it may be told to try again; those who are served next are let in one by one.
        private static BareClient ComeLate(int port)
        {
            for (int tries = 0; tries < 10_000; tries++)
            {
                BareClient late = new(port, 5);
                if (late.Connect("late", 60) == 0)
                {
                    return late;
                }

                late.Dispose();
            }

            throw new AssertFailedException("never let in");
        }

        // There are not places for all of them: who gets none, or is cut short for another, has been answered as well.
        private static void Repeat(Func<int, int, string> act, int port)
        {
            for (int i = 0; i < 6; i++)
            {
                try
                {
                    act(port, 4 + (i % 2));
                }
                catch (Exception exception) when (exception is IOException or AssertFailedException)
                {
                    // Its own tests say what it is told when it is alone.
                }
            }
        }

        private static void Finish(RunningProgram broker, SteadyPair old, SteadyPair young)
        {
            old.Stop();
            young.Stop();
            long peak = broker.PeakResidentBytes;
            Console.WriteLine($"{old.Count} and {young.Count} messages of others, {peak} bytes resident");
            Assert.IsLessThan(ResidentBytesMax, peak, broker.Error);
        }
    }
}
