using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using EdgeBroker.DesktopProgram.Page;
using EdgeBroker.DesktopProgram.Simulate.Faults;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>
    /// Gives a world its thread, hands over how it is a few times a second, and takes wishes for faults from other threads.
    /// </summary>
    internal sealed class LiveWorld
    {
        private const int ServerShuttingDown = 0x8B;
        private const int StateMs = 250;
        private const int SampleMs = 1000;
        private const int WaitMs = 1000;
        private const int EndTicksMax = 100;

        private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(3);

        private readonly World _world;
        private readonly PageFeed _feed;
        private readonly double _speed;
        private readonly long _endMs;
        private readonly ConcurrentQueue<(Fault Fault, TaskCompletionSource<string> Answer)> _wishes = [];
        private readonly TimeProvider _time = TimeProvider.System;
        private long _stateAt;
        private long _sampleAt;
        private volatile bool _isStopping;
        private volatile bool _isOver;

        /// <summary>Makes it; <see cref="Run"/> is for a thread of its own.</summary>
        /// <param name="world">The world.</param>
        /// <param name="feed">Takes how it is.</param>
        /// <param name="speed">How many seconds of its time pass in one.</param>
        /// <param name="forMs">How long, in virtual milliseconds.</param>
        internal LiveWorld(World world, PageFeed feed, double speed, long forMs)
        {
            _world = world;
            _feed = feed;
            _speed = speed;
            _endMs = forMs == long.MaxValue ? forMs : world.StartMs + forMs;
        }

        /// <summary>The highest figures that were seen.</summary>
        internal Peaks Peaks { get; } = new();

        /// <summary>Whether it has come to its end.</summary>
        internal bool IsOver => _isOver;

        /// <summary>What ended it that should not have, or null.</summary>
        internal Exception? Failure { get; private set; }

        /// <summary>Begins or ends a fault. From any thread.</summary>
        /// <param name="name">The fault.</param>
        /// <returns>What it did, in words; null if there is no such fault.</returns>
        internal string? Ask(string name)
        {
            Fault? fault = FaultBook.Find(name);
            if (fault == null)
            {
                return null;
            }

            TaskCompletionSource<string> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _wishes.Enqueue((fault, answer));
            _world.Gateway.Wake();
            return answer.Task.Wait(s_answerWithin) ? answer.Task.Result : "The simulation is busy; it will come.";
        }

        /// <summary>Asks it to end. From any thread.</summary>
        internal void Stop()
        {
            _isStopping = true;
            _world.Gateway.Wake();
        }

        /// <summary>Runs until it is asked to end.</summary>
        internal void Run()
        {
            try
            {
                Show(0, 0);
                while (!_isStopping && _world.Clock.NowMs < _endMs)
                {
                    Grant();
                    _world.Round(WaitMs);
                    ShowInTime();
                }

                End();
            }
            catch (Exception exception)
            {
                // Whatever it is, the screen must not wait for ever; it is told on the main thread.
                Failure = exception;
            }
            finally
            {
                _isOver = true;
            }
        }

        private void Grant()
        {
            while (_wishes.TryDequeue(out (Fault Fault, TaskCompletionSource<string> Answer) wish))
            {
                string text;
                try
                {
                    text = _world.Faults.Toggle(wish.Fault);
                }
                catch (StartException exception)
                {
                    // The port was taken while the gateway had no power.
                    text = exception.Message;
                }

                wish.Answer.SetResult(text);
                _stateAt = 0;
            }
        }

        private void ShowInTime()
        {
            long now = _time.GetTimestamp();
            bool isSample = _time.GetElapsedTime(_sampleAt, now).TotalMilliseconds >= SampleMs;
            if (isSample || _time.GetElapsedTime(_stateAt, now).TotalMilliseconds >= StateMs)
            {
                Show(now, isSample ? now : 0);
            }
        }

        private void Show(long now, long sampleNow)
        {
            _stateAt = now;
            Gateway gateway = _world.Gateway;
            FlashFigures flash = gateway.Flash.Figures;
            if (sampleNow != 0)
            {
                _sampleAt = sampleNow;
                gateway.MeasureHeap();
                Peaks.Note(gateway);
                _feed.Add(gateway.Monitor.MakeSample(_world.TimeS, gateway.Heap.Used, flash));
            }

            Meter heap = new(gateway.Heap.Used, gateway.Heap.Size);
            _feed.Show(gateway.Monitor.MakeState("simulate", gateway.Listening, _world.TimeS, _world.Clock.NowMs, heap) with
            {
                Speed = _speed,
                Flash = flash,
                Verdict = _world.Verdict,
                Faults = _world.Faults.Rows,
            });
        }

        // Real Clients are told, as they would be by a gateway that is switched off in order.
        private void End()
        {
            Broker? broker = _world.Gateway.Broker;
            broker?.BeginShutdown(ServerShuttingDown);
            for (int i = 0; i < EndTicksMax && broker is { IsStopped: false }; i++)
            {
                _world.Round(WaitMs);
            }

            Show(_time.GetTimestamp(), 0);
        }
    }
}
