using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeBroker.DesktopProgram.Page;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeBroker.DesktopProgram.Simulate.Screen
{
    /// <summary>Draws one picture of a simulation for a terminal.</summary>
    internal sealed class ScreenView
    {
        private const int FixedLines = 20;
        private const int LogLinesMin = 4;
        private const int BarWidth = 24;
        private const int NameWidth = 24;

        private readonly string? _page;

        /// <summary>Makes it.</summary>
        /// <param name="page">Where the page is, or null.</param>
        internal ScreenView(string? page)
        {
            _page = page;
        }

        /// <summary>What the last key did.</summary>
        internal string Answer { get; set; } = "";

        /// <summary>Draws.</summary>
        /// <param name="state">How things are.</param>
        /// <param name="lines">The log.</param>
        /// <param name="height">Lines of the terminal.</param>
        internal IRenderable Draw(PageState state, IReadOnlyList<LogEntry> lines, int height)
        {
            int room = int.Max(LogLinesMin + 1, height - FixedLines);
            int clients = int.Min(state.Clients.Count, room - LogLinesMin);
            return new Rows(
                Head(state),
                Promises(state),
                Meters(state),
                Clients(state, clients),
                new Rule("[grey]what the broker decided[/]") { Justification = Justify.Left, Style = Style.Parse("grey") },
                Log(lines, room - clients),
                Keys(state));
        }

        private static string Number(double value)
        {
            return value.ToString("N0", CultureInfo.InvariantCulture);
        }

        private static Markup Promises(PageState state)
        {
            Verdict verdict = state.Verdict!;
            bool isKept = verdict.Lost + verdict.Duplicated + verdict.Other == 0;
            string judgement = isKept
                ? "[green]every promise was kept so far[/]"
                : $"[red bold]broken: {Markup.Escape(verdict.Failure ?? "")}[/]";
            string shortage = state.Short.Count == 0
                ? "   [grey]nothing is short[/]"
                : "   [yellow]short: " + Markup.Escape(string.Join(", ", state.Short.Select(one => $"{one.Key} step {one.Value}"))) + "[/]";
            string forgotten = verdict.Permits.Length > 0
                ? $"   [yellow]{verdict.Permits}: {Number(verdict.Forgotten)}[/]"
                : "";
            return new Markup(
                $"{judgement}{forgotten}{shortage}\n"
                + $"acknowledged [bold]{Number(verdict.Acknowledged)}[/]  delivered [bold]{Number(verdict.Delivered)}[/]  "
                + $"owed [bold]{Number(verdict.Owed)}[/]  lost [bold]{Number(verdict.Lost)}[/]  "
                + $"duplicated [bold]{Number(verdict.Duplicated)}[/]  dropped, reported [bold]{Number(verdict.Dropped)}[/]  "
                + $"cuts [bold]{Number(verdict.Cuts)}[/]\n");
        }

        private static Grid Meters(PageState state)
        {
            Grid grid = new();
            for (int i = 0; i < 6; i++)
            {
                grid.AddColumn(new GridColumn().NoWrap());
            }

            grid.AddRow([.. Meter("clients", state.Connections), .. Meter("heap", state.Heap)]);
            grid.AddRow([.. Meter("sessions", state.Sessions), .. Meter("messages", state.Queue)]);
            grid.AddRow(
            [
                .. Meter("retained", state.Retained),
                .. Meter("flash", new Meter(state.Flash?.Used ?? 0, state.Flash?.Size ?? 0)),
            ]);
            return grid;
        }

        private static IEnumerable<IRenderable> Meter(string name, Meter meter)
        {
            double part = meter.Max > 0 ? double.Min(1, meter.Used / meter.Max) : 0;
            int full = (int)(part * BarWidth);
            string color = part >= 0.9 ? "red" : "teal";
            yield return new Text(name);
            yield return new Markup($"[{color}]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/]");
            yield return new Text($"{Number(meter.Used)} of {Number(meter.Max)}");
        }

        private static Table Clients(PageState state, int count)
        {
            Table table = new() { Border = TableBorder.Simple, Expand = true };
            foreach (string title in new[] { "client", "kind", "state", "session", "queued", "in flight", "left last time" })
            {
                table.AddColumn(new TableColumn(new Text(title, new Style(Color.Grey))).NoWrap());
            }

            foreach (ClientRow row in state.Clients.Take(count))
            {
                string color = row.State switch { "connected" => "green", "away" => "yellow", "no power" => "red", _ => "grey" };
                string name = row.Name.Trim('\'');
                table.AddRow(
                    new Text(name.Length > NameWidth ? name[..NameWidth] : name),
                    new Text(row.Kind),
                    new Markup($"[{color}]{row.State}[/]"),
                    new Text(row.Protocol + (row.Durable ? " kept" : "")),
                    new Text(Number(row.Queued)),
                    new Text(Number(row.InFlight)),
                    new Text(row.Reason, new Style(Color.Grey)));
            }

            return table;
        }

        private static Rows Log(IReadOnlyList<LogEntry> lines, int count)
        {
            return new Rows(lines.TakeLast(count).Select(line =>
            {
                string color = line.Level == "error" ? "red" : line.Level == "warning" ? "yellow" : "default";
                string time = Duration.Text((long)(line.TimeS * 1000));
                return new Markup($"[grey]{time}[/] [{color}]{Markup.Escape(line.Text)}[/]") { Overflow = Overflow.Ellipsis };
            }));
        }

        private Markup Head(PageState state)
        {
            string power = state.Powered ? "[green]power on[/]" : "[red bold]NO POWER[/]";
            string speed = state.Speed == 1 ? "" : $" x{state.Speed.ToString(CultureInfo.InvariantCulture)}";
            string page = _page == null ? "" : $"   page [link]{_page}[/]";
            return new Markup(
                $"[bold]EdgeBroker[/] simulated {state.Profile}   mqtt://{Markup.Escape(state.Listening)}{page}   "
                + $"{Duration.Text((long)(state.TimeS * 1000))}{speed}   {power}\n");
        }

        private Markup Keys(PageState state)
        {
            IEnumerable<string> keys = state.Faults.Select(fault =>
                $"[bold]{fault.Key}[/] {(fault.Active ? "[red]" : "[grey]")}{Markup.Escape(fault.Label.ToLowerInvariant())}[/]");
            return new Markup($"\n{string.Join("  ", keys)}  [bold]q[/] [grey]quit[/]\n[teal]{Markup.Escape(Answer)}[/]");
        }
    }
}
