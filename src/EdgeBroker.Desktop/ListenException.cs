using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Desktop
{
    /// <summary>The broker cannot listen. The message is one sentence for the operator, with what to do about it.</summary>
    public sealed class ListenException : Exception
    {
        private ListenException(ListenFailure failure, string message)
            : base(message)
        {
            Failure = failure;
        }

        /// <summary>The kind of failure.</summary>
        public ListenFailure Failure { get; }

        /// <summary>Makes the exception for an error of the operating system.</summary>
        internal static ListenException From(SocketError error, IPAddress address, int port)
        {
            string where = port.ToString(CultureInfo.InvariantCulture);
            switch (error)
            {
                case SocketError.AddressAlreadyInUse:
                    return new ListenException(
                        ListenFailure.PortInUse,
                        $"port {where} on {address} is in use: stop the program that listens there, or choose another port");
                case SocketError.AddressNotAvailable:
                    return new ListenException(
                        ListenFailure.BadAddress,
                        $"{address} is not an address of this machine: use one of its addresses, or 0.0.0.0 for all of them");
                case SocketError.AddressFamilyNotSupported:
                    return new ListenException(
                        ListenFailure.BadAddress,
                        $"this machine has no IPv6, so {address} cannot be used: use an IPv4 address, or 0.0.0.0 for all");
                case SocketError.AccessDenied:
                    return new ListenException(
                        ListenFailure.NoPermission,
                        $"no permission to listen on port {where} of {address}: choose a port from 1024 on, "
                        + "or let the program use low ports");
                default:
                    return new ListenException(
                        ListenFailure.Other,
                        $"cannot listen on port {where} of {address}: the operating system says {error}");
            }
        }

        /// <summary>Makes the exception for a text that is not an address.</summary>
        internal static ListenException BadAddress(string address)
        {
            return new ListenException(
                ListenFailure.BadAddress,
                $"'{address}' is not an IP address: write one such as 127.0.0.1, ::1, or 0.0.0.0 for all of this machine");
        }

        /// <summary>Makes the exception for a port out of range.</summary>
        internal static ListenException BadPort(int port)
        {
            return new ListenException(
                ListenFailure.BadPort,
                $"port {port.ToString(CultureInfo.InvariantCulture)} does not exist: choose one from 1 to 65535, or 0 for a free one");
        }
    }
}
