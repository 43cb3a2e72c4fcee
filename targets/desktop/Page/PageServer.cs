using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Serves the page, on this machine only. Nothing of the web server is loaded before one is made.</summary>
    internal sealed class PageServer : IDisposable
    {
        private const int ConnectionsMax = 64;
        private const int BodyBytesMax = 1024;

        private static readonly TimeSpan s_stopFor = TimeSpan.FromSeconds(1);

        private readonly WebApplication _application;

        private PageServer(WebApplication application)
        {
            _application = application;
            string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            Address = address;
        }

        /// <summary>Where the page is.</summary>
        internal string Address { get; }

        /// <summary>Starts to serve.</summary>
        /// <param name="port">The port; 0 = a free one.</param>
        /// <param name="feed">What to show.</param>
        /// <param name="fault">See <see cref="PageRequests"/>; null for a page that only shows.</param>
        /// <exception cref="StartException">The port can't be used.</exception>
        internal static PageServer Start(int port, PageFeed feed, Func<string, string?>? fault)
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
            builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
            {
                options.AddServerHeader = false;
                options.Limits.MaxConcurrentConnections = ConnectionsMax;
                options.Limits.MaxRequestBodySize = BodyBytesMax;
                options.Listen(IPAddress.Loopback, port);
            });
            WebApplication application = builder.Build();
            PageRequests requests = new(feed, new PageGuard(), fault);
            application.Run(requests.HandleAsync);
            try
            {
                application.StartAsync().GetAwaiter().GetResult();
            }
            catch (IOException exception)
            {
                ((IDisposable)application).Dispose();
                throw new StartException($"--page {port}: {exception.Message}");
            }

            return new PageServer(application);
        }

        /// <summary>Stops to serve.</summary>
        public void Dispose()
        {
            using CancellationTokenSource late = new(s_stopFor);
            _application.StopAsync(late.Token).GetAwaiter().GetResult();
            ((IDisposable)_application).Dispose();
        }
    }
}
