using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using EdgeBroker.DesktopProgram.Inspect;
using EdgeBroker.DesktopProgram.Simulate;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The commands and options of <c>edgebroker</c>. What they do is in a class of its own each.</summary>
    internal static class CommandLine
    {
        private const string RunCommandName = "run";
        private const string SimulateCommandName = "simulate";
        private const string LimitsCommandName = "limits";
        private const string StoreCommandName = "store";
        private const string NoPage = "off";

        /// <summary>Parses and runs a command line.</summary>
        /// <returns>An <see cref="ExitCode"/>.</returns>
        internal static int Run(string[] args)
        {
            ParseResult parsed = Root().Parse(WithDefaultCommand(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                foreach (ParseError error in parsed.Errors)
                {
                    Console.Error.WriteLine("edgebroker: " + error.Message);
                }

                Console.Error.WriteLine("edgebroker --help shows what can be asked for");
                return ExitCode.Usage;
            }

            try
            {
                return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            }
            catch (UsageException exception)
            {
                Console.Error.WriteLine("edgebroker: " + exception.Message);
                return ExitCode.Usage;
            }
            catch (StartException exception)
            {
                Console.Error.WriteLine("edgebroker: " + exception.Message);
                return ExitCode.Failure;
            }
        }

        // run is what nearly everybody wants, so its name may be left out.
        private static IReadOnlyList<string> WithDefaultCommand(string[] args)
        {
            if (args.Length > 0 && args[0] is RunCommandName or SimulateCommandName or LimitsCommandName or StoreCommandName
                or "--help" or "-h" or "-?" or "/?" or "--version")
            {
                return args;
            }

            return [RunCommandName, .. args];
        }

        private static RootCommand Root()
        {
            return new RootCommand("An MQTT 3.1.1 and 5.0 broker for IoT gateways. Without a command it runs the broker.")
            {
                RunCommandOf(),
                SimulateCommandOf(),
                LimitsCommandOf(),
                StoreCommandOf(),
            };
        }

        private static Command RunCommandOf()
        {
            Option<string> bind = new("--bind") { HelpName = "ADDRESS", Description = "The address to listen on; 0.0.0.0 = all" };
            Option<int> port = new("--port") { HelpName = "PORT", Description = "The port to listen on; 0 = a free one" };
            Option<string?> data = new("--data") { HelpName = "DIR", Description = "The folder for what has to survive a restart" };
            Option<string?> mode = ModeOption("What an acknowledgement promises; with --data safe, else memory");
            Option<string> profile = ProfileOption("The machine whose defaults apply");
            Option<string?> config = new("--config") { HelpName = "FILE", Description = "A JSON object of settings" };
            Option<string[]> set = new("--set") { HelpName = "NAME=VALUE", Description = "A setting; goes before the file's" };
            Option<int?> page = new("--page") { HelpName = "PORT", Description = "Shows the broker on a page at 127.0.0.1" };
            Option<string> logLevel = LogLevelOption("info");
            bind.DefaultValueFactory = _ => "127.0.0.1";
            port.DefaultValueFactory = _ => 1883;
            profile.DefaultValueFactory = _ => Profile.Name(Profile.Desktop);

            Command command = new(RunCommandName, "Runs the broker until it is interrupted")
            {
                bind, port, data, mode, profile, config, set, page, logLevel,
            };
            command.SetAction(parsed => RunCommand.Run(new RunOptions
            {
                Bind = parsed.GetRequiredValue(bind),
                Port = parsed.GetRequiredValue(port),
                DataFolder = parsed.GetValue(data),
                Mode = parsed.GetValue(mode),
                ProfileName = parsed.GetRequiredValue(profile),
                ConfigFile = parsed.GetValue(config),
                Settings = parsed.GetValue(set) ?? [],
                PagePort = CheckedPage(parsed.GetValue(page)),
                LogLevel = Enum.Parse<LogLevel>(parsed.GetRequiredValue(logLevel), ignoreCase: true),
            }));
            return command;
        }

        private static Command SimulateCommandOf()
        {
            Option<int> port = new("--port") { HelpName = "PORT", Description = "The port for your own Clients; 0 = a free one" };
            Option<string> page = new("--page") { HelpName = "PORT", Description = "The port of the page; 0 = a free one, off = none" };
            Option<string?> data = new("--data") { HelpName = "DIR", Description = "The folder that keeps the flash between runs" };
            Option<string?> mode = ModeOption("What an acknowledgement promises; safe unless said otherwise");
            Option<string> profile = ProfileOption("The machine to simulate");
            Option<string[]> set = new("--set") { HelpName = "NAME=VALUE", Description = "A setting; goes before the profile's" };
            Option<int?> sensors = new("--sensors") { HelpName = "COUNT", Description = "How many devices there are" };
            Option<string> scenario = new("--scenario") { HelpName = "NAME", Description = ScenarioHelp };
            Option<int?> seed = new("--seed") { HelpName = "NUMBER", Description = "What chance is made of; the same one replays" };
            Option<double> speed = new("--speed") { HelpName = "FACTOR", Description = "How many seconds of its time pass in one" };
            Option<bool> headless = new("--headless") { Description = "As fast as it goes, without page and real Clients" };
            Option<string?> duration = new("--for") { HelpName = "TIME", Description = "How long, as 90s, 10m or 2h of its time" };
            Option<string?> report = new("--report") { HelpName = "NAME", Description = "Writes NAME.json and NAME.md at the end" };
            Option<string> logLevel = LogLevelOption("error");
            port.DefaultValueFactory = _ => 1883;
            page.DefaultValueFactory = _ => "8080";
            profile.DefaultValueFactory = _ => Profile.Name(Profile.Esp32);
            scenario.DefaultValueFactory = _ => "home";
            speed.DefaultValueFactory = _ => 1;

            Command command = new(SimulateCommandName, "A gateway on your desk, with devices around it, to watch and to break")
            {
                port, page, data, mode, profile, set, sensors, scenario, seed, speed, headless, duration, report, logLevel,
            };
            command.SetAction(parsed => SimulateCommand.Run(new SimulateOptions
            {
                Port = parsed.GetRequiredValue(port),
                PagePort = ParsePage(parsed.GetRequiredValue(page)),
                DataFolder = parsed.GetValue(data),
                Mode = parsed.GetValue(mode),
                ProfileName = parsed.GetRequiredValue(profile),
                Settings = parsed.GetValue(set) ?? [],
                Sensors = parsed.GetValue(sensors),
                Scenario = parsed.GetRequiredValue(scenario),
                Seed = parsed.GetValue(seed),
                Speed = parsed.GetRequiredValue(speed),
                Headless = parsed.GetValue(headless),
                For = parsed.GetValue(duration),
                LogLevel = Enum.Parse<LogLevel>(parsed.GetRequiredValue(logLevel), ignoreCase: true),
                Report = parsed.GetValue(report),
            }));
            return command;
        }

        private static string ScenarioHelp => "A JSON file, or one of " + string.Join(", ", ScenarioReader.Shipped);

        private static int? ParsePage(string text)
        {
            if (text == NoPage)
            {
                return null;
            }

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                ? CheckedPage(port)
                : throw new UsageException($"--page {text}: a port, or {NoPage}");
        }

        private static int? CheckedPage(int? port)
        {
            return port is null or (>= 0 and <= 65535)
                ? port
                : throw new UsageException($"--page {port}: a port is from 0 to 65535, where 0 takes a free one");
        }

        private static Command LimitsCommandOf()
        {
            Option<bool> json = new("--json") { Description = "As a JSON object, one member per setting" };
            Option<string> profile = ProfileOption("Only the values of this profile");
            Command command = new(LimitsCommandName, "Prints every setting with its unit, range and values") { json, profile };
            command.SetAction(parsed => LimitsCommand.Run(Console.Out, parsed.GetValue(json), parsed.GetValue(profile)));
            return command;
        }

        private static Command StoreCommandOf()
        {
            Command command = new(StoreCommandName, "Looks at the folder of a broker that does not run; changes nothing")
            {
                StorePartOf("inspect", "Prints what is in it", StoreCommand.Inspect),
                StorePartOf("check", "Checks that it is whole: exits with 1 if not, and says what is damaged", StoreCommand.Check),
            };
            return command;
        }

        private static Command StorePartOf(string name, string description, Func<TextWriter, string, int> run)
        {
            Argument<string> folder = new("DIR") { Description = "The folder that --data names" };
            Command command = new(name, description) { folder };
            command.SetAction(parsed => run(Console.Out, parsed.GetRequiredValue(folder)));
            return command;
        }

        private static Option<string?> ModeOption(string description)
        {
            Option<string?> option = new("--mode") { Description = description };
            option.AcceptOnlyFromAmong("safe", "relaxed", "memory");
            return option;
        }

        private static Option<string> LogLevelOption(string level)
        {
            Option<string> option = new("--log-level") { Description = "What is logged on standard error" };
            option.DefaultValueFactory = _ => level;
            option.AcceptOnlyFromAmong("error", "warning", "info", "debug");
            return option;
        }

        private static Option<string> ProfileOption(string description)
        {
            Option<string> option = new("--profile") { Description = description };
            string[] names = new string[Profile.Count];
            for (int profile = 0; profile < Profile.Count; profile++)
            {
                names[profile] = Profile.Name(profile);
            }

            option.AcceptOnlyFromAmong(names);
            return option;
        }
    }
}
