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
            if (scan.IsEmpty)
            {
                _output.WriteLine($"{folder}: there is nothing in it");
                return;
            }

            WriteFigures(scan);
            WriteOwners(findings);
            WriteSegments(scan);
            WriteDamage(folder, findings);
        }

        private static string Number(long value)
        {
            return value.ToString("N0", CultureInfo.InvariantCulture);
        }

        private void WriteFigures(JournalScan scan)
        {
            string sequence = scan.FrameCount == 0 ? "" : $", numbers {Number(scan.FirstSequence)} to {Number(scan.LastSequence)}";
            _output.WriteLine($"commits: {Number(scan.FrameCount)}{sequence}");
            _output.WriteLine($"items: {Number(scan.ItemCount)}, {Number(scan.LiveBytes)} of {Number(scan.Bytes)} bytes");
            if (scan.BytesPassedOver > 0)
            {
                _output.WriteLine($"not in use: {Number(scan.BytesPassedOver)} bytes that a stop without notice has left");
            }
        }

        private void WriteOwners(StoreFindings findings)
        {
            List<string[]> rows = [["owner", "items", "bytes", "by type"]];
            foreach (OwnerFindings owner in findings.Owners)
            {
                IEnumerable<string> types = owner.Types.Select(type => $"{type.Key}: {Number(type.Value.Count)}");
                string lost = owner.IsLost ? "LOST " : "";
                rows.Add([Number(owner.Owner), Number(owner.ItemCount), Number(owner.Bytes), lost + string.Join(", ", types)]);
            }

            WriteTable(rows);
        }

        private void WriteSegments(JournalScan scan)
        {
            List<string[]> rows = [["segment", "bytes", "live"]];
            foreach (JournalSegment segment in scan.Segments)
            {
                string tails = segment.TailFiles > 0 ? $" in {segment.TailFiles} tail files" : "";
                rows.Add([Number(segment.Number) + tails, Number(segment.Bytes), Number(segment.LiveBytes)]);
            }

            WriteTable(rows);
        }

        private void WriteDamage(string folder, StoreFindings findings)
        {
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

        private void WriteTable(List<string[]> rows)
        {
            if (rows.Count == 1)
            {
                return;
            }

            int[] widths = new int[rows[0].Length];
            foreach (string[] row in rows)
            {
                for (int column = 0; column < row.Length; column++)
                {
                    widths[column] = int.Max(widths[column], row[column].Length);
                }
            }

            _output.WriteLine();
            foreach (string[] row in rows)
            {
                _output.WriteLine(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + 2))).TrimEnd());
            }

            _output.WriteLine();
        }
    }
}
