using System.Net.Sockets;
using EdgeBroker.Desktop;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;

namespace EdgeBroker.Benchmarks;

/// <summary>
/// Hands the bytes of one connection to another with the broker's own network, and looks at nothing but the first packets: what
/// the operating system takes for a wait, a read and a write, and so the least that a broker can take.
/// </summary>
internal static class Relay
{
    private static readonly byte[] s_connack = [0x20, 2, 0, 0];
    private static readonly byte[] s_suback = [0x90, 3, 0, 1, 0];

    /// <summary>Relays from whoever publishes to the last one who subscribed, for ever.</summary>
    public static void Run(int port)
    {
        using DesktopNetwork network = DesktopNetwork.Listen("127.0.0.1", port, 100);
        byte[] buffer = new byte[262144];
        int publisher = -1;
        int subscriber = -1;
        while (true)
        {
            int count = network.Wait(1000);
            network.Accept();
            for (int i = 0; i < count; i++)
            {
                network.GetEvent(i, out int handle);
                int size = network.Receive(handle, buffer, 0, buffer.Length);
                if (size <= 0)
                {
                    network.Close(handle);
                    publisher = handle == publisher ? -1 : publisher;
                    continue;
                }

                int at = 0;
                while (at < size && handle != publisher)
                {
                    if (buffer[at] >> 4 == PacketType.Publish)
                    {
                        publisher = handle;
                        break;
                    }

                    bool isSubscribe = buffer[at] >> 4 == PacketType.Subscribe;
                    subscriber = isSubscribe ? handle : subscriber;
                    byte[] answer = isSubscribe ? s_suback : s_connack;
                    network.Send(handle, answer, 0, answer.Length);
                    at += FixedHeader.ReadSize(buffer, at, size - at, out _);
                }

                // The clients have no more on the way than a socket holds.
                if (size > at && network.Send(subscriber, buffer, at, size - at) != size - at)
                {
                    throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
                }
            }
        }
    }
}
