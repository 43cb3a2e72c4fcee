using EdgeBroker.Memory;
using EdgeBroker.Persistence;

namespace EdgeBroker.Sessions
{
    /// <summary>
    /// Deliveries that wait in the journal alone, one after the other in a queue and alike but for their messages, take one place in
    /// the pool, however many they are: a run. Each costs the place of its item and of the one that follows, and becomes a delivery of
    /// its own again when its turn has come.
    /// </summary>
    /// <remarks>Invariant: the delivery of a run has the run's first item as its message, and what all of it have in common.</remarks>
    internal sealed class DeliveryRuns
    {
        private const int None = ItemColumn.None;

        private readonly DeliveryPool _deliveries;

        // The last item of a delivery that is a run; none for one that is not.
        private readonly ItemColumn _last = new ItemColumn();

        // The item that follows another in its run.
        private readonly ItemColumn _next = new ItemColumn();

        /// <summary>Makes the one for all Sessions.</summary>
        public DeliveryRuns(DeliveryPool deliveries)
        {
            _deliveries = deliveries;
        }

        /// <summary>The deliveries of a Session's queue that keep a message.</summary>
        public int CountMessages(Session session)
        {
            int count = 0;
            for (int delivery = session.QueueHead; delivery != DeliveryPool.None; delivery = _deliveries.Next(delivery))
            {
                int message = _deliveries.Message(delivery);
                count += message == MessagePool.None ? 0 : 1;
                int item = ItemMessage.Is(message) ? NextItem(delivery, ItemMessage.ToItem(message)) : None;
                while (item != None)
                {
                    count++;
                    item = NextItem(delivery, item);
                }
            }

            return count;
        }

        /// <summary>The item that follows another in the run of a delivery; none after the last.</summary>
        public int NextItem(int delivery, int item)
        {
            int last = _last.Get(delivery);
            return last == None || last == item ? None : _next.Get(item);
        }

        /// <summary>Lets a delivery that is nothing but an item of the journal now go into the run before it, if they are alike.</summary>
        public void Join(Session session, int delivery)
        {
            DeliveryPool deliveries = _deliveries;
            int run = deliveries.Previous(delivery);
            if (run == DeliveryPool.None
                || session.NextToSend == delivery
                || !IsWaiting(run)
                || !IsWaiting(delivery)
                || !AreAlike(run, delivery))
            {
                return;
            }

            int item = ItemMessage.ToItem(deliveries.Message(delivery));
            int last = _last.Get(run);
            _next.Set(last == None ? ItemMessage.ToItem(deliveries.Message(run)) : last, item);
            _last.Set(run, item);
            deliveries.Remove(session, delivery);
            deliveries.Room--;
        }

        /// <summary>Makes the first of a run a delivery of its own, before the others.</summary>
        /// <returns>That, or the delivery itself if it is no run.</returns>
        public int Single(Session session, int delivery)
        {
            DeliveryPool deliveries = _deliveries;
            if (_last.Get(delivery) == None)
            {
                return delivery;
            }

            int message = deliveries.Message(delivery);
            RemoveFirst(delivery);
            int header = DeliveryHeader.Of(
                deliveries.QoS(delivery), deliveries.Retain(delivery), deliveries.IsShared(delivery), 0);
            int single = deliveries.Add(session, message, header);
            deliveries.SetIdentifiers(single, deliveries.Identifiers(delivery));
            deliveries.SetStored(single, ItemColumn.None);
            deliveries.Move(session, single, deliveries.Previous(delivery));
            if (session.NextToSend == delivery)
            {
                session.NextToSend = single;
            }

            return single;
        }

        /// <summary>Takes the first out of a run; its item is the caller's.</summary>
        /// <returns>False if the delivery is no run: it has to go as a whole.</returns>
        public bool RemoveFirst(int delivery)
        {
            int last = _last.Get(delivery);
            if (last == None)
            {
                return false;
            }

            int first = _next.Get(ItemMessage.ToItem(_deliveries.Message(delivery)));
            _deliveries.SetMessage(delivery, ItemMessage.Of(first));
            _deliveries.Room++;
            if (first == last)
            {
                _last.Set(delivery, None);
            }

            return true;
        }

        // Whether a delivery is nothing but an item of the journal, and was not sent.
        private bool IsWaiting(int delivery)
        {
            return ItemMessage.Is(_deliveries.Message(delivery)) && _deliveries.State(delivery) == DeliveryState.Queued;
        }

        private bool AreAlike(int delivery, int other)
        {
            DeliveryPool deliveries = _deliveries;
            return deliveries.QoS(delivery) == deliveries.QoS(other)
                && deliveries.Retain(delivery) == deliveries.Retain(other)
                && deliveries.IsShared(delivery) == deliveries.IsShared(other)
                && deliveries.Identifiers(delivery) == deliveries.Identifiers(other)
                && deliveries.Identifiers(delivery) >= 0;
        }
    }
}
