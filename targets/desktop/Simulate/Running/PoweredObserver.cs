using EdgeBroker.Ports;

namespace EdgeBroker.DesktopProgram.Simulate.Running
{
    /// <summary>Hears the broker's events as long as there is power: in the turn in which it goes, what follows does not happen.</summary>
    internal sealed class PoweredObserver : IObserver
    {
        private readonly GatewayFlash _flash;
        private readonly IObserver _next;

        /// <summary>Makes it.</summary>
        /// <param name="flash">Has power as long as the broker has.</param>
        /// <param name="next">Hears them then.</param>
        internal PoweredObserver(GatewayFlash flash, IObserver next)
        {
            _flash = flash;
            _next = next;
        }

        /// <inheritdoc/>
        public void OnEvent(int brokerEvent, int handle, int detail)
        {
            if (_flash.IsPowered)
            {
                _next.OnEvent(brokerEvent, handle, detail);
            }
        }
    }
}
