namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// Reads a metadata pair: the log in the block with the newer revision up to the first commit whose checksum fails, or the
    /// other block's if not even the first commit of that one holds.
    /// </summary>
    internal sealed class MetadataReader
    {
        private readonly FlashDevice _device;
        private readonly FlashChecksum _checksum;
        private readonly byte[] _content = new byte[FlashDevice.BlockSize];
        private readonly byte[] _revision = new byte[4];

        public MetadataReader(FlashDevice device, FlashChecksum checksum)
        {
            _device = device;
            _checksum = checksum;
        }

        /// <summary>Reads the revision that a block begins with, whatever the block holds.</summary>
        public int ReadRevision(int block, out int revision)
        {
            int result = _device.Read(block, 0, _revision, 0, 4);
            revision = FlashBytes.ReadInt(_revision, 0);
            return result;
        }

        /// <summary>Reads a pair.</summary>
        public int Read(int first, int second, MetadataPair pair)
        {
            int revisionFirst;
            int revisionSecond;
            int result = ReadRevision(first, out revisionFirst);
            if (result == FlashResult.Ok)
            {
                result = ReadRevision(second, out revisionSecond);

                // The difference, not the values: revisions go round.
                bool isSwapped = result == FlashResult.Ok && revisionFirst - revisionSecond < 0;
                pair.First = isSwapped ? second : first;
                pair.Second = isSwapped ? first : second;
                if (result == FlashResult.Ok)
                {
                    result = ReadLog(pair);
                }

                if (result == FlashResult.Damaged)
                {
                    int other = pair.First;
                    pair.First = pair.Second;
                    pair.Second = other;
                    result = ReadLog(pair);
                }
            }

            return result;
        }

        private int ReadLog(MetadataPair pair)
        {
            int result = _device.Read(pair.First, 0, _content, 0, FlashDevice.BlockSize);
            if (result != FlashResult.Ok)
            {
                return result;
            }

            pair.Clear();
            pair.End = 0;
            while (pair.End < FlashDevice.BlockSize)
            {
                int end = EndOfCommit(pair.End, out uint checksum);
                if (end == 0)
                {
                    break;
                }

                if (!Apply(pair, pair.End))
                {
                    return FlashResult.Damaged;
                }

                pair.End = end;
                pair.Checksum = checksum;
            }

            pair.Revision = FlashBytes.ReadInt(_content, 0);
            pair.IsErased = IsErased(pair.End);
            return pair.End > 0 ? FlashResult.Ok : FlashResult.Damaged;
        }

        // Where the next commit goes, or 0 if there is no whole one here.
        private int EndOfCommit(int start, out uint checksum)
        {
            checksum = 0;
            int position = start == 0 ? MetadataLog.RevisionSize : start;
            while (position <= FlashDevice.BlockSize - MetadataLog.CommitSize)
            {
                byte kind = _content[position];
                int size = _content[position + 2] | (_content[position + 3] << 8);
                position += MetadataLog.HeaderSize;
                if (kind == MetadataKind.Commit)
                {
                    checksum = _checksum.Add(FlashChecksum.Start, _content, start, position - start);
                    return (uint)FlashBytes.ReadInt(_content, position) == checksum ? MetadataLog.EndOfCommit(position) : 0;
                }

                if (kind < MetadataKind.Superblock || kind > MetadataKind.Commit)
                {
                    return 0;
                }

                position += size;
            }

            return 0;
        }

        private bool Apply(MetadataPair pair, int start)
        {
            int position = start == 0 ? MetadataLog.RevisionSize : start;
            while (_content[position] != MetadataKind.Commit)
            {
                int index = _content[position + 1];
                int size = _content[position + 2] | (_content[position + 3] << 8);
                byte kind = _content[position];
                position += MetadataLog.HeaderSize;
                if (!IsIndexOf(pair, kind, index))
                {
                    return false;
                }

                ApplyEntry(pair, kind, index, position, size);
                position += size;
            }

            return true;
        }

        private void ApplyEntry(MetadataPair pair, byte kind, int index, int position, int size)
        {
            switch (kind)
            {
                case MetadataKind.Superblock:
                    pair.HasSuperblock = true;
                    break;
                case MetadataKind.Create:
                    pair.Insert(index, FlashBytes.ReadInt(_content, position));
                    break;
                case MetadataKind.Inline:
                    pair.SetInline(index, size, position);
                    break;
                case MetadataKind.Chain:
                    pair.SetChain(index, FlashBytes.ReadInt(_content, position + 4), FlashBytes.ReadInt(_content, position));
                    break;
                case MetadataKind.Delete:
                    pair.RemoveAt(index);
                    break;
                default:
                    pair.TailFirst = FlashBytes.ReadInt(_content, position);
                    pair.TailSecond = FlashBytes.ReadInt(_content, position + 4);
                    break;
            }
        }

        private static bool IsIndexOf(MetadataPair pair, byte kind, int index)
        {
            switch (kind)
            {
                case MetadataKind.Create:
                    return index <= pair.Count;
                case MetadataKind.Inline:
                case MetadataKind.Chain:
                case MetadataKind.Delete:
                    return index < pair.Count;
                default:
                    return true;
            }
        }

        // One program unit is enough: whatever was torn here began at its first byte.
        private bool IsErased(int position)
        {
            int end = position + FlashDevice.ProgramUnit;
            if (end > FlashDevice.BlockSize)
            {
                return false;
            }

            for (int i = position; i < end; i++)
            {
                if (_content[i] != 0xff)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
