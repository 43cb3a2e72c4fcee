using System;
using System.Collections.Generic;
using EdgeBroker.DesktopProgram.Simulate.Scenarios;

namespace EdgeBroker.DesktopProgram.Simulate.Devices
{
    /// <summary>When a device publishes what. It does not make up for what it could not say while it was away.</summary>
    internal sealed class PublishSchedule
    {
        private readonly IReadOnlyList<PublishPlan> _plans;
        private readonly DevicePlan _device;
        private readonly Random _random;
        private readonly Func<string, string> _topicOf;
        private readonly long[] _dueMs;
        private readonly int[] _left;
        private double _value;

        /// <summary>Makes it.</summary>
        /// <param name="device">The device.</param>
        /// <param name="random">Its random numbers.</param>
        /// <param name="topicOf">Puts names of other devices into a topic.</param>
        internal PublishSchedule(DevicePlan device, Random random, Func<string, string> topicOf)
        {
            _device = device;
            _plans = device.Group.Publish;
            _random = random;
            _topicOf = topicOf;
            _dueMs = new long[_plans.Count];
            _left = new int[_plans.Count];
            _value = 15 + random.Next(10);
        }

        /// <summary>The device has connected.</summary>
        internal void Start(long nowMs)
        {
            for (int i = 0; i < _plans.Count; i++)
            {
                // A sleeping device wakes up to say something; others are in the middle of their rounds.
                bool isNow = _device.Group.Kind == DeviceKind.Sleeping;
                _dueMs[i] = isNow ? nowMs + 10 : long.Max(_dueMs[i], nowMs + _random.Next((int)(_plans[i].EveryS * 1000) + 1));
                _left[i] = 0;
            }
        }

        /// <summary>When something is to be published next, in milliseconds.</summary>
        /// <param name="hasRoom">Whether it may be of QoS 1 or 2.</param>
        internal long DueMs(bool hasRoom)
        {
            long dueMs = long.MaxValue;
            for (int i = 0; i < _plans.Count; i++)
            {
                if (hasRoom || _plans[i].Qos == 0)
                {
                    dueMs = long.Min(dueMs, _dueMs[i]);
                }
            }

            return dueMs;
        }

        /// <summary>Takes what is to be published now.</summary>
        /// <returns>Whether there is anything.</returns>
        internal bool TryTake(long nowMs, bool hasRoom, out PublishPlan? plan, out string topic)
        {
            for (int i = 0; i < _plans.Count; i++)
            {
                plan = _plans[i];
                if (nowMs < _dueMs[i] || (!hasRoom && plan.Qos > 0))
                {
                    continue;
                }

                if (_left[i] == 0)
                {
                    _left[i] = plan.Burst;
                }

                _left[i]--;
                if (_left[i] == 0)
                {
                    // A little early or late each time.
                    double everyMs = plan.EveryS * 1000;
                    _dueMs[i] = nowMs + long.Max(1, (long)(everyMs * (0.9 + (_random.NextDouble() * 0.2))));
                }

                topic = _topicOf(_device.WithName(plan.Topic));
                return true;
            }

            plan = null;
            topic = "";
            return false;
        }

        /// <summary>The next value that the device measures.</summary>
        internal double Value()
        {
            _value += (_random.NextDouble() - 0.5) * 0.6;
            return _value;
        }
    }
}
