using System.Threading;
using EdgeBroker;
using EdgeBroker.Desktop;
using EdgeBroker.Limits;

public static class EmbeddedBroker
{
    public static void Run(string address, int port, CancellationToken stop)
    {
        BrokerLimits limits = BrokerLimits.ForProfile(Profile.Desktop);
        limits.Mode = StoreMode.Memory;
        using DesktopNetwork network = DesktopNetwork.Listen(address, port, limits.ConnectionsMax + 64);
        using CancellationTokenRegistration wake = stop.Register(network.Wake);
        Broker broker = new(limits, new MonotonicClock(), network, null, null, null, null, null);
        while (!stop.IsCancellationRequested)
        {
            broker.Tick(1000); // Waits up to 1 s for something to do.
        }

        broker.BeginShutdown(0x8B); // Clients are told: Server shutting down.
        while (!broker.IsStopped)
        {
            broker.Tick(100);
        }
    }
}
