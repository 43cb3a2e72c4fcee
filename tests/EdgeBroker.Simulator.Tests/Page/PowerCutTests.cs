using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using EdgeBroker.Interop.Tests;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static Microsoft.Playwright.Assertions;

namespace EdgeBroker.Simulator.Tests.Page
{
    /// <summary>What the README tells newcomers to try: real Clients, and the button that cuts the power.</summary>
    [TestClass]
    public class PowerCutTests
    {
        private const int WaitMsMax = 60_000;
        private const int Cuts = 3;
        private const int BetweenCuts = 8;

        // Each is a process of its own. Refused are those that come while there is no power.
        private const int TriesMax = 400;

        [TestMethod]
        public async Task WhatARealPublisherIsAcknowledgedReachesARealSubscriberThatWasAway()
        {
            await using Browser browser = await Browser.Open(null, "simulate", "--seed", "3");
            string port = BrokerProgram.PortOf(browser.Program.WaitForOutput("listening on ")).ToString(CultureInfo.InvariantCulture);

            // For some seconds all places are taken: it is told to come later.
            int tries = 0;
            while (!Mosquitto("mosquitto_sub", port, "-c", "-i", "display", "-t", "alarms", "-q", "1", "-E"))
            {
                tries++;
                Assert.IsLessThan(TriesMax, tries, "never let in");
            }


            List<string> acknowledged = [];
            int number = 0;
            for (int cut = 0; cut < Cuts; cut++)
            {
                Publish(port, acknowledged, ref number);
                await Press(browser, "Cut the power", "No power", () => Publish(port, acknowledged, ref number, 1));
                await Press(browser, "Restore the power", "Power on", () => { });
            }

            Publish(port, acknowledged, ref number);
            Assert.IsGreaterThanOrEqualTo((Cuts + 1) * BetweenCuts, acknowledged.Count);
            using RunningProgram display = ClientPrograms.StartMosquitto(
                "mosquitto_sub", "-h", "127.0.0.1", "-p", port, "-c", "-i", "display", "-t", "alarms", "-q", "1", "-W", "5");
            display.WaitForExit();
            string[] received = [.. display.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()];

            // One more may come: that whose acknowledgement was cut off.
            CollectionAssert.IsSubsetOf(acknowledged, received, string.Join(' ', received));
            CollectionAssert.AreEqual(received.OrderBy(int.Parse).ToArray(), received);
            await Expect(browser.Page.Locator("#verdict-text")).ToContainTextAsync(
                "Every promise was kept", new() { Timeout = WaitMsMax });
            browser.AssertNoComplaints();
        }

        private static async Task Press(Browser browser, string button, string power, Action meanwhile)
        {
            await browser.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
            meanwhile();
            await Expect(browser.Page.Locator("#power")).ToHaveTextAsync(power, new() { Timeout = WaitMsMax });
        }

        // Publishes until so many are acknowledged.
        private static void Publish(string port, List<string> acknowledged, ref int number)
        {
            int before = acknowledged.Count;
            for (int i = 0; i < TriesMax && acknowledged.Count < before + BetweenCuts; i++)
            {
                Publish(port, acknowledged, ref number, 1);
            }
        }

        private static void Publish(string port, List<string> acknowledged, ref int number, int count)
        {
            for (int i = 0; i < count; i++)
            {
                number++;
                string text = number.ToString(CultureInfo.InvariantCulture);
                if (Mosquitto("mosquitto_pub", port, "-i", "window", "-t", "alarms", "-q", "1", "-m", text))
                {
                    acknowledged.Add(text);
                }
            }
        }

        private static bool Mosquitto(string name, string port, params string[] arguments)
        {
            using RunningProgram client = ClientPrograms.StartMosquitto(name, ["-h", "127.0.0.1", "-p", port, .. arguments]);
            return client.WaitForExit() == 0;
        }
    }
}
