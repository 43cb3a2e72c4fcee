using EdgeBroker.Delivery;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Sessions;
using EdgeBroker.Store;

namespace EdgeBroker.Handlers
{
    /// <summary>The Will of a CONNECT (3.1.1 and 5.0, section 3.1.2.5).</summary>
    internal sealed class ConnectWill
    {
        private readonly Context _context;
        private readonly SessionKeeper _keeper;
        private readonly IAuthorizer _authorizer;
        private readonly Publication _will;
        private byte[] _willBytes = new byte[0];

        /// <summary>Makes the one of the handler of CONNECT.</summary>
        public ConnectWill(Context context, SessionKeeper keeper, IAuthorizer authorizer)
        {
            _context = context;
            _keeper = keeper;
            _authorizer = authorizer;
            _will = context.OwnMessage;
        }

        /// <summary>Whether the Will of a CONNECT, if it has one, may be kept and can.</summary>
        /// <returns>A Reason Code.</returns>
        public int Prepare(ConnectPacket packet)
        {
            if (!packet.HasWill)
            {
                return ReasonCode.Success;
            }

            if (_authorizer != null && !MayPublish(packet))
            {
                return ReasonCode.NotAuthorized;
            }

            int size = packet.WillTopicLength + packet.WillPropertiesLength + packet.WillPayloadLength;
            if (_context.Messages.HasRoom(size))
            {
                return ReasonCode.Success;
            }

            _context.Resources.Refuse(Resource.QueueBytes);
            return ReasonCode.ServerBusy;
        }

        private bool MayPublish(ConnectPacket packet)
        {
            byte[] clientIdentifier = MemoryReserve.Bytes(packet.ClientIdentifierLength);
            System.Array.Copy(packet.Buffer, packet.ClientIdentifierOffset, clientIdentifier, 0, clientIdentifier.Length);
            return _authorizer.MayPublish(clientIdentifier, packet.Buffer, packet.WillTopicOffset, packet.WillTopicLength);
        }

        /// <summary>Keeps the Will of a CONNECT with its Session.</summary>
        /// <returns>False if there is no memory for it.</returns>
        public bool Keep(ConnectPacket packet, Session session)
        {
            if (_willBytes.Length < packet.WillPropertiesLength)
            {
                _willBytes = MemoryReserve.Bytes(packet.WillPropertiesLength);
            }

            int length = ForwardedProperties.Copy(
                packet.Buffer, packet.WillPropertiesOffset, packet.WillPropertiesLength, _willBytes, 0);
            Publication will = _will;
            will.Show(packet.Buffer, packet.WillTopicOffset, packet.WillTopicLength, 0, packet.WillPayloadLength);
            will.PropertiesBuffer = _willBytes;
            will.PropertiesOffset = 0;
            will.PropertiesLength = length;
            will.PayloadOffset = packet.WillPayloadOffset;
            will.QoS = packet.WillQoS;
            will.ExpiresAtMs = 0;
            return _keeper.SetWill(
                session, will, packet.WillRetain, packet.WillDelayIntervalS, packet.WillMessageExpiryIntervalS);
        }
    }
}
