using EdgeBroker.Esp32.Links;
using EdgeBroker.Esp32.Settings;
using EdgeBroker.Limits;
using EdgeBroker.Platform;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Esp32
{
    /// <summary>What the device does from boot on: settings, network, broker.</summary>
    internal sealed class Application
    {
        // Only devices with PSRAM have a managed heap of this size, in bytes.
        private const int PsramHeapMin = 1000000;

        private readonly ILog _log;
        private readonly Heap _heap = new Heap();

        /// <summary>Prepares to run.</summary>
        public Application(ILog log)
        {
            _log = log;
        }

        /// <summary>Runs until the device has to be rebooted.</summary>
        public void Run()
        {
            long heapFree = _heap.HeapFreeBytes;
            _log.Line("EdgeBroker on " + SystemInfo.TargetName + ", heap free " + heapFree);
            DeviceSettings settings = ReadSettings(heapFree < PsramHeapMin ? Profile.Esp32 : Profile.Esp32Psram);
            INetworkLink link = MakeLink(settings);
            if (link.Open())
            {
                int sockets = SocketBudget.Of(SystemInfo.TargetName);
                new BrokerHost(settings, link, sockets, new DeviceClock(), _heap, _log).Run();
            }
        }

        private DeviceSettings ReadSettings(int profile)
        {
            byte[] file = ConfigFile.Read(_log);
            return file == null
                ? new DeviceSettings(profile)
                : new SettingsLoader(_log, ConfigFile.Path).Load(file, file.Length, profile);
        }

        private INetworkLink MakeLink(DeviceSettings settings)
        {
            if (!settings.IsAccessPoint)
            {
                return new StationLink(settings.Ssid, settings.Password == null ? "" : settings.Password, _log);
            }

            byte[] mac = Interfaces.Mac();
            return new AccessPointLink(
                settings.Ssid == null ? DeviceName.Ssid(mac) : settings.Ssid,
                settings.Password == null ? DeviceName.Password(mac) : settings.Password,
                _log);
        }
    }
}
