using System;

namespace EdgeBroker.Esp32.Dhcp
{
    /// <summary>
    /// Answers the requests of DHCP (RFC 2131), bytes to bytes: one server, one network of 255.255.255.0, no router and no name
    /// server, since the network of the device leads nowhere else. nanoFramework's own server offers the same address to every
    /// station it does not know, which is too few for a broker.
    /// </summary>
    internal sealed class DhcpResponder
    {
        /// <summary>The bytes of an answer.</summary>
        public const int ReplySize = 300;

        /// <summary>How long a station may keep its address, in seconds.</summary>
        public const int LeaseS = 7200;

        private const int Hops = 3;
        private const int ClientAddress = 12;
        private const int YourAddress = 16;
        private const int RelayAddress = 24;
        private const int HardwareAddress = 28;
        private const int AfterHardwareAddress = 44;
        private const int Cookie = 236;
        private const int Options = 240;
        private const uint CookieValue = 0x63825363;
        private const int AddressSize = 4;

        private const int OptionPad = 0;
        private const int OptionMask = 1;
        private const int OptionRequestedAddress = 50;
        private const int OptionLeaseTime = 51;
        private const int OptionType = 53;
        private const int OptionServer = 54;
        private const int OptionEnd = 255;

        private const int Discover = 1;
        private const int Offer = 2;
        private const int Request = 3;
        private const int Decline = 4;
        private const int Ack = 5;
        private const int Nak = 6;
        private const int Release = 7;
        private const int Inform = 8;

        private readonly DhcpLeases _leases = new DhcpLeases();
        private readonly uint _server;

        /// <summary>Creates the server's mind.</summary>
        /// <param name="address">The server's own address, 4 bytes; stations get those that follow it.</param>
        public DhcpResponder(byte[] address)
        {
            _server = ReadUInt(address, 0);
        }

        /// <summary>Answers a request.</summary>
        /// <param name="request">Holds the datagram.</param>
        /// <param name="count">The bytes of it.</param>
        /// <param name="reply">Where to write the answer: at least <see cref="ReplySize"/> bytes. Not the same array.</param>
        /// <param name="nowMs">The time.</param>
        /// <returns>The bytes to broadcast to port 68; 0 for no answer.</returns>
        public int Reply(byte[] request, int count, byte[] reply, long nowMs)
        {
            // From a client, by Ethernet, with the options of DHCP.
            if (count < Options || request[0] != 1 || request[1] != 1 || request[2] != 6 || ReadUInt(request, Cookie) != CookieValue)
            {
                return 0;
            }

            int type = FindOption(request, count, OptionType, 1);
            switch (type < 0 ? 0 : request[type])
            {
                case Discover:
                    int offered = _leases.Offer(request, HardwareAddress, Requested(request, count), nowMs);
                    return offered == DhcpLeases.None ? 0 : Write(request, reply, Offer, offered);

                case Request:
                    return ReplyToRequest(request, count, reply, nowMs);

                case Decline:
                    _leases.Decline(request, HardwareAddress, nowMs);
                    return 0;

                case Release:
                    _leases.Release(request, HardwareAddress, nowMs);
                    return 0;

                case Inform:
                    return Write(request, reply, Ack, DhcpLeases.None);

                default:
                    return 0;
            }
        }

        private int ReplyToRequest(byte[] request, int count, byte[] reply, long nowMs)
        {
            int server = FindOption(request, count, OptionServer, AddressSize);
            if (server >= 0 && ReadUInt(request, server) != _server)
            {
                // It chose another server.
                _leases.Release(request, HardwareAddress, nowMs);
                return 0;
            }

            // One that renews names its address in the header, one that has none yet in an option.
            uint current = ReadUInt(request, ClientAddress);
            int wanted = current != 0 ? IndexOf(current) : Requested(request, count);
            return _leases.TryTake(request, HardwareAddress, wanted, LeaseS * 1000, nowMs)
                ? Write(request, reply, Ack, wanted)
                : Write(request, reply, Nak, DhcpLeases.None);
        }

        private int Requested(byte[] request, int count)
        {
            int option = FindOption(request, count, OptionRequestedAddress, AddressSize);
            return option < 0 ? DhcpLeases.None : IndexOf(ReadUInt(request, option));
        }

        private int IndexOf(uint address)
        {
            long index = (long)address - _server - 1;
            return index >= 0 && index < DhcpLeases.Count ? (int)index : DhcpLeases.None;
        }

        // Where the value of an option begins, or -1 where the request does not have it in this size.
        private static int FindOption(byte[] request, int count, int code, int size)
        {
            int position = Options;
            while (position < count && request[position] != OptionEnd)
            {
                if (request[position] == OptionPad)
                {
                    position++;
                    continue;
                }

                if (position + 1 >= count || position + 2 + request[position + 1] > count)
                {
                    return -1;
                }

                if (request[position] == code)
                {
                    return request[position + 1] == size ? position + 2 : -1;
                }

                position += 2 + request[position + 1];
            }

            return -1;
        }

        private int Write(byte[] request, byte[] reply, int type, int index)
        {
            Array.Clear(reply, 0, ReplySize);
            Array.Copy(request, 0, reply, 0, AfterHardwareAddress);
            reply[0] = 2;
            reply[Hops] = 0;
            Array.Clear(reply, YourAddress, RelayAddress - YourAddress);
            if (type == Nak)
            {
                Array.Clear(reply, ClientAddress, AddressSize);
            }

            WriteUInt(reply, Cookie, CookieValue);
            reply[Options] = OptionType;
            reply[Options + 1] = 1;
            reply[Options + 2] = (byte)type;
            int end = WriteOption(reply, Options + 3, OptionServer, _server);
            if (type != Nak)
            {
                end = WriteOption(reply, end, OptionMask, 0xFFFFFF00);
            }

            if (index != DhcpLeases.None)
            {
                WriteUInt(reply, YourAddress, _server + 1 + (uint)index);
                end = WriteOption(reply, end, OptionLeaseTime, LeaseS);
            }

            reply[end] = OptionEnd;
            return ReplySize;
        }

        private static int WriteOption(byte[] reply, int position, int code, uint value)
        {
            reply[position] = (byte)code;
            reply[position + 1] = AddressSize;
            WriteUInt(reply, position + 2, value);
            return position + 2 + AddressSize;
        }

        private static uint ReadUInt(byte[] buffer, int offset)
        {
            return ((uint)buffer[offset] << 24) | ((uint)buffer[offset + 1] << 16) | ((uint)buffer[offset + 2] << 8) | buffer[offset + 3];
        }

        private static void WriteUInt(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
        }
    }
}
