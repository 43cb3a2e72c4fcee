using System;
using System.Collections.Generic;
using EdgeBroker.Desktop;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>What is in a store, by owner, and what is damaged in it.</summary>
    internal sealed class StoreFindings
    {
        private readonly SortedDictionary<int, OwnerFindings> _owners = [];
        private readonly List<string> _damage = [];

        /// <summary>Reads all items of a scan.</summary>
        internal StoreFindings(JournalScan scan)
        {
            scan.Visit(Add);
            foreach (int owner in scan.LostOwners)
            {
                OwnerOf(owner).IsLost = true;
            }

            if (scan.Result == MountResult.UnknownFormat)
            {
                _damage.Add("these are not the files of a store, or of another version: a broker sets them aside and begins anew");
            }

            if (scan.GapCount > 0)
            {
                string places = scan.GapCount == 1 ? "in one place" : $"in {scan.GapCount} places";
                _damage.Add($"{scan.MissingFrames} commits are missing, {places}");
            }

            foreach (int owner in scan.LostOwners)
            {
                _damage.Add($"owner {owner} may miss something: a broker drops what is there of it");
            }
        }

        /// <summary>The owners, by number.</summary>
        internal IReadOnlyCollection<OwnerFindings> Owners => _owners.Values;

        /// <summary>What is damaged, a line each; none if all is whole.</summary>
        internal IReadOnlyList<string> Damage => _damage;

        private OwnerFindings OwnerOf(int number)
        {
            if (!_owners.TryGetValue(number, out OwnerFindings? owner))
            {
                owner = new OwnerFindings { Owner = number };
                _owners.Add(number, owner);
            }

            return owner;
        }

        private void Add(JournalItem item, ReadOnlySpan<byte> body)
        {
            OwnerOf(item.Owner).Add(item.Type, item.RecordSize);
            if (!item.IsWhole)
            {
                _damage.Add($"item {item.Id} of owner {item.Owner} does not check");
            }
        }
    }
}
