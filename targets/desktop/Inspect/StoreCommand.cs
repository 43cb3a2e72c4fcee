using System;
using System.IO;
using EdgeBroker.Desktop;
using EdgeBroker.DesktopProgram.Simulate.Keeping;
using EdgeBroker.Simulation;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary><c>edgebroker store</c>: looks at the folder of a broker that does not run. Nothing in it is changed.</summary>
    internal static class StoreCommand
    {
        /// <summary><c>store inspect</c>: prints what is in the folder.</summary>
        /// <exception cref="UsageException">The folder can't be read, or is in use.</exception>
        internal static int Inspect(TextWriter output, string folder)
        {
            return Read(folder, (scan, findings) =>
            {
                new StoreReport(output).Write(folder, scan, findings);
                return ExitCode.Success;
            });
        }

        /// <summary><c>store check</c>: prints what is damaged, if anything.</summary>
        /// <returns><see cref="ExitCode.Success"/> if all is whole, else <see cref="ExitCode.Failure"/>.</returns>
        /// <exception cref="UsageException">The folder can't be read, or is in use.</exception>
        internal static int Check(TextWriter output, string folder)
        {
            return Read(folder, (scan, findings) =>
            {
                foreach (string damage in findings.Damage)
                {
                    output.WriteLine("damaged: " + damage);
                }

                if (findings.Damage.Count > 0)
                {
                    return ExitCode.Failure;
                }

                output.WriteLine($"whole: {scan.ItemCount} items in {scan.FrameCount} commits, all of them checked");
                StoreReport.WriteNotInUse(output, scan);
                return ExitCode.Success;
            });
        }

        private static int Read(string folder, Func<JournalScan, StoreFindings, int> write)
        {
            try
            {
                using FileStorage? files = FlashFolder.IsThere(folder) ? null : FileStorage.OpenReadOnly(folder);
                JournalScan scan = new(files ?? (IStorage)new FlashStorage(FlashFolder.Read(folder)));
                if (scan.Result == MountResult.Failed)
                {
                    throw new UsageException($"{folder} can't be read: the file system fails");
                }

                if (scan.IsEmpty)
                {
                    throw new UsageException($"there is no store in {folder}: check its name, or start the broker with it once");
                }

                return write(scan, new StoreFindings(scan));
            }
            catch (Exception exception) when (exception is StorageException or StartException)
            {
                throw new UsageException(exception.Message);
            }
        }
    }
}
