using System.Collections.Generic;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Remembers which step of the overload ladder each resource is on. On the broker's thread.</summary>
    internal sealed class LadderBook : IObserver
    {
        private const int StepMask = 0xFF;
        private const int ResourceShift = 8;

        private readonly int[] _steps = new int[Resource.Count];

        /// <summary>The highest step: 0 if nothing is short, up to 5.</summary>
        internal int Highest
        {
            get
            {
                int highest = 0;
                foreach (int step in _steps)
                {
                    highest = int.Max(highest, step);
                }

                return highest;
            }
        }

        /// <summary>The steps of what is short, by resource.</summary>
        internal IReadOnlyDictionary<string, int> Short
        {
            get
            {
                Dictionary<string, int> found = [];
                for (int resource = 0; resource < _steps.Length; resource++)
                {
                    if (_steps[resource] > 0)
                    {
                        found[ReasonNames.OfResource(resource)] = _steps[resource];
                    }
                }

                return found;
            }
        }

        /// <summary>Another broker begins: nothing is short.</summary>
        internal void Clear()
        {
            System.Array.Clear(_steps);
        }

        /// <inheritdoc/>
        public void OnEvent(int brokerEvent, int handle, int detail)
        {
            if (brokerEvent == BrokerEvent.OverloadStep)
            {
                _steps[detail >> ResourceShift] = detail & StepMask;
            }
        }
    }
}
