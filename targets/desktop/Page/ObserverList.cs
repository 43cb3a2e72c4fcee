using System.Collections.Generic;
using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Page
{
    /// <summary>Tells several observers, in order.</summary>
    internal sealed class ObserverList : IObserver
    {
        private readonly IReadOnlyList<IObserver> _observers;

        /// <summary>Makes it.</summary>
        internal ObserverList(params IReadOnlyList<IObserver> observers)
        {
            _observers = observers;
        }

        /// <inheritdoc/>
        public void OnEvent(int brokerEvent, int handle, int detail)
        {
            foreach (IObserver observer in _observers)
            {
                observer.OnEvent(brokerEvent, handle, detail);
            }
        }
    }
}
