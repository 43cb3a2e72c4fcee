namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// Writes metadata logs. A log is a revision (4 bytes), then commits. A commit is entries, each with a header of kind (1 byte),
    /// index (1) and size of what follows (2); the last one is a checksum over all before it in the commit. Commits begin at
    /// program units. The sizes are littlefs's, the bytes are not.
    /// </summary>
    internal sealed class MetadataLog
    {
        /// <summary>Bytes of the revision.</summary>
        public const int RevisionSize = 4;

        /// <summary>Bytes of an entry's header.</summary>
        public const int HeaderSize = 4;

        /// <summary>Bytes of an entry with a file's name: littlefs stores names as text, of about 8 characters here.</summary>
        public const int NameSize = HeaderSize + 8;

        /// <summary>Bytes of an entry that refers to blocks.</summary>
        public const int ReferenceSize = HeaderSize + 8;

        /// <summary>Bytes of the entry with the checksum.</summary>
        public const int CommitSize = HeaderSize + 4;

        /// <summary>Bytes of the superblock entry.</summary>
        public const int SuperblockSize = HeaderSize + 36;

        /// <summary>Where entries must end in a block.</summary>
        public const int EntriesEnd = FlashDevice.BlockSize - CommitSize;

        // Beside the checksum, a commit guards that what follows is erased: 12 bytes more, where they fit.
        private const int GuardSize = CommitSize + 12;

        private readonly FlashDevice _device;
        private readonly FlashChecksum _checksum;
        private readonly BlockProgrammer _programmer;
        private readonly byte[] _entry = new byte[SuperblockSize];
        private readonly byte[] _copy = new byte[FlashDevice.ProgramUnit];
        private uint _sum;

        public MetadataLog(FlashDevice device, FlashChecksum checksum)
        {
            _device = device;
            _checksum = checksum;
            _programmer = new BlockProgrammer(device);
        }

        /// <summary>Where the next commit goes.</summary>
        /// <param name="position">Where the checksum's value is.</param>
        public static int EndOfCommit(int position)
        {
            int end = FlashBytes.AlignUp(position - HeaderSize + GuardSize);
            return end < FlashDevice.BlockSize ? end : FlashDevice.BlockSize;
        }

        /// <summary>Bytes that one file takes in a compacted log.</summary>
        public static int FileSize(MetadataPair pair, int index)
        {
            return NameSize + (pair.IsInline(index) ? HeaderSize + pair.SizeAt(index) : ReferenceSize);
        }

        /// <summary>Whether a change can be added to a pair's log as it is.</summary>
        public static bool Fits(MetadataPair pair, MetadataChange change)
        {
            return pair.IsErased && pair.End + change.LogSize <= EntriesEnd;
        }

        /// <summary>Adds a change to a pair's log, durably, and brings the pair up to date.</summary>
        public int Append(MetadataPair pair, MetadataChange change, MetadataPair tail)
        {
            Begin(pair.First, pair.End);
            int position = pair.End + HeaderSize;
            int result = FlashResult.Ok;
            switch (change.Kind)
            {
                case MetadataKind.Create:
                    result = PutName(change.Index, change.Name);
                    if (result == FlashResult.Ok)
                    {
                        result = PutHeader(MetadataKind.Inline, change.Index, 0);
                    }

                    break;
                case MetadataKind.Inline:
                    result = PutInline(change.Index, change.Data, change.Size);
                    break;
                case MetadataKind.Chain:
                    result = PutReference(MetadataKind.Chain, change.Index, change.Head, change.Size);
                    break;
                case MetadataKind.Delete:
                    result = PutHeader(MetadataKind.Delete, change.Index, 0);
                    break;
                default:
                    result = PutTail(tail);
                    break;
            }

            if (result == FlashResult.Ok)
            {
                result = Finish(pair);
            }

            if (result == FlashResult.Ok)
            {
                Apply(pair, change);
                if (change.Kind == MetadataKind.Inline)
                {
                    pair.SetInline(change.Index, change.Size, position);
                }
            }

            return result;
        }

        /// <summary>Brings a pair up to date with a change; content stays in the change.</summary>
        public static void Apply(MetadataPair pair, MetadataChange change)
        {
            switch (change.Kind)
            {
                case MetadataKind.Create:
                    pair.Insert(change.Index, change.Name);
                    break;
                case MetadataKind.Inline:
                    pair.SetPending(change.Index, change.Size);
                    break;
                case MetadataKind.Chain:
                    pair.SetChain(change.Index, change.Size, change.Head);
                    break;
                case MetadataKind.Delete:
                    pair.RemoveAt(change.Index);
                    break;
                default:
                    break;
            }
        }

        /// <summary>
        /// Writes a log with a range of a pair's files into the second block of a pair, the same or another; with it that block
        /// becomes the first.
        /// </summary>
        /// <param name="source">Holds the files; its first block is only read.</param>
        /// <param name="begin">The first file.</param>
        /// <param name="end">Behind the last file.</param>
        /// <param name="target">Gets the files. If it is the source, <paramref name="begin"/> is 0.</param>
        /// <param name="tail">The pair after it, or null.</param>
        /// <param name="data">The content of a file that is pending.</param>
        public int Compact(MetadataPair source, int begin, int end, MetadataPair target, MetadataPair tail, byte[] data)
        {
            int block = target.Second;
            target.Revision++;
            int result = _device.Erase(block);
            Begin(block, 0);
            if (result == FlashResult.Ok)
            {
                FlashBytes.WriteInt(_entry, 0, target.Revision);
                result = Put(_entry, 0, RevisionSize);
            }

            if (result == FlashResult.Ok && target.HasSuperblock)
            {
                result = PutSuperblock();
            }

            int sourceBlock = source.First;
            for (int i = begin; i < end && result == FlashResult.Ok; i++)
            {
                result = PutFile(source, i, sourceBlock, target, i - begin, data);
            }

            if (result == FlashResult.Ok && tail != null)
            {
                result = PutTail(tail);
            }

            if (result == FlashResult.Ok)
            {
                result = Finish(target);
            }

            if (result == FlashResult.Ok)
            {
                target.Second = target.First;
                target.First = block;
                target.Truncate(end - begin);
            }

            return result;
        }

        private int PutFile(MetadataPair source, int index, int block, MetadataPair target, int newIndex, byte[] data)
        {
            int name = source.NameAt(index);
            int size = source.SizeAt(index);
            int result = PutName(newIndex, name);
            if (source != target)
            {
                target.Insert(newIndex, name);
            }

            if (result != FlashResult.Ok)
            {
                return result;
            }

            if (!source.IsInline(index))
            {
                int head = source.HeadAt(index);
                target.SetChain(newIndex, size, head);
                return PutReference(MetadataKind.Chain, newIndex, head, size);
            }

            int position = _programmer.Position + HeaderSize;
            if (source.IsPending(index))
            {
                result = PutInline(newIndex, data, size);
            }
            else
            {
                result = PutHeader(MetadataKind.Inline, newIndex, size);
                if (result == FlashResult.Ok)
                {
                    result = PutCopy(block, source.InlinePosition(index), size);
                }
            }

            target.SetInline(newIndex, size, position);
            return result;
        }

        private void Begin(int block, int position)
        {
            _programmer.Begin(block, position);
            _sum = FlashChecksum.Start;
        }

        private int Put(byte[] buffer, int offset, int count)
        {
            _sum = _checksum.Add(_sum, buffer, offset, count);
            return _programmer.Put(buffer, offset, count);
        }

        private int PutCopy(int block, int position, int count)
        {
            while (count > 0)
            {
                int size = count > _copy.Length ? _copy.Length : count;
                int result = _device.Read(block, position, _copy, 0, size);
                if (result == FlashResult.Ok)
                {
                    result = Put(_copy, 0, size);
                }

                if (result != FlashResult.Ok)
                {
                    return result;
                }

                position += size;
                count -= size;
            }

            return FlashResult.Ok;
        }

        private int PutHeader(byte kind, int index, int size)
        {
            WriteHeader(kind, index, size);
            return Put(_entry, 0, HeaderSize);
        }

        private int PutName(int index, int name)
        {
            return PutReference(MetadataKind.Create, index, name, 0);
        }

        private int PutTail(MetadataPair tail)
        {
            return PutReference(
                MetadataKind.Tail, 0, tail == null ? MetadataPair.None : tail.First, tail == null ? MetadataPair.None : tail.Second);
        }

        private int PutReference(byte kind, int index, int first, int second)
        {
            WriteHeader(kind, index, ReferenceSize - HeaderSize);
            FlashBytes.WriteInt(_entry, HeaderSize, first);
            FlashBytes.WriteInt(_entry, HeaderSize + 4, second);
            return Put(_entry, 0, ReferenceSize);
        }

        private int PutInline(int index, byte[] data, int size)
        {
            int result = PutHeader(MetadataKind.Inline, index, size);
            return result == FlashResult.Ok ? Put(data, 0, size) : result;
        }

        private int PutSuperblock()
        {
            System.Array.Clear(_entry, 0, _entry.Length);
            WriteHeader(MetadataKind.Superblock, 0, SuperblockSize - HeaderSize);
            return Put(_entry, 0, SuperblockSize);
        }

        private void WriteHeader(byte kind, int index, int size)
        {
            _entry[0] = kind;
            _entry[1] = (byte)index;
            _entry[2] = (byte)size;
            _entry[3] = (byte)(size >> 8);
        }

        private int Finish(MetadataPair pair)
        {
            int result = PutHeader(MetadataKind.Commit, 0, CommitSize - HeaderSize);
            if (result != FlashResult.Ok)
            {
                return result;
            }

            uint sum = _sum;
            int end = EndOfCommit(_programmer.Position);
            FlashBytes.WriteInt(_entry, 0, (int)sum);
            result = _programmer.Put(_entry, 0, CommitSize - HeaderSize);
            if (result == FlashResult.Ok)
            {
                // At the end of the block there is nothing to guard, and the rest stays as it is.
                result = Fill(end < FlashDevice.BlockSize ? end : _programmer.Position);
            }

            if (result == FlashResult.Ok)
            {
                pair.End = end;
                pair.IsErased = end < FlashDevice.BlockSize;
                pair.Checksum = sum;
            }

            return result;
        }

        private int Fill(int end)
        {
            System.Array.Clear(_copy, 0, _copy.Length);
            int result = FlashResult.Ok;
            while (_programmer.Position < end && result == FlashResult.Ok)
            {
                int size = end - _programmer.Position;
                result = _programmer.Put(_copy, 0, size > _copy.Length ? _copy.Length : size);
            }

            return result == FlashResult.Ok ? _programmer.Flush() : result;
        }
    }
}
