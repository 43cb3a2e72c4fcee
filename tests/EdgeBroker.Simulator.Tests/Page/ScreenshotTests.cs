using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>The picture in the README. With EDGEBROKER_UPDATE=1 it is taken anew.</summary>
    [TestClass]
    public class ScreenshotTests
    {
        private const int BytesMax = 200_000;
        private const int PointsMin = 40;

        [TestMethod]
        public async Task ThePictureIsThere()
        {
            string path = Path.Combine(Root.Path, "targets", "desktop", "Page", "screenshot.png");
            if (Environment.GetEnvironmentVariable("EDGEBROKER_UPDATE") == "1")
            {
                await Take(path);
            }

            Assert.IsTrue(File.Exists(path), "run the tests with EDGEBROKER_UPDATE=1");
            Assert.IsLessThan(BytesMax, new FileInfo(path).Length);
            StringAssert.Contains(File.ReadAllText(Path.Combine(Root.Path, "README.md")), "(targets/desktop/Page/screenshot.png)");
        }

        private static async Task Take(string path)
        {
            BrowserNewPageOptions options = new() { ViewportSize = new ViewportSize { Width = 1180, Height = 1060 } };
            await using Browser browser = await Browser.Open(
                options, "simulate", "--scenario", "rough", "--seed", "11", "--speed", "12");
            await browser.Page.WaitForFunctionAsync(
                $"() => document.querySelector('#charts path')?.getAttribute('d').split('L').length > {PointsMin}");
            await browser.Page.ScreenshotAsync(new() { Path = path });
        }
    }
}
