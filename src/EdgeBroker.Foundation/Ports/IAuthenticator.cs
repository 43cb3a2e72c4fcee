using EdgeBroker.Protocol;

namespace EdgeBroker.Ports
{
    /// <summary>Decides who may connect.</summary>
    public interface IAuthenticator
    {
        /// <summary>Checks User Name and Password of a CONNECT without Authentication Method. It must not block.</summary>
        /// <param name="connect">The packet, whose offsets refer to its buffer. Not to be kept.</param>
        /// <returns>
        /// <see cref="ReasonCode.Success"/>, or why not: a Reason Code for CONNACK, as
        /// <see cref="ReasonCode.BadUserNameOrPassword"/>, <see cref="ReasonCode.NotAuthorized"/> or
        /// <see cref="ReasonCode.Banned"/>. A 3.1.1 Client is told the nearest return code.
        /// </returns>
        int Authenticate(ConnectPacket connect);

        /// <summary>
        /// One step of an enhanced authentication (5.0, section 4.12). It must not block, and tells Clients apart by handle.
        /// </summary>
        /// <param name="handle">The Network Connection.</param>
        /// <param name="reasonCode">
        /// <see cref="ReasonCode.Success"/> for the CONNECT, else the Reason Code of the AUTH packet.
        /// </param>
        /// <param name="method">The Authentication Method, UTF-8.</param>
        /// <param name="buffer">Holds the Authentication Data. Not to be kept.</param>
        /// <param name="offset">Where the data begins.</param>
        /// <param name="count">The bytes of it; 0 for none.</param>
        /// <param name="response">The Authentication Data for the Client, or null.</param>
        /// <returns>
        /// <see cref="ReasonCode.ContinueAuthentication"/>, <see cref="ReasonCode.Success"/>, or why not:
        /// <see cref="ReasonCode.BadAuthenticationMethod"/> for a method that is not supported,
        /// <see cref="ReasonCode.NotAuthorized"/>.
        /// </returns>
        int Continue(int handle, int reasonCode, byte[] method, byte[] buffer, int offset, int count, out byte[] response);
    }
}
