using System;
using System.Diagnostics;
using System.IO;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Storage.Tests
{
    /// <summary>Another process with a folder, see <see cref="Program"/>.</summary>
    internal sealed class SecondProcess : IDisposable
    {
        private readonly Process _process;

        /// <summary>Starts it.</summary>
        /// <param name="what">hold, read or append.</param>
        /// <param name="folder">The folder.</param>
        public SecondProcess(string what, string folder)
        {
            string name = "EdgeBroker.Storage.Tests" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty);
            ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, name), [what, folder])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true,
            };
            _process = Process.Start(start)!;
        }

        /// <summary>Its process id.</summary>
        public int Id => _process.Id;

        /// <summary>Reads its next line.</summary>
        public string? ReadLine()
        {
            return _process.StandardOutput.ReadLine();
        }

        /// <summary>Reads the first line, which has to say that it has the folder.</summary>
        public SecondProcess Opened()
        {
            Assert.AreEqual("opened", ReadLine());
            return this;
        }

        /// <summary>Kills it, without any chance to tidy up.</summary>
        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Kill();
            _process.Dispose();
        }
    }
}
