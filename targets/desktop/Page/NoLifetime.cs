using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Leaves the signals to the program: the web server would take Ctrl-C for itself.</summary>
    internal sealed class NoLifetime : IHostLifetime
    {
        /// <inheritdoc/>
        public Task WaitForStartAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        /// <inheritdoc/>
        public Task StopAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }
    }
}
