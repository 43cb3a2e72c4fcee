using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using EdgeBroker.Limits;

namespace EdgeBroker.DesktopProgram
{
    /// <summary>The commands and options of <c>edgebroker</c>. What they do is in a class of its own each.</summary>
    internal static class CommandLine
    {
        private const string RunCommandName = "run";
        private const string LimitsCommandName = "limits";

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
            if (args.Length > 0 && args[0] is RunCommandName or LimitsCommandName or "--help" or "-h" or "-?" or "/?" or "--version")
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
                LimitsCommandOf(),
            };
        }

        private static Command RunCommandOf()
        {
            Option<string> bind = new("--bind") { HelpName = "ADDRESS", Description = "The address to listen on; 0.0.0.0 = all" };
            Option<int> port = new("--port") { HelpName = "PORT", Description = "The port to listen on; 0 = a free one" };
            Option<string?> data = new("--data") { HelpName = "DIR", Description = "The folder for what has to survive a restart" };
            Option<string> profile = ProfileOption("The machine whose defaults apply");
            Option<string?> config = new("--config") { HelpName = "FILE", Description = "A JSON object of settings" };
            Option<string[]> set = new("--set") { HelpName = "NAME=VALUE", Description = "A setting; goes before the file's" };
            Option<int?> page = new("--page") { HelpName = "PORT", Description = "Shows the broker on a page at 127.0.0.1" };
            Option<string> logLevel = new("--log-level") { Description = "What is logged on standard error" };
            bind.DefaultValueFactory = _ => "127.0.0.1";
            port.DefaultValueFactory = _ => 1883;
            profile.DefaultValueFactory = _ => Profile.Name(Profile.Desktop);
            logLevel.DefaultValueFactory = _ => "info";
            logLevel.AcceptOnlyFromAmong("error", "warning", "info", "debug");

            Command command = new(RunCommandName, "Runs the broker until it is interrupted")
            {
                bind, port, data, profile, config, set, page, logLevel,
            };
            command.SetAction(parsed => RunCommand.Run(new RunOptions
            {
                Bind = parsed.GetRequiredValue(bind),
                Port = parsed.GetRequiredValue(port),
                DataFolder = parsed.GetValue(data),
                ProfileName = parsed.GetRequiredValue(profile),
                ConfigFile = parsed.GetValue(config),
                Settings = parsed.GetValue(set) ?? [],
                PagePort = CheckedPage(parsed.GetValue(page)),
                LogLevel = Enum.Parse<LogLevel>(parsed.GetRequiredValue(logLevel), ignoreCase: true),
            }));
            return command;
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
