using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeBroker.Desktop;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>Prints what is in a store, for people.</summary>
    internal sealed class StoreReport
    {
        private readonly TextWriter _output;

        /// <summary>Makes it.</summary>
        internal StoreReport(TextWriter output)
        {
            _output = output;
        }

        /// <summary>Prints everything.</summary>
        internal void Write(string folder, JournalScan scan, StoreFindings findings)
        {
            WriteFigures(scan);
            WriteTable("Sessions", SessionRows(findings, scan.LastStamp));
            WriteTable("subscriptions", SubscriptionRows(findings));
            WriteTable("retained messages", RetainedRows(findings));
            WriteTable("segments", SegmentRows(scan));
            _output.WriteLine();
            foreach (string path in Directory.EnumerateDirectories(folder).Order())
            {
                _output.WriteLine("set aside: " + Path.GetFileName(path));
            }

            _output.WriteLine(findings.Damage.Count == 0 ? "damage: none" : "damage:");
            foreach (string damage in findings.Damage)
            {
                _output.WriteLine("  " + damage);
            }
        }

        /// <summary>Prints how many bytes are no commits, if any. A last commit that is damaged looks like one that was torn.</summary>
        internal static void WriteNotInUse(TextWriter output, JournalScan scan)
        {
            if (scan.BytesPassedOver > 0)
            {
                output.WriteLine($"not in use: {Number(scan.BytesPassedOver)} bytes that a stop without notice has left");
            }
        }

        private static string Number(double value, string format = "N0")
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }

        private static List<string[]> SessionRows(StoreFindings findings, int now)
        {
            List<string[]> rows =
                [["number", "client", "MQTT", "expires", "away", "subscriptions", "queued", "bytes", "half done", "dropped", "will"]];
            foreach (SessionFindings session in findings.Sessions)
            {
                rows.Add([
                    Number(session.Number),
                    (session.Client ?? "unknown") + (session.IsLost ? " LOST" : ""),
                    session.IsV5 ? "5.0" : "3.1.1",
                    session.ExpiryS == uint.MaxValue ? "never" : Number(session.ExpiryS) + " s",
                    session.AwaySince is { } since ? Number(now - since) + " s" : "no",
                    Number(session.Subscriptions.Count),
                    Number(session.QueuedCount),
                    Number(session.QueuedBytes),
                    Number(session.HalfDoneCount),
                    Number(session.DroppedCount),
                    session.HasWill ? "yes" : "no",
                ]);
            }

            return rows;
        }

        private static List<string[]> SubscriptionRows(StoreFindings findings)
        {
            List<string[]> rows = [["number", "filter", "QoS"]];
            rows.AddRange(findings.Sessions.SelectMany(session => session.Subscriptions.Select(
                subscription => new[] { Number(session.Number), subscription.Filter, Number(subscription.QoS) })));
            return rows;
        }

        private static List<string[]> RetainedRows(StoreFindings findings)
        {
            List<string[]> rows = [["topic", "QoS", "bytes"]];
            rows.AddRange(findings.Retained.Select(
                retained => new[] { retained.Topic, Number(retained.QoS), Number(retained.PayloadBytes) }));
            return rows;
        }

        private static List<string[]> SegmentRows(JournalScan scan)
        {
            List<string[]> rows = [["number", "bytes", "live"]];
            foreach (JournalSegment segment in scan.Segments)
            {
                string tails = segment.TailFiles > 0 ? $" in {segment.TailFiles} tail files" : "";
                rows.Add([Number(segment.Number) + tails, Number(segment.Bytes), Number(segment.LiveBytes)]);
            }

            return rows;
        }

        private void WriteFigures(JournalScan scan)
        {
            string sequence = scan.FrameCount == 0 ? "" : $", numbers {Number(scan.FirstSequence)} to {Number(scan.LastSequence)}";
            _output.WriteLine($"commits: {Number(scan.FrameCount)}{sequence}");
            _output.WriteLine($"items: {Number(scan.ItemCount)}, {Number(scan.LiveBytes)} of {Number(scan.Bytes)} bytes");
            WriteNotInUse(_output, scan);
            WearFindings wear = new(scan);
            string life = wear.LifeYears is { } years
                ? $"; as often as in these {Number(wear.Seconds)} s its 256 KB last {Number(years, "N1")} years"
                : "";
            _output.WriteLine(
                $"wear: {Number(wear.BytesPerCommit)} bytes a commit, on a device about {Number(wear.ErasesPerCommit, "N2")} erases{life}");
        }

        private void WriteTable(string title, List<string[]> rows)
        {
            _output.WriteLine();
            if (rows.Count == 1)
            {
                _output.WriteLine(title + ": none");
                return;
            }

            _output.WriteLine($"{title}: {Number(rows.Count - 1)}");
            int[] widths = new int[rows[0].Length];
            foreach (string[] row in rows)
            {
                for (int column = 0; column < row.Length; column++)
                {
                    widths[column] = int.Max(widths[column], row[column].Length);
                }
            }

            foreach (string[] row in rows)
            {
                _output.WriteLine("  " + string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + 2))).TrimEnd());
            }
        }
    }
}
