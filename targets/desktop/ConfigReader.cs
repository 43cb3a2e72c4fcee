using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>
    /// Reads a file of settings: one JSON object of numbers, Booleans and strings. Comments and a comma after the last member
    /// are let pass, since people write it. It knows no setting: only the form.
    /// </summary>
    internal static class ConfigReader
    {
        private const int SizeMax = 1024 * 1024;

        /// <summary>Reads a file.</summary>
        /// <exception cref="StartException">The file can't be read.</exception>
        /// <exception cref="UsageException">The form is not right; the message names the file and the line.</exception>
        internal static List<ConfigSetting> Read(string path)
        {
            byte[] text;
            try
            {
                if (new FileInfo(path).Length > SizeMax)
                {
                    throw new UsageException($"{path} is larger than 1 MiB: that is no file of settings");
                }

                text = File.ReadAllBytes(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartException($"{path} can't be read: {exception.Message}");
            }

            return Parse(path, text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? text.AsSpan(Encoding.UTF8.Preamble.Length) : text);
        }

        /// <summary>Reads the bytes of a file; the path is for messages only.</summary>
        /// <exception cref="UsageException">The form is not right; the message names the file and the line.</exception>
        internal static List<ConfigSetting> Parse(string path, ReadOnlySpan<byte> text)
        {
            List<ConfigSetting> settings = [];
            JsonReaderOptions options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            Utf8JsonReader reader = new(text, options);
            try
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                {
                    throw Bad(path, LineOf(text, ref reader), "expected a JSON object, such as { \"wait-ms\": 500 }");
                }

                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    Add(settings, path, text, ref reader);
                }

                // What follows the object must be nothing: the reader throws for anything else.
                while (reader.Read())
                {
                }
            }
            catch (JsonException exception)
            {
                throw Bad(path, (int)(exception.LineNumber ?? 0) + 1, "this is not JSON: " + FirstSentence(exception.Message));
            }

            return settings;
        }

        private static void Add(List<ConfigSetting> settings, string path, ReadOnlySpan<byte> text, ref Utf8JsonReader reader)
        {
            string name = reader.GetString()!;
            int line = LineOf(text, ref reader);
            foreach (ConfigSetting other in settings)
            {
                if (other.Name == name)
                {
                    throw Bad(path, line, $"{name} stands in line {other.Line} already");
                }
            }

            reader.Read();
            string value = reader.TokenType switch
            {
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => throw Bad(path, line, $"{name} must be a number, true, false or a string"),
            };
            settings.Add(new ConfigSetting(name, value, line));
        }

        private static UsageException Bad(string path, int line, string what)
        {
            return new UsageException($"{path} line {line}: {what}");
        }

        private static int LineOf(ReadOnlySpan<byte> text, ref Utf8JsonReader reader)
        {
            return text[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
        }

        // The rest of the message repeats the place.
        private static string FirstSentence(string message)
        {
            int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return end < 0 ? message : message[..end];
        }
    }
}
