using System;
using System.Collections.Generic;
using EdgeBroker.Desktop;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>What is in a store: Sessions and retained messages; and what is damaged in it.</summary>
    internal sealed class StoreFindings
    {
        private const int TermsSize = 5;
        private const int IdentifierFlag = 128;
        private const int QoSMask = 3;

        private readonly SortedDictionary<int, SessionFindings> _sessions = [];
        private readonly Dictionary<long, int> _messages = [];
        private readonly List<RetainedFindings> _retained = [];
        private readonly List<string> _damage = [];
        private readonly MessageBody _message = new();

        /// <summary>Reads all items of a scan.</summary>
        internal StoreFindings(JournalScan scan)
        {
            scan.Visit(Add);
            if (scan.Result == MountResult.UnknownFormat)
            {
                _damage.Add("these are not the files of a store, or of another version: a broker sets them aside and begins anew");
            }

            if (scan.GapCount > 0)
            {
                string commits = scan.MissingFrames == 1 ? "1 commit is missing" : $"{scan.MissingFrames} commits are missing";
                _damage.Add(commits + (scan.GapCount == 1 ? "" : $", in {scan.GapCount} places"));
            }

            foreach (int owner in scan.LostOwners)
            {
                AddLost(owner);
            }

            foreach (SessionFindings session in _sessions.Values)
            {
                if (session.Client == null && !session.IsLost)
                {
                    _damage.Add($"items of Session {session.Number} are there, but not the Session: a broker deletes them");
                }
            }
        }

        /// <summary>The Sessions, by number: the oldest first.</summary>
        internal IReadOnlyCollection<SessionFindings> Sessions => _sessions.Values;

        /// <summary>The retained messages, the one that was stored first coming first.</summary>
        internal IReadOnlyList<RetainedFindings> Retained => _retained;

        /// <summary>What is damaged, a line each; none if all is whole.</summary>
        internal IReadOnlyList<string> Damage => _damage;

        private static string Quote(ReadOnlySpan<byte> text)
        {
            return ClientNames.Quote(text.ToArray(), text.Length);
        }

        private static long Number(ReadOnlySpan<byte> body, int at, int size)
        {
            return ItemBytes.Read(body.Slice(at, size).ToArray(), 0, size);
        }

        private SessionFindings SessionOf(int number)
        {
            if (!_sessions.TryGetValue(number, out SessionFindings? session))
            {
                session = new SessionFindings { Number = number };
                _sessions.Add(number, session);
            }

            return session;
        }

        private void AddLost(int owner)
        {
            if (owner == ItemOwner.Retained)
            {
                _damage.Add("retained messages may be missing: a broker drops them all");
            }
            else if (owner == ItemOwner.Messages)
            {
                _damage.Add("messages of several Sessions may be missing: a broker drops the Sessions that wait for one of them");
            }
            else
            {
                SessionFindings session = SessionOf(owner);
                session.IsLost = true;
                _damage.Add($"Session {owner} ({session.Client ?? "unknown"}) may miss something: a broker drops it");
            }
        }

        private void Add(JournalItem item, ReadOnlySpan<byte> body)
        {
            try
            {
                if (!item.IsWhole)
                {
                    _damage.Add($"item {item.Id} of owner {item.Owner} does not check");
                }
                else if (item.Owner >= ItemOwner.FirstSession)
                {
                    AddTo(SessionOf(item.Owner), item, body);
                }
                else if (item.Owner == ItemOwner.Messages)
                {
                    _messages.Add(item.Id, item.RecordSize);
                }
                else
                {
                    ReadMessage(item, body);
                    ReadOnlySpan<byte> topic = body.Slice(_message.TopicOffset, _message.TopicLength);
                    _retained.Add(new RetainedFindings(Quote(topic), _message.QoS, _message.PayloadLength));
                }
            }
            catch (ArgumentOutOfRangeException)
            {
                _damage.Add($"item {item.Id} of owner {item.Owner}, of type {item.Type}, is too short for what it has to hold");
            }
        }

        private void AddTo(SessionFindings session, JournalItem item, ReadOnlySpan<byte> body)
        {
            switch (item.Type)
            {
                case ItemType.Session:
                    session.Client = Quote(body[TermsSize..]);
                    goto case ItemType.Terms;
                case ItemType.Terms:
                    session.IsV5 = body[..1][0] != 0;
                    session.ExpiryS = Number(body, 1, 4);
                    break;
                case ItemType.Away:
                    session.AwaySince = (int)Number(body, 0, 4);
                    break;
                case ItemType.Subscription:
                    int options = body[..1][0];
                    session.Subscriptions.Add((Quote(body[((options & IdentifierFlag) != 0 ? 5 : 1)..]), options & QoSMask));
                    break;
                case ItemType.Queued:
                    ReadMessage(item, body);
                    session.QueuedCount++;
                    session.QueuedBytes += item.RecordSize;
                    break;
                case ItemType.Delivery:
                    AddDelivery(session, item, body);
                    break;
                case ItemType.Inbound or ItemType.Released:
                    session.HalfDoneCount += Number(body, 0, 2) > 0 ? 1 : 0;
                    break;
                case ItemType.Dropped:
                    session.DroppedCount = Number(body, 0, 4);
                    break;
                case ItemType.Will:
                    session.HasWill = body.Length > 8;
                    break;
                default:
                    _damage.Add($"item {item.Id} of owner {item.Owner} is of type {item.Type}, which no broker writes");
                    break;
            }
        }

        // What it names is a message of several Sessions, or one of this Session's own that is counted already.
        private void AddDelivery(SessionFindings session, JournalItem item, ReadOnlySpan<byte> body)
        {
            long id = Number(body, body.Length - ItemBytes.IdSize, ItemBytes.IdSize);
            if (_messages.TryGetValue(id, out int bytes))
            {
                session.QueuedCount++;
                session.QueuedBytes += item.RecordSize + bytes;
            }
        }

        private void ReadMessage(JournalItem item, ReadOnlySpan<byte> body)
        {
            if (!_message.Read(body.ToArray(), 0, body.Length))
            {
                _damage.Add($"item {item.Id} of owner {item.Owner} holds no message");
            }
        }
    }
}
