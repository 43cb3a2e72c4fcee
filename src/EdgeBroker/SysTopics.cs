using System.Text;
using System;
using EdgeBroker.Delivery;
using EdgeBroker.Persistence;
using EdgeBroker.Ports;
using EdgeBroker.Protocol;
using EdgeBroker.Store;
using EdgeBroker.Topics;

namespace EdgeBroker
{
    /// <summary>
    /// What the broker publishes about itself under $SYS/broker/, by mosquitto's names where it has one. Values are made when
    /// somebody asks: they take no memory, and nothing is done while nobody is subscribed.
    /// </summary>
    internal sealed class SysTopics
    {
        private const string Version = "EdgeBroker version 0.1.0";

        private readonly Context _context;
        private readonly IStatusSource _status;
        private readonly Encoding _encoding = Encoding.UTF8;
        private readonly long _startMs;

        /// <summary>Makes the topics.</summary>
        public SysTopics(Context context, IStatusSource status)
        {
            _context = context;
            _status = status;
            _startMs = context.NowMs;
        }

        /// <summary>How many there are.</summary>
        public int Count
        {
            get { return SysNames.Count; }
        }

        /// <summary>Lets a publication show a topic and its value of now, as a retained message of QoS 0.</summary>
        /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
        /// <param name="publication">What to show it with.</param>
        /// <param name="filter">A Topic Filter, or null.</param>
        /// <param name="filterLength">Its bytes.</param>
        /// <returns>Whether the topic exists and matches the filter.</returns>
        public bool Load(int index, Publication publication, byte[] filter, int filterLength)
        {
            if (filter != null && filter[0] != (byte)'$')
            {
                return false;
            }

            try
            {
                return Show(index, publication, filter, filterLength);
            }
            catch (OutOfMemoryException)
            {
                MemoryReserve.Use();
                return Show(index, publication, filter, filterLength);
            }
        }

        private bool Show(int index, Publication publication, byte[] filter, int filterLength)
        {
            byte[] topic = _encoding.GetBytes(SysNames.Prefix + SysNames.Of(index));
            if (filter != null && !TopicFilter.Matches(filter, 0, filterLength, topic, 0, topic.Length))
            {
                return false;
            }

            string value = Value(index);
            if (value == null)
            {
                return false;
            }

            byte[] payload = _encoding.GetBytes(value);
            publication.Show(topic, 0, topic.Length, 0, payload.Length);
            publication.Buffer = payload;
            publication.PayloadOffset = 0;
            publication.QoS = QoS.QoS0;
            publication.Retain = false;
            publication.ExpiresAtMs = 0;
            return true;
        }

        private string Value(int index)
        {
            switch (index)
            {
                case 0: return Version;
                case 1: return ((_context.NowMs - _startMs) / 1000).ToString() + " seconds";
                case 20: return _status == null || _status.HeapFreeBytes < 0 ? null : _status.HeapFreeBytes.ToString();
                default: break;
            }

            bool isStore = index >= SysNames.FirstStore && index < SysNames.FirstDrop;
            return isStore ? StoreValue(index - SysNames.FirstStore) : Number(index).ToString();
        }

        // Null in mode memory, and for what the storage does not tell.
        private string StoreValue(int index)
        {
            SessionStore store = _context.Store;
            if (store == null)
            {
                return null;
            }

            if (index == 5)
            {
                int state = store.Commits.State;
                return state == StoreState.Good ? "good" : state == StoreState.Failing ? "failing" : "failed";
            }

            long number = StoreNumber(store, index);
            return number < 0 ? null : number.ToString();
        }

        private long StoreNumber(SessionStore store, int index)
        {
            switch (index)
            {
                case 0: return store.Journal.CommitCount;
                case 1: return store.Journal.Bytes;
                case 2: return store.Pacer.Erases;
                case 3: return DamageCount(store.Report);
                default: return store.Pacer.LifeDays(_context.NowMs);
            }
        }

        private static int DamageCount(MountReport report)
        {
            int shared = report.IsSharedLost || report.Result == MountResult.UnknownFormat ? 1 : 0;
            return report.LostCount + shared;
        }

        private long Number(int index)
        {
            Counters counters = _context.Counters;
            int connected = _context.Connections.ConnectedCount;
            switch (index)
            {
                case 2: return connected;
                case 3: return _context.Sessions.Count - connected;
                case 4: return _context.Sessions.Count;
                case 5: return counters.ClientsConnectedMax;
                case 6: return counters.SessionsExpired;
                case 7: return _context.Subscriptions.Count;
                case 8: return _context.Subscriptions.SharedCount;
                case 9: return _context.Retained.Count;
                case 10: return _context.Deliveries.Count + _context.Retained.Count;
                case 11: return _context.Store == null ? _context.Messages.BytesInUse : _context.Store.Journal.LiveBytes;
                case 12: return counters.PacketsReceived;
                case 13: return counters.PacketsSent;
                case 14: return counters.PublishReceived;
                case 15: return counters.PublishSent;
                case 16: return DropCount(counters);
                case 17: return counters.BytesReceived;
                case 18: return counters.BytesSent;
                case 19: return counters.ClientsShed;
                default: return ReasonNumber(index, counters);
            }
        }

        private long ReasonNumber(int index, Counters counters)
        {
            if (index < SysNames.FirstStep)
            {
                return counters.Drops[index - SysNames.FirstDrop];
            }

            return index < SysNames.FirstRefusal
                ? _context.Resources.Step(index - SysNames.FirstStep)
                : counters.Refusals[index - SysNames.FirstRefusal];
        }

        private static long DropCount(Counters counters)
        {
            long count = 0;
            for (int i = 0; i < DropReason.Count; i++)
            {
                count += counters.Drops[i];
            }

            return count;
        }
    }
}
