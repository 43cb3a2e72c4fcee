using EdgeBroker.Connections;
using EdgeBroker.Sessions;

namespace EdgeBroker.Delivery
{
    /// <summary>How <see cref="Admission"/> gets rid of those who can't keep up.</summary>
    internal interface ISessionEnder
    {
        /// <summary>Ends a Network Connection with a Reason Code.</summary>
        void Disconnect(Connection connection, int reasonCode);

        /// <summary>Ends a Session.</summary>
        void EndSession(Session session);
    }
}
