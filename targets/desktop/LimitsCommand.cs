using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary><c>edgebroker limits</c>: the table of settings for people and for programs.</summary>
    internal static class LimitsCommand
    {
        /// <summary>Prints the table.</summary>
        /// <param name="output">Where to.</param>
        /// <param name="json">As JSON instead of columns.</param>
        /// <param name="profileName">The only profile to show, or null for all.</param>
        internal static int Run(TextWriter output, bool json, string? profileName)
        {
            List<int> profiles = [];
            for (int profile = 0; profile < Profile.Count; profile++)
            {
                if (profileName == null || profileName == Profile.Name(profile))
                {
                    profiles.Add(profile);
                }
            }

            if (json)
            {
                output.WriteLine(Json(profiles));
            }
            else
            {
                WriteColumns(output, profiles);
            }

            return ExitCode.Success;
        }

        private static void WriteColumns(TextWriter output, List<int> profiles)
        {
            List<string[]> rows = [HeadRow(profiles)];
            for (int index = 0; index < LimitTable.Count; index++)
            {
                rows.Add(SettingRow(index, profiles));
            }

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
                StringBuilder line = new();
                for (int column = 0; column < row.Length; column++)
                {
                    line.Append(row[column].PadRight(widths[column] + 2));
                }

                output.WriteLine(line.ToString().TrimEnd());
            }
        }

        private static string[] HeadRow(List<int> profiles)
        {
            List<string> row = ["setting", "range"];
            foreach (int profile in profiles)
            {
                row.Add(Profile.Name(profile));
            }

            row.Add("meaning");
            return row.ToArray();
        }

        private static string[] SettingRow(int index, List<int> profiles)
        {
            List<string> row = [LimitTable.Name(index), LimitTable.Range(index)];
            foreach (int profile in profiles)
            {
                string value = LimitTable.Default(index, profile);
                row.Add(value.Length == 0 ? "\"\"" : value);
            }

            row.Add(LimitTable.Meaning(index));
            return row.ToArray();
        }

        private static string Json(List<int> profiles)
        {
            using MemoryStream stream = new();
            JsonWriterOptions options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            using (Utf8JsonWriter writer = new(stream, options))
            {
                writer.WriteStartObject();
                for (int index = 0; index < LimitTable.Count; index++)
                {
                    writer.WritePropertyName(LimitTable.Name(index));
                    WriteSetting(writer, index, profiles);
                }

                writer.WriteEndObject();
            }

            return Encoding.UTF8.GetString(stream.ToArray());
        }

        private static void WriteSetting(Utf8JsonWriter writer, int index, List<int> profiles)
        {
            writer.WriteStartObject();
            if (LimitTable.IsChoice(index))
            {
                writer.WriteStartArray("values");
                foreach (string word in LimitTable.Unit(index).Split('/'))
                {
                    WriteValue(writer, index, word);
                }

                writer.WriteEndArray();
            }
            else
            {
                writer.WriteString("unit", LimitTable.Unit(index));
                writer.WriteNumber("min", LimitTable.Minimum(index));
                writer.WriteNumber("max", LimitTable.Maximum(index));
            }

            foreach (int profile in profiles)
            {
                writer.WritePropertyName(Profile.Name(profile));
                WriteValue(writer, index, LimitTable.Default(index, profile));
            }

            writer.WriteString("meaning", LimitTable.Meaning(index));
            writer.WriteEndObject();
        }

        // As the file of settings spells it.
        private static void WriteValue(Utf8JsonWriter writer, int index, string value)
        {
            if (value is "true" or "false")
            {
                writer.WriteBooleanValue(value == "true");
            }
            else if (LimitTable.IsText(index) || LimitTable.IsChoice(index))
            {
                writer.WriteStringValue(value);
            }
            else
            {
                writer.WriteNumberValue(int.Parse(value, CultureInfo.InvariantCulture));
            }
        }
    }
}
