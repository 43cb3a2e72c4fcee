using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading.Tasks;
using EdgeBroker.Interop.Tests;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>
    /// A page of the program in the machine's own Chromium. Where there is none a test is inconclusive, unless
    /// EDGEBROKER_REQUIRE_CLIENTS is 1: then it fails.
    /// </summary>
    internal sealed class Browser : IAsyncDisposable
    {
        private const string PageOn = "page on ";
        private const float WaitMsMax = 60_000;

        private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

        private readonly RunningProgram _program;
        private readonly IPlaywright _playwright;
        private readonly IBrowser _browser;
        private readonly ConcurrentQueue<string> _complaints = new();

        private Browser(RunningProgram program, IPlaywright playwright, IBrowser browser, IPage page, string address)
        {
            _program = program;
            _playwright = playwright;
            _browser = browser;
            Page = page;
            Address = address;
            page.Console += (_, message) => Complain(message.Type == "error", "console: " + message.Text);
            page.PageError += (_, error) => Complain(true, "error: " + error);
            page.Request += (_, request) => Complain(
                !request.Url.StartsWith(address, StringComparison.Ordinal), "asked elsewhere: " + request.Url);
        }

        /// <summary>The page.</summary>
        internal IPage Page { get; }

        /// <summary>Where it is.</summary>
        internal string Address { get; }

        /// <summary>The program.</summary>
        internal RunningProgram Program => _program;

        /// <summary>Starts the program and opens its page.</summary>
        /// <param name="options">How the browser looks, or null.</param>
        /// <param name="arguments">The program's command line; free ports are added.</param>
        internal static async Task<Browser> Open(BrowserNewPageOptions? options, params string[] arguments)
        {
            string executable = Find();
            RunningProgram program = BrokerProgram.Start([.. arguments, "--port", "0", "--page", "0"]);
            try
            {
                string address = program.WaitForOutput(PageOn)[PageOn.Length..];
                IPlaywright playwright = await Playwright.CreateAsync();
                IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
                {
                    ExecutablePath = executable,
                    Args = ["--no-sandbox", "--disable-gpu"],
                });
                IPage page = await browser.NewPageAsync(options);
                page.SetDefaultTimeout(WaitMsMax);
                Browser opened = new(program, playwright, browser, page, address);
                await page.GotoAsync(address);
                return opened;
            }
            catch
            {
                program.Dispose();
                throw;
            }
        }

        /// <summary>Fails if the page wrote an error to its console, threw one, or asked any other machine for anything.</summary>
        internal void AssertNoComplaints()
        {
            Assert.IsEmpty(_complaints, string.Join('\n', _complaints));
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
            _program.Dispose();
        }

        private static string Find()
        {
            foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            {
                foreach (string name in s_names)
                {
                    string path = Path.Combine(folder, name);
                    if (File.Exists(path))
                    {
                        return path;
                    }
                }
            }

            if (Environment.GetEnvironmentVariable("EDGEBROKER_REQUIRE_CLIENTS") == "1")
            {
                Assert.Fail("Chromium is not installed, and EDGEBROKER_REQUIRE_CLIENTS asks for it");
            }

            Assert.Inconclusive("Chromium is not installed");
            throw new InvalidOperationException();
        }

        private void Complain(bool isComplaint, string text)
        {
            if (isComplaint)
            {
                _complaints.Enqueue(text);
            }
        }
    }
}
