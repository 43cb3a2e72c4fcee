using System.Collections.Generic;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static Microsoft.Playwright.Assertions;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>The page in a real browser.</summary>
    [TestClass]
    public class BrowserTests
    {
        private const int WaitMsMax = 60_000;

        // Loads a chart's line, then waits until it is another one.
        private const string LineMoves =
            "() => { const line = document.querySelector('#charts path')?.getAttribute('d'); "
            + "window.first ??= line; return line && line !== window.first; }";

        [TestMethod]
        public async Task ASimulationLives()
        {
            await using Browser browser = await Browser.Open(null, "simulate", "--seed", "1");
            await Expect(browser.Page.GetByRole(AriaRole.Rowheader, new() { Name = "center" })).ToBeVisibleAsync(Slow());
            await Expect(browser.Page.Locator("#verdict-text")).ToContainTextAsync("Every promise was kept", new() { Timeout = WaitMsMax });
            await Expect(browser.Page.Locator("#log")).ToContainTextAsync("connected from the simulation", new() { Timeout = WaitMsMax });
            await browser.Page.WaitForFunctionAsync(LineMoves);
            browser.AssertNoComplaints();
        }

        [TestMethod]
        public async Task ButtonsBreakAndMend()
        {
            await using Browser browser = await Browser.Open(null, "simulate", "--seed", "1");
            ILocator power = browser.Page.Locator("#power");
            await Expect(power).ToHaveTextAsync("Power on", new() { Timeout = WaitMsMax });
            await Button(browser, "Cut the power").ClickAsync();
            await Expect(power).ToHaveTextAsync("No power", new() { Timeout = WaitMsMax });
            await Expect(browser.Page.Locator("#fault-answer")).ToContainTextAsync(
                new Regex("The power (is cut|goes)"), new() { Timeout = WaitMsMax });
            ILocator restore = Button(browser, "Restore the power");
            await Expect(restore).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = WaitMsMax });

            // By keyboard.
            await restore.FocusAsync();
            await browser.Page.Keyboard.PressAsync("Enter");
            await Expect(power).ToHaveTextAsync("Power on", new() { Timeout = WaitMsMax });
            ILocator figures = browser.Page.Locator("#verdict-figures");
            await Expect(figures).ToContainTextAsync(new Regex("Power cuts\\s*1"), new() { Timeout = WaitMsMax });
            browser.AssertNoComplaints();
        }

        [TestMethod]
        public async Task TheBrokersOwnPageOnlyShows()
        {
            await using Browser browser = await Browser.Open(null, "run");
            await Expect(browser.Page.Locator("#what")).ToContainTextAsync("Broker, profile desktop", new() { Timeout = WaitMsMax });
            await Expect(browser.Page.Locator("#faults")).ToBeHiddenAsync();
            await Expect(browser.Page.Locator("#verdict")).ToBeHiddenAsync();
            string? token = await browser.Page.Locator("meta[name=token]").GetAttributeAsync("content");
            IAPIResponse response = await browser.Page.APIRequest.PostAsync(
                browser.Address + "/api/faults/cut-power",
                new() { Headers = new Dictionary<string, string> { ["X-EdgeBroker-Token"] = token! } });
            Assert.AreEqual(403, response.Status);
            browser.AssertNoComplaints();
        }

        [TestMethod]
        public async Task AnotherSiteCanDoNothing()
        {
            await using Browser browser = await Browser.Open(null, "simulate", "--seed", "1");
            IAPIRequestContext request = browser.Page.APIRequest;
            string fault = browser.Address + "/api/faults/cut-power";
            Assert.AreEqual(403, (await request.PostAsync(fault)).Status);
            Assert.AreEqual(403, (await request.PostAsync(fault, With("X-EdgeBroker-Token", "00"))).Status);
            Assert.AreEqual(403, (await request.GetAsync(browser.Address + "/api/state", With("Origin", "http://evil.example"))).Status);
            Assert.AreEqual(403, (await request.GetAsync(browser.Address + "/", With("Host", "evil.example"))).Status);
            Assert.AreEqual(405, (await request.DeleteAsync(browser.Address + "/")).Status);
            Assert.AreEqual(404, (await request.GetAsync(browser.Address + "/../appsettings.json")).Status);
        }

        [TestMethod]
        [DataRow(ColorScheme.Light, "rgb(244, 246, 247)")]
        [DataRow(ColorScheme.Dark, "rgb(16, 22, 27)")]
        public async Task ItFitsAPhoneByDayAndNight(ColorScheme scheme, string background)
        {
            BrowserNewPageOptions phone = new()
            {
                ViewportSize = new ViewportSize { Width = 360, Height = 740 },
                ColorScheme = scheme,
                ReducedMotion = ReducedMotion.Reduce,
            };
            await using Browser browser = await Browser.Open(phone, "simulate", "--seed", "1");
            await Expect(browser.Page.GetByRole(AriaRole.Rowheader, new() { Name = "center" })).ToBeVisibleAsync(Slow());
            await browser.Page.WaitForFunctionAsync("() => document.querySelectorAll('#charts svg[role=img]').length >= 8");
            Assert.AreEqual(360, await browser.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            Assert.AreEqual(background, await browser.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        }

        [TestMethod]
        public async Task EverythingHasAName()
        {
            await using Browser browser = await Browser.Open(null, "simulate", "--seed", "1");
            await browser.Page.WaitForFunctionAsync("() => document.querySelectorAll('#charts svg[role=img][aria-label]').length >= 8");
            int unnamed = await browser.Page.EvaluateAsync<int>(
                "() => [...document.querySelectorAll('svg[role=img], button, section')].filter(e => "
                + "!e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby') && !e.textContent.trim()).length");
            Assert.AreEqual(0, unnamed);
            ILocator chart = browser.Page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("Messages per second: in [0-9.]+, out") });
            await Expect(chart).ToBeVisibleAsync(Slow());
        }

        private static ILocator Button(Browser browser, string name)
        {
            return browser.Page.GetByRole(AriaRole.Button, new() { Name = name });
        }

        private static APIRequestContextOptions With(string header, string value)
        {
            return new() { Headers = new Dictionary<string, string> { [header] = value } };
        }

        private static LocatorAssertionsToBeVisibleOptions Slow()
        {
            return new() { Timeout = WaitMsMax };
        }
    }
}
