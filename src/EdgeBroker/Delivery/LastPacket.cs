using System;
using EdgeBroker.Connections;

namespace EdgeBroker.Delivery
{
    /// <summary>
    /// Sends the last packet of a connection: straight to the network if nothing is before it, so that a crowd that is turned away
    /// takes no buffers, and can be told so when there are none.
    /// </summary>
    internal static class LastPacket
    {
        /// <summary>Sends it.</summary>
        /// <returns>Whether it was sent; a shorter one may be.</returns>
        public static bool Send(Context context, Connection connection, byte[] packet, int size)
        {
            if (!connection.Outbox.IsEmpty)
            {
                if (Place(context, connection, packet, 0, size))
                {
                    return true;
                }

                // There is no memory for it, so what is before it has to leave first.
                if (!SendOutbox(context, connection))
                {
                    return Place(context, connection, packet, 0, size);
                }
            }

            int sent = context.Network.Send(connection.Handle, packet, 0, size);
            context.Counters.BytesSent += sent > 0 ? sent : 0;
            if (sent >= 0 && sent < size)
            {
                Place(context, connection, packet, sent, size - sent);
            }
            else
            {
                // Or the connection is broken, which the next receive says.
                context.Counters.RepliesSent++;
            }

            return true;
        }

        /// <summary>Sends what is before it.</summary>
        /// <returns>Whether the network took all of it.</returns>
        public static bool SendOutbox(Context context, Connection connection)
        {
            Outbox outbox = connection.Outbox;
            int count = outbox.End - outbox.Start;
            int sent = context.Network.Send(connection.Handle, outbox.Bytes, outbox.Start, count);
            if (sent == count)
            {
                outbox.Clear();
            }
            else if (sent > 0)
            {
                outbox.Remove(sent);
            }

            context.Counters.BytesSent += sent > 0 ? sent : 0;
            return sent == count;
        }

        private static bool Place(Context context, Connection connection, byte[] packet, int from, int count)
        {
            int at = connection.Outbox.ReserveReply(count);
            if (at < 0)
            {
                return false;
            }

            Array.Copy(packet, from, connection.Outbox.Bytes, at, count);
            context.Counters.RepliesSent++;
            if (!connection.IsDirty)
            {
                context.Connections.MarkDirty(connection);
            }

            return true;
        }
    }
}
