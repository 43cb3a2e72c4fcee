using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace EdgeBroker.DesktopProgram.Simulate.Reports
{
    /// <summary>Writes a report as NAME.json for programs and NAME.md for people.</summary>
    internal static class ReportWriter
    {
        /// <summary>Writes both files.</summary>
        /// <param name="name">Their path without the extension.</param>
        /// <param name="report">The report.</param>
        /// <exception cref="StartException">They can't be written.</exception>
        internal static void Write(string name, Report report)
        {
            try
            {
                File.WriteAllText(name + ".json", Json(report));
                File.WriteAllText(name + ".md", Markdown(report));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new StartException($"--report {name}: {exception.Message}");
            }
        }

        /// <summary>The report for programs.</summary>
        internal static string Json(Report report)
        {
            return JsonSerializer.Serialize(report, ReportJson.Default.Report) + "\n";
        }

        /// <summary>The report in a line.</summary>
        internal static string Summary(Report report)
        {
            string verdict = report.Kept ? "every promise was kept" : "a promise was broken";
            string forgotten = report.LossWindowSeconds == 0
                ? ""
                : $", {Number(report.Forgotten)} went with the power ({Permits(report.Mode, report.LossWindowSeconds)})";
            return $"{verdict}: {Number(report.Acknowledged)} acknowledged, {Number(report.Delivered)} delivered, "
                + $"{Number(report.Lost)} lost, {Number(report.Duplicated)} duplicated, {Number(report.Dropped)} dropped and reported, "
                + $"{report.Cuts} power cuts{forgotten}";
        }

        /// <summary>What a mode permits to lose by a power cut, in words; empty if nothing.</summary>
        /// <param name="mode">The mode.</param>
        /// <param name="windowS">See <see cref="Report.LossWindowSeconds"/>.</param>
        internal static string Permits(string mode, double windowS)
        {
            return windowS switch
            {
                0 => "",
                < 0 => $"mode {mode} promises nothing across a power cut",
                _ => string.Create(
                    CultureInfo.InvariantCulture, $"mode {mode} may lose what was acknowledged up to {windowS} s before a power cut"),
            };
        }

        /// <summary>The report for people.</summary>
        internal static string Markdown(Report report)
        {
            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"# {report.Scenario}, {Duration.Text((long)(report.VirtualSeconds * 1000))}\n\n");
            text.Append(report.Kept ? "Every promise was kept.\n" : "**A promise was broken.**\n");
            foreach (string failure in report.Failures)
            {
                text.Append("- ").Append(failure).Append('\n');
            }

            if (report.LossWindowSeconds != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nThe {Permits(report.Mode, report.LossWindowSeconds)}: ");
                text.Append(Number(report.Forgotten)).Append(" messages went so. They do not count as lost.\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"\n{report.Sensors} devices, profile {report.Profile}, mode {report.Mode}, ");
            text.Append(CultureInfo.InvariantCulture, $"seed {report.Seed}: the same command with this seed gives this report again.\n");
            Table(text, "Messages of QoS 1 and 2", Messages(report));
            Table(text, "Faults", report.Faults.Select(fault => (fault.Key, Number(fault.Value))));
            Table(text, "Dropped by the broker, of all QoS", report.Drops.Select(drop => (drop.Key, Number(drop.Value))));
            Table(text, "The gateway", Gateway(report));
            return text.ToString();
        }

        private static IEnumerable<(string Name, string Value)> Messages(Report report)
        {
            yield return ("published", Number(report.Published));
            yield return ("acknowledged", Number(report.Acknowledged));
            yield return ("refused", Number(report.Refused));
            yield return ("delivered", Number(report.Delivered));
            yield return ("delivered again at QoS 1", Number(report.Repeated));
            yield return ("lost", Number(report.Lost));
            yield return ("duplicated at QoS 2", Number(report.Duplicated));
            yield return ("other broken promises", Number(report.OtherBroken));
            yield return ("dropped and reported", Number(report.Dropped));
            yield return ("still owed at the end", Number(report.Owed));
            yield return ("gone with the power", Number(report.Forgotten));
            yield return ("published at QoS 0, besides", Number(report.PublishedAtQos0));
        }

        private static IEnumerable<(string Name, string Value)> Gateway(Report report)
        {
            yield return ("power cuts", $"{Number(report.Cuts)}, {Number(report.CutsInWrites)} of them in the middle of a write");
            yield return ("Clients at once, at the most", Number(report.ConnectedMax));
            yield return ("Sessions at once, at the most", Number(report.SessionsMax));
            yield return ("messages queued at once, at the most", Number(report.QueuedMax));
            yield return ("bytes of messages at once, at the most", Number(report.QueuedBytesMax));
            yield return ("heap by the device's model, at the most", $"{Number(report.HeapBytesMax)} of {Number(report.HeapBytes)} bytes");
            yield return ("requests refused", Number(report.RequestsRefused));
            yield return ("Clients sent away", Number(report.SentAway));
            yield return ("flash blocks erased", Number((long)report.FlashErases));
            yield return ("erases of the most worn block", Number((long)report.FlashMostWorn));
            yield return ("flash life at that rate", report.FlashErases == 0
                ? "no wear"
                : report.FlashLifeYears.ToString("N1", CultureInfo.InvariantCulture) + " years");
        }

        private static void Table(StringBuilder text, string title, IEnumerable<(string Name, string Value)> rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| {title} | |\n|---|---:|\n");
            foreach ((string name, string value) in rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
            }
        }

        private static string Number(long value)
        {
            return value.ToString("N0", CultureInfo.InvariantCulture);
        }
    }
}
