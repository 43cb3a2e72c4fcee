using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using EdgeBroker.DesktopProgram.Simulate.Faults;
using EdgeBroker.Protocol;

namespace EdgeBroker.DesktopProgram.Simulate.Scenarios
{
    /// <summary>Finds and reads scenarios: those in the program by name, others by their file.</summary>
    internal static class ScenarioReader
    {
        private const string Prefix = "scenario/";
        private const string Suffix = ".json";
        private const int SizeMax = 1024 * 1024;
        private const int DevicesMax = 1000;

        /// <summary>The names of the scenarios in the program.</summary>
        internal static IReadOnlyList<string> Shipped { get; } =
        [
            .. typeof(ScenarioReader).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal),
        ];

        /// <summary>Reads a scenario.</summary>
        /// <param name="nameOrFile">A name of <see cref="Shipped"/>, or the path of a file.</param>
        /// <exception cref="UsageException">There is none, or it makes no sense.</exception>
        /// <exception cref="StartException">The file can't be read.</exception>
        internal static Scenario Read(string nameOrFile)
        {
            if (Shipped.Contains(nameOrFile))
            {
                using Stream stream = typeof(ScenarioReader).Assembly.GetManifestResourceStream(Prefix + nameOrFile + Suffix)!;
                using StreamReader reader = new(stream, Encoding.UTF8);
                return Parse(nameOrFile, reader.ReadToEnd());
            }

            if (!File.Exists(nameOrFile))
            {
                throw new UsageException(
                    $"--scenario {nameOrFile}: no such file, and not one of {string.Join(", ", Shipped)}");
            }

            try
            {
                return new FileInfo(nameOrFile).Length <= SizeMax
                    ? Parse(nameOrFile, File.ReadAllText(nameOrFile))
                    : throw new UsageException($"{nameOrFile} is larger than 1 MiB: that is no scenario");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StartException($"{nameOrFile} can't be read: {exception.Message}");
            }
        }

        /// <summary>Reads the text of a scenario.</summary>
        /// <param name="source">Where it comes from, for messages.</param>
        /// <param name="text">The text.</param>
        /// <exception cref="UsageException">It makes no sense.</exception>
        internal static Scenario Parse(string source, string text)
        {
            Scenario? scenario;
            try
            {
                scenario = JsonSerializer.Deserialize(text, ScenarioJson.Default.Scenario);
            }
            catch (JsonException exception)
            {
                string line = exception.LineNumber is { } number ? $" line {number + 1}" : "";
                string place = exception.Path is { Length: > 2 } path ? path[2..] + ": " : "";
                throw new UsageException($"{source}{line}: {place}{exception.Message.Split(" Path:")[0]}");
            }

            if (scenario == null)
            {
                throw new UsageException($"{source}: expected a JSON object");
            }

            string? problem = Problems(scenario).FirstOrDefault();
            return problem == null ? scenario : throw new UsageException($"{source}: {problem}");
        }

        private static IEnumerable<string> Problems(Scenario scenario)
        {
            if (scenario.Devices.Sum(group => (long)group.Count) is < 1 or > DevicesMax)
            {
                yield return $"a scenario has 1 to {DevicesMax} devices";
            }

            if (scenario.Devices.Select(group => group.Name).Distinct().Count() < scenario.Devices.Count)
            {
                yield return "two groups of devices have the same name";
            }

            foreach (DeviceGroup group in scenario.Devices)
            {
                foreach (string problem in Problems(group))
                {
                    yield return $"devices {group.Name}: {problem}";
                }
            }

            foreach (FaultPlan fault in scenario.Faults)
            {
                if (FaultBook.Find(fault.Fault) == null)
                {
                    string known = string.Join(", ", FaultBook.All.Select(one => one.Name));
                    yield return $"there is no fault {fault.Fault}: the faults are {known}";
                }

                if (fault.AtS < 0 || fault.EveryS < 0 || fault.ForS <= 0 || (fault.EveryS > 0 && fault.EveryS <= fault.ForS))
                {
                    yield return $"fault {fault.Fault}: atS is 0 or more, forS above 0, and everyS 0 or more than forS";
                }
            }
        }

        private static IEnumerable<string> Problems(DeviceGroup group)
        {
            if (group.Name.Length is 0 or > 16 || !group.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                yield return "a name has 1 to 16 letters, digits, - or _";
            }

            if (group.Count < 0)
            {
                yield return "count is 0 or more";
            }

            if (group.Protocol is not ("3.1.1" or "5.0" or "mixed"))
            {
                yield return "protocol is 3.1.1, 5.0 or mixed";
            }

            if (group.KeepAliveS is < 0 or > 65535 || group.AwakeS < 1 || group.AsleepS < 1 || group.DropEveryS < 1
                || group.DropForS < 1 || group.ReadBytesPerS < 1)
            {
                yield return "keepAliveS is from 0 to 65535; awakeS, asleepS, dropEveryS, dropForS and readBytesPerS are 1 or more";
            }

            foreach (PublishPlan plan in group.Publish)
            {
                if (plan.Qos is < 0 or > 2 || plan.EveryS < 0.01 || plan.Burst is < 1 or > 1000 || plan.Bytes is < 24 or > 100_000)
                {
                    yield return $"publish {plan.Topic}: qos is 0 to 2, everyS 0.01 or more, burst 1 to 1000, bytes 24 to 100000";
                }
            }

            foreach (SubscribePlan plan in group.Subscribe)
            {
                byte[] filter = Encoding.UTF8.GetBytes(plan.Filter.Replace("{name}", group.Name, StringComparison.Ordinal));
                if (plan.Qos is < 0 or > 2 || filter.Length == 0 || !TopicFilter.IsValid(filter, 0, filter.Length))
                {
                    yield return $"subscribe {plan.Filter}: not a Topic Filter, or qos is not 0 to 2";
                }

                if (plan.Filter.StartsWith("$share/", StringComparison.Ordinal))
                {
                    yield return $"subscribe {plan.Filter}: the checkers can't follow Shared Subscriptions";
                }
            }
        }
    }
}
