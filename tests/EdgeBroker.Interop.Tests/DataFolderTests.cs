using System;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Interop.Tests
{
    /// <summary>What <c>--data</c> and <c>--mode</c> do and say.</summary>
    [TestClass]
    public sealed class DataFolderTests : IDisposable
    {
        private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("edgebroker-data-");
        private readonly string _folder;

        public DataFolderTests()
        {
            _folder = Path.Combine(_parent.FullName, "to", "data");
        }

        [TestMethod]
        [DataRow("safe")]
        [DataRow("relaxed", "--mode", "relaxed")]
        [DataRow("relaxed", "--set", "mode=relaxed")]
        [DataRow("safe", "--set", "mode=memory", "--mode", "safe")]
        public void FolderIsMadeAndTheModeSaid(string mode, params string[] arguments)
        {
            using RunningProgram broker = BrokerProgram.StartServing(out _, ["--data", _folder, .. arguments]);
            broker.WaitForOutput($"mode {mode}: what has to survive a restart is kept in {_folder}");
            broker.WaitForError("store read in ");
            StringAssert.EndsWith(broker.WaitForError(" ms: "), "0 Sessions, 0 queued messages, 0 retained messages");
            Assert.IsTrue(Directory.Exists(_folder));
        }

        [TestMethod]
        public void ModeMemorySaysThatTheFolderIsNotUsed()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out _, "--data", _folder, "--mode", "memory");
            broker.WaitForOutput($"mode memory: nothing survives a restart, and {_folder} is not used");
            Assert.IsFalse(Directory.Exists(_folder));
        }

        [TestMethod]
        public void SecondProcessIsRefusedAndTheFirstServesOn()
        {
            using RunningProgram broker = BrokerProgram.StartServing(out int port, "--data", _folder);
            using RunningProgram second = BrokerProgram.Start("run", "--port", "0", "--data", _folder);
            Assert.AreEqual(1, second.WaitForExit());
            StringAssert.StartsWith(second.Error, $"edgebroker: --data: {_folder} is in use by process ");
            Assert.AreEqual(1, second.Error.Split('\n').Length, second.Error);
            Assert.AreEqual("", second.Output);
            using WireClient client = new(port, "c", isDurable: false);
        }

        [TestMethod]
        public void FileIsRefused()
        {
            string file = typeof(DataFolderTests).Assembly.Location;
            using RunningProgram broker = BrokerProgram.Start("--port", "0", "--data", file);
            Assert.AreEqual(1, broker.WaitForExit());
            Assert.AreEqual($"edgebroker: --data: {file} is a file: name a folder", broker.Error);
        }

        [TestMethod]
        public void FilesOfAnotherFormatAreSetAsideAloud()
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllText(Path.Combine(_folder, "format"), "of another time");
            using RunningProgram broker = BrokerProgram.StartServing(out _, "--data", _folder);
            broker.WaitForError(" error the folder held files of another format: they are set aside in it");
            string aside = Path.Combine(_folder, "set-aside-1", "format");
            Assert.AreEqual("of another time", File.ReadAllText(aside));
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
        public void TerminateKeepsEverythingAndLetsGoOfTheFolder()
        {
            using (RunningProgram broker = BrokerProgram.StartServing(out int port, "--data", _folder))
            {
                Fill(port);
                broker.Terminate();
                Assert.AreEqual(0, broker.WaitForExit(), broker.Error);
            }

            using RunningProgram again = BrokerProgram.StartServing(out int newPort, "--data", _folder);
            StringAssert.EndsWith(again.WaitForError(" ms: "), "1 Session, 3 queued messages, 1 retained message");
            using WireClient subscriber = new(newPort, "away", isDurable: true);
            Assert.IsTrue(subscriber.IsSessionPresent);
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual($"a/b {i}", subscriber.ReceiveMessage());
            }
        }

        [TestMethod]
        [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
        public void DamageIsSaidAloudAndTheSessionIsNotPretended()
        {
            using (RunningProgram broker = BrokerProgram.StartServing(out int port, "--data", _folder))
            {
                Fill(port);
                broker.Crash();
                broker.WaitForExit();
            }

            string segment = Directory.EnumerateFiles(_folder, "segment-*").Order().First();
            byte[] bytes = File.ReadAllBytes(segment);
            int place = bytes.AsSpan().IndexOf("a/b"u8);
            bytes[place] ^= 1;
            File.WriteAllBytes(segment, bytes);
            using (RunningProgram again = BrokerProgram.StartServing(out int newPort, "--data", _folder))
            {
                again.WaitForError(" error the store is damaged: 1 Session lost");
                using WireClient subscriber = new(newPort, "away", isDurable: true);
                Assert.IsFalse(subscriber.IsSessionPresent);
            }

            using RunningProgram third = BrokerProgram.StartServing(out int _, "--data", _folder);
            third.WaitForError(" warning the store is damaged: commits are missing");
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _parent.Delete(recursive: true);
        }

        // A Session that is away, with three messages, of which the last is retained.
        private static void Fill(int port)
        {
            using (WireClient subscriber = new(port, "away", isDurable: true))
            {
                subscriber.Subscribe("a/#", 1);
                subscriber.Disconnect();
            }

            using WireClient publisher = new(port, "publisher", isDurable: false);
            for (int i = 0; i < 3; i++)
            {
                publisher.Publish("a/b", $"{i}", 1, isRetained: i == 2);
            }
        }
    }
}
