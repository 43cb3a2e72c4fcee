using System;
using System.Linq;
using System.Threading;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Faults;
using EdgeBroker.DesktopProgram.Simulate.Running;
using Spectre.Console;

namespace EdgeBroker.DesktopProgram.Simulate.Screen
{
    /// <summary>A live view in a terminal, with keys for the faults.</summary>
    internal sealed class LiveScreen : IScreen
    {
        private const int WaitMs = 50;
        private const int DrawRounds = 5;

        private readonly PageFeed _feed;
        private readonly LiveWorld _world;
        private readonly ScreenView _view;
        private bool _isLeft;

        /// <summary>Makes it.</summary>
        /// <param name="feed">What to show.</param>
        /// <param name="world">Takes wishes for faults.</param>
        /// <param name="page">Where the page is, or null.</param>
        internal LiveScreen(PageFeed feed, LiveWorld world, string? page)
        {
            _feed = feed;
            _world = world;
            _view = new ScreenView(page);
        }

        /// <summary>Whether the output is a terminal that can show it.</summary>
        internal static bool IsPossible =>
            !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true };

        /// <inheritdoc/>
        public void Run(Func<bool> isOver)
        {
            if (AnsiConsole.Profile.Capabilities.AlternateBuffer)
            {
                AnsiConsole.AlternateScreen(() => Show(isOver));
            }
            else
            {
                Show(isOver);
            }
        }

        private void Show(Func<bool> isOver)
        {
            AnsiConsole.Live(new Text("")).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).Start(context =>
            {
                for (int round = 0; !isOver() && !_isLeft; round++)
                {
                    bool wasKey = ReadKeys();
                    if ((wasKey || round % DrawRounds == 0) && _feed.Latest is { } state)
                    {
                        context.UpdateTarget(_view.Draw(state, _feed.LinesAfter(0), Console.WindowHeight));
                    }

                    Thread.Sleep(WaitMs);
                }
            });
        }

        private bool ReadKeys()
        {
            bool any = false;
            while (!Console.IsInputRedirected && Console.KeyAvailable)
            {
                char key = char.ToLowerInvariant(Console.ReadKey(true).KeyChar);
                Fault? fault = FaultBook.All.FirstOrDefault(known => known.Key == key);
                if (key == 'q')
                {
                    _isLeft = true;
                }
                else if (fault != null)
                {
                    _view.Answer = _world.Ask(fault.Name) ?? "";
                }

                any = true;
            }

            return any;
        }
    }
}
