using System;
using EdgeBroker.Persistence;
using EdgeBroker.Store;
using EdgeBroker.Store.Items;

namespace EdgeBroker.Memory
{
    /// <summary>
    /// Application Messages that are kept: queued, retained, Wills. A message is stored once, however many Sessions wait for
    /// it, in chained blocks of a fixed size, so that nothing fragments and the sum is bounded.
    /// Its bytes are the Topic Name, the properties that are forwarded, and the payload.
    /// </summary>
    /// <remarks>
    /// Invariants: a message with references &gt; 0 owns its chain of blocks, and so does the one message that was let go of and is
    /// spare for the next, which mostly is as long; every other block is free.
    /// </remarks>
    internal sealed class MessagePool
    {
        /// <summary>No message.</summary>
        public const int None = -1;

        private const int QoSMask = 3;
        private const int PinnedBit = 4;
        private const int RunBit = 8;

        /// <summary>Where messages are that have an item in the journal; null without a store.</summary>
        public IMessageItems Items;

        /// <summary>What their bytes are in.</summary>
        public readonly BlockPool Blocks;

        private int[] _firstBlock;
        private int[] _topicLength;
        private int[] _propertiesLength;
        private int[] _size;
        private int[] _references;
        private byte[] _qos;
        private long[] _expiresAtMs;
        private readonly ItemColumn _item = new ItemColumn();
        private byte[] _scratch;
        private int _freeMessage = None;

        // The message that is spare, and the bytes that its blocks take, which stand one after the other; 0 while there is none.
        private int _spare;
        private int _spareRoom;
        private int _messagesCreated;

        /// <summary>Makes an empty pool.</summary>
        /// <param name="bytesMax">The bytes of all blocks together.</param>
        /// <param name="blockSize">The bytes of one block.</param>
        public MessagePool(int bytesMax, int blockSize)
        {
            int blocks = bytesMax / blockSize;
            Blocks = new BlockPool(blocks, blockSize);
            int messages = Growth.Start(blocks);
            _firstBlock = new int[messages];
            _topicLength = new int[messages];
            _propertiesLength = new int[messages];
            _size = new int[messages];
            _references = new int[messages];
            _qos = new byte[messages];
        }

        /// <summary>Messages stored. It is counted when asked for, which is seldom.</summary>
        public int Count
        {
            get
            {
                int count = _spareRoom > 0 ? _messagesCreated - 1 : _messagesCreated;
                for (int free = _freeMessage; free != None; free = _firstBlock[free])
                {
                    count--;
                }

                return count;
            }
        }

        /// <summary>Bytes of the blocks in use.</summary>
        public long BytesInUse
        {
            get { return (long)Blocks.InUse * Blocks.BlockSize - _spareRoom; }
        }

        /// <summary>The bytes of the Topic Name, the properties and the payload of a message.</summary>
        public int Size(int message)
        {
            return _size[message];
        }

        /// <summary>The length of the Topic Name in bytes.</summary>
        public int TopicLength(int message)
        {
            return _topicLength[message];
        }

        /// <summary>The QoS it was published with.</summary>
        public int QoS(int message)
        {
            return _qos[message] & QoSMask;
        }

        /// <summary>The length of the forwarded properties in bytes.</summary>
        public int PropertiesLength(int message)
        {
            return _propertiesLength[message];
        }

        /// <summary>The length of the payload in bytes.</summary>
        public int PayloadLength(int message)
        {
            return _size[message] - _topicLength[message] - _propertiesLength[message];
        }

        /// <summary>When the message expires, in the clock's milliseconds; 0 for never.</summary>
        public long ExpiresAtMs(int message)
        {
            return _expiresAtMs == null ? 0 : _expiresAtMs[message];
        }

        /// <summary>Sets when a message expires: a Will's time begins with its publication.</summary>
        public void SetExpiresAtMs(int message, long expiresAtMs)
        {
            if (_expiresAtMs == null && expiresAtMs != 0)
            {
                // Most brokers never see one.
                _expiresAtMs = MemoryReserve.Longs(_firstBlock.Length);
            }

            if (_expiresAtMs != null)
            {
                _expiresAtMs[message] = expiresAtMs;
            }
        }

        /// <summary>The references to a message.</summary>
        public int References(int message)
        {
            return _references[message];
        }

        /// <summary>The message's item in the journal, or <see cref="None"/>.</summary>
        public int Item(int message)
        {
            return ItemMessage.Is(message) ? ItemMessage.ToItem(message) : _item.Get(message);
        }

        /// <summary>Notes the message's item in the journal.</summary>
        public void SetItem(int message, int item)
        {
            _item.Set(message, item);
        }

        /// <summary>Notes whether the bytes of a message are to stay in memory: it is retained.</summary>
        public void SetPinned(int message, bool isPinned)
        {
            _qos[message] = (byte)((_qos[message] & ~PinnedBit) | (isPinned ? PinnedBit : 0));
        }

        /// <summary>Lets go of the bytes of a message that has an item in the journal, unless they are to stay in memory.</summary>
        public void DropBytes(int message)
        {
            if ((_qos[message] & PinnedBit) == 0)
            {
                FreeBlocks(message);
                _firstBlock[message] = None;
            }
        }

        /// <summary>Enters a message whose bytes are in the journal alone, with one reference to it.</summary>
        public int AddItem(int item, int topicLength, int propertiesLength, int payloadLength, long expiresAtMs)
        {
            int message = TakeMessage();
            _firstBlock[message] = None;
            _topicLength[message] = topicLength;
            _propertiesLength[message] = propertiesLength;
            _size[message] = topicLength + propertiesLength + payloadLength;
            SetExpiresAtMs(message, expiresAtMs);
            _qos[message] = 0;
            _references[message] = 1;
            SetItem(message, item);
            return message;
        }

        /// <summary>Gives back memory that was needed at another time, where it is scarce.</summary>
        public void Trim()
        {
            if (Blocks.IsLoose)
            {
                DropSpare();
                Blocks.Trim();
            }
        }

        /// <summary>Whether a message of so many bytes can be added now.</summary>
        public bool HasRoom(int size)
        {
            return size <= _spareRoom || Blocks.HasRoom(size - _spareRoom);
        }

        /// <summary>Stores a message, with one reference to it.</summary>
        /// <returns>Its index, or <see cref="None"/> if there is no room.</returns>
        public int Add(MessageView view)
        {
            int topicLength = view.TopicLength;
            int propertiesLength = view.PropertiesLength;
            int size = topicLength + propertiesLength + view.PayloadLength;
            int message;
            int run = RunBit;
            if (size <= _spareRoom && size > _spareRoom - Blocks.BlockSize)
            {
                message = _spare;
                _spareRoom = 0;
            }
            else
            {
                message = Take(size);
                if (message == None)
                {
                    return None;
                }

                run = Blocks.IsRun ? RunBit : 0;
            }

            _topicLength[message] = topicLength;
            _propertiesLength[message] = propertiesLength;
            _size[message] = size;
            _references[message] = 1;
            if (_expiresAtMs != null || view.ExpiresAtMs != 0)
            {
                SetExpiresAtMs(message, view.ExpiresAtMs);
            }

            _qos[message] = (byte)(view.QoS | run);
            if (run != 0)
            {
                byte[] block = Blocks.Find(_firstBlock[message], out int at);
                Array.Copy(view.TopicBuffer, view.TopicOffset, block, at, topicLength);
                at += topicLength;
                if (propertiesLength > 0)
                {
                    Array.Copy(view.PropertiesBuffer, view.PropertiesOffset, block, at, propertiesLength);
                }

                at += propertiesLength;
                Array.Copy(view.Buffer, view.PayloadOffset, block, at, view.PayloadLength);
            }
            else
            {
                view.CopyTo(Blocks, _firstBlock[message]);
            }

            return message;
        }

        /// <summary>Adds a reference.</summary>
        public void AddReference(int message)
        {
            _references[message]++;
        }

        /// <summary>Takes a reference away; the last one frees the message.</summary>
        public void Release(int message)
        {
            int references = _references[message] - 1;
            _references[message] = references;
            if (references > 0)
            {
                return;
            }

            int item = _item.Get(message);
            if (item != None)
            {
                Items.Forget(item, ItemOwner.Messages);
                _item.Set(message, None);
            }

            if (_spareRoom == 0 && (_qos[message] & RunBit) != 0 && _firstBlock[message] != None)
            {
                _spare = message;
                _spareRoom = Blocks.RoomFor(_size[message]);
                return;
            }

            Free(message);
        }

        /// <summary>Copies bytes of a message, the first of which is counted from the start of the Topic Name.</summary>
        public void Copy(int message, int from, int count, byte[] target, int targetOffset)
        {
            Blocks.Copy(_firstBlock[message], from, count, target, targetOffset);
        }

        /// <summary>
        /// Lets a view show a message. A message in one piece is shown where it is, another as a copy that lasts until the
        /// next call. One that is in the journal is read.
        /// </summary>
        /// <returns>False if it can't be read any more.</returns>
        public bool Load(int message, MessageView view)
        {
            if (ItemMessage.Is(message) || _firstBlock[message] == None)
            {
                return Items.Load(ItemMessage.Is(message) ? ItemMessage.ToItem(message) : _item.Get(message), view);
            }

            int size = Size(message);
            byte[] buffer = _scratch;
            int offset = 0;
            if ((_qos[message] & RunBit) != 0)
            {
                buffer = Blocks.Find(_firstBlock[message], out offset);
            }
            else
            {
                if (buffer == null || buffer.Length < size)
                {
                    _scratch = buffer = MemoryReserve.Bytes(size);
                }

                Copy(message, 0, size, buffer, 0);
            }

            view.Show(buffer, offset, _topicLength[message], PropertiesLength(message), PayloadLength(message));
            view.QoS = _qos[message] & QoSMask;
            view.ExpiresAtMs = ExpiresAtMs(message);
            return true;
        }

        private void FreeBlocks(int message)
        {
            int first = _firstBlock[message];
            if ((_qos[message] & RunBit) == 0)
            {
                Blocks.Free(first);
            }
            else if (first != None)
            {
                Blocks.FreeRun(first, _size[message]);
            }
        }

        private void Free(int message)
        {
            FreeBlocks(message);
            _firstBlock[message] = _freeMessage;
            _freeMessage = message;
        }

        private void DropSpare()
        {
            if (_spareRoom > 0)
            {
                _spareRoom = 0;
                Free(_spare);
            }
        }

        private int Take(int size)
        {
            DropSpare();
            int first = Blocks.Take(size);
            if (first == None)
            {
                return None;
            }

            int message = TakeMessage();
            _firstBlock[message] = first;
            return message;
        }

        private int TakeMessage()
        {
            if (_freeMessage != None)
            {
                int free = _freeMessage;
                _freeMessage = _firstBlock[free];
                return free;
            }

            int message = _messagesCreated++;
            if (message == _firstBlock.Length)
            {
                // Their number has no bound of its own: those that are in the store take no block, and each has a delivery.
                int length = Growth.Next(message, int.MaxValue);
                _firstBlock = Growth.Resize(_firstBlock, length);
                _topicLength = Growth.Resize(_topicLength, length);
                _propertiesLength = Growth.Resize(_propertiesLength, length);
                _size = Growth.Resize(_size, length);
                _references = Growth.Resize(_references, length);
                _qos = Growth.Resize(_qos, length);
                _expiresAtMs = _expiresAtMs == null ? null : Growth.Resize(_expiresAtMs, length);
            }

            return message;
        }
    }
}
