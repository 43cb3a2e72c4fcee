using System;
using EdgeBroker.Delivery;

namespace EdgeBroker.Memory
{
    /// <summary>
    /// Application Messages that are kept: queued, retained, Wills. A message is stored once, however many Sessions wait for
    /// it, in chained blocks of a fixed size, so that nothing fragments and the sum is bounded.
    /// Its bytes are the Topic Name, the properties that are forwarded, and the payload.
    /// </summary>
    /// <remarks>Invariants: a message with references &gt; 0 owns its chain of blocks; every other block is free.</remarks>
    internal sealed class MessagePool
    {
        /// <summary>No message.</summary>
        public const int None = -1;

        // Blocks are allocated in slabs of this many, so that a large limit costs memory only when it is used.
        private const int SlabShift = 6;
        private const int SlabMask = (1 << SlabShift) - 1;

        private readonly int _blockSize;
        private readonly int _blocksMax;
        private byte[][] _slabs;
        private int[] _nextBlock;
        private int _freeBlock = None;
        private int _blocksCreated;
        private int _blocksInUse;

        private int[] _firstBlock;
        private int[] _topicLength;
        private int[] _propertiesLength;
        private int[] _payloadLength;
        private int[] _references;
        private byte[] _qos;
        private long[] _expiresAtMs;
        private byte[] _scratch = new byte[0];
        private int _freeMessage = None;
        private int _messagesCreated;
        private int _messageCount;

        /// <summary>Makes an empty pool.</summary>
        /// <param name="bytesMax">The bytes of all blocks together.</param>
        /// <param name="blockSize">The bytes of one block.</param>
        public MessagePool(int bytesMax, int blockSize)
        {
            _blockSize = blockSize;
            _blocksMax = bytesMax / blockSize;
            int start = Growth.Start(_blocksMax);
            _nextBlock = new int[start];
            _slabs = new byte[(start + SlabMask) >> SlabShift][];
            int messages = start;
            _firstBlock = new int[messages];
            _topicLength = new int[messages];
            _propertiesLength = new int[messages];
            _payloadLength = new int[messages];
            _references = new int[messages];
            _qos = new byte[messages];
        }

        /// <summary>Messages stored.</summary>
        public int Count
        {
            get { return _messageCount; }
        }

        /// <summary>Bytes of the blocks in use.</summary>
        public long BytesInUse
        {
            get { return (long)_blocksInUse * _blockSize; }
        }

        /// <summary>The bytes of the Topic Name, the properties and the payload of a message.</summary>
        public int Size(int message)
        {
            return _topicLength[message] + _propertiesLength[message] + _payloadLength[message];
        }

        /// <summary>The length of the Topic Name in bytes.</summary>
        public int TopicLength(int message)
        {
            return _topicLength[message];
        }

        /// <summary>The QoS it was published with.</summary>
        public int QoS(int message)
        {
            return _qos[message];
        }

        /// <summary>The length of the forwarded properties in bytes.</summary>
        public int PropertiesLength(int message)
        {
            return _propertiesLength[message];
        }

        /// <summary>The length of the payload in bytes.</summary>
        public int PayloadLength(int message)
        {
            return _payloadLength[message];
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
                _expiresAtMs = new long[_firstBlock.Length];
            }

            if (_expiresAtMs != null)
            {
                _expiresAtMs[message] = expiresAtMs;
            }
        }

        /// <summary>Whether a message of so many bytes can be added now.</summary>
        public bool HasRoom(int size)
        {
            return BlocksFor(size) <= _blocksMax - _blocksInUse;
        }

        /// <summary>Stores a message, with one reference to it.</summary>
        /// <returns>Its index, or <see cref="None"/> if there is no room.</returns>
        public int Add(Publication publication)
        {
            int size = publication.TopicLength + publication.PropertiesLength + publication.PayloadLength;
            int blocks = BlocksFor(size);
            if (blocks > _blocksMax - _blocksInUse)
            {
                return None;
            }

            int message = TakeMessage();
            int first = TakeBlock();
            int last = first;
            for (int i = 1; i < blocks; i++)
            {
                int block = TakeBlock();
                _nextBlock[last] = block;
                last = block;
            }

            _nextBlock[last] = None;
            _firstBlock[message] = first;
            _topicLength[message] = publication.TopicLength;
            _propertiesLength[message] = publication.PropertiesLength;
            _payloadLength[message] = publication.PayloadLength;
            SetExpiresAtMs(message, publication.ExpiresAtMs);
            _qos[message] = (byte)publication.QoS;
            _references[message] = 1;
            _messageCount++;
            Fill(message, 0, publication.TopicBuffer, publication.TopicOffset, publication.TopicLength);
            Fill(
                message,
                publication.TopicLength,
                publication.PropertiesBuffer,
                publication.PropertiesOffset,
                publication.PropertiesLength);
            Fill(
                message,
                publication.TopicLength + publication.PropertiesLength,
                publication.Buffer,
                publication.PayloadOffset,
                publication.PayloadLength);
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
            if (--_references[message] > 0)
            {
                return;
            }

            int block = _firstBlock[message];
            while (block != None)
            {
                int next = _nextBlock[block];
                _nextBlock[block] = _freeBlock;
                _freeBlock = block;
                _blocksInUse--;
                block = next;
            }

            _firstBlock[message] = _freeMessage;
            _freeMessage = message;
            _messageCount--;
        }

        /// <summary>Copies bytes of a message.</summary>
        /// <param name="message">Which.</param>
        /// <param name="from">The first byte to copy, counted from the start of the Topic Name.</param>
        /// <param name="count">How many bytes.</param>
        /// <param name="target">Where to.</param>
        /// <param name="targetOffset">Where in it.</param>
        public void Copy(int message, int from, int count, byte[] target, int targetOffset)
        {
            int block = _firstBlock[message];
            while (from >= _blockSize)
            {
                block = _nextBlock[block];
                from -= _blockSize;
            }

            while (count > 0)
            {
                int part = _blockSize - from;
                if (part > count)
                {
                    part = count;
                }

                Array.Copy(_slabs[block >> SlabShift], (block & SlabMask) * _blockSize + from, target, targetOffset, part);
                targetOffset += part;
                count -= part;
                from = 0;
                block = _nextBlock[block];
            }
        }

        /// <summary>
        /// Lets a publication show a message. A message of one block is shown where it is, a longer one as a copy that lasts
        /// until the next call.
        /// </summary>
        public void Load(int message, Publication publication)
        {
            int size = Size(message);
            byte[] buffer = _scratch;
            int offset = 0;
            if (size <= _blockSize)
            {
                int block = _firstBlock[message];
                buffer = _slabs[block >> SlabShift];
                offset = (block & SlabMask) * _blockSize;
            }
            else
            {
                if (buffer.Length < size)
                {
                    buffer = new byte[size];
                    _scratch = buffer;
                }

                Copy(message, 0, size, buffer, 0);
            }

            publication.Show(buffer, offset, _topicLength[message], _propertiesLength[message], _payloadLength[message]);
            publication.QoS = _qos[message];
            publication.ExpiresAtMs = ExpiresAtMs(message);
        }

        private int BlocksFor(int size)
        {
            // Even an empty message owns a block: a Topic Name has at least one byte.
            return size == 0 ? 1 : (size + _blockSize - 1) / _blockSize;
        }

        private void Fill(int message, int at, byte[] source, int offset, int count)
        {
            int block = _firstBlock[message];
            while (at >= _blockSize)
            {
                block = _nextBlock[block];
                at -= _blockSize;
                if (block == None)
                {
                    return;
                }
            }

            while (count > 0)
            {
                int part = _blockSize - at;
                if (part > count)
                {
                    part = count;
                }

                Array.Copy(source, offset, _slabs[block >> SlabShift], (block & SlabMask) * _blockSize + at, part);
                offset += part;
                count -= part;
                at = 0;
                block = _nextBlock[block];
            }
        }

        private int TakeBlock()
        {
            _blocksInUse++;
            if (_freeBlock != None)
            {
                int free = _freeBlock;
                _freeBlock = _nextBlock[free];
                return free;
            }

            int block = _blocksCreated++;
            if (block == _nextBlock.Length)
            {
                _nextBlock = Growth.Resize(_nextBlock, Growth.Next(block, _blocksMax));
                byte[][] slabs = new byte[(_nextBlock.Length + SlabMask) >> SlabShift][];
                Array.Copy(_slabs, 0, slabs, 0, _slabs.Length);
                _slabs = slabs;
            }

            int slab = block >> SlabShift;
            if (_slabs[slab] == null)
            {
                int blocks = _blocksMax - (slab << SlabShift);
                _slabs[slab] = new byte[(blocks > SlabMask ? SlabMask + 1 : blocks) * _blockSize];
            }

            return block;
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
                int length = Growth.Next(message, _blocksMax);
                _firstBlock = Growth.Resize(_firstBlock, length);
                _topicLength = Growth.Resize(_topicLength, length);
                _propertiesLength = Growth.Resize(_propertiesLength, length);
                _payloadLength = Growth.Resize(_payloadLength, length);
                _references = Growth.Resize(_references, length);
                _qos = Growth.Resize(_qos, length);
                _expiresAtMs = _expiresAtMs == null ? null : Growth.Resize(_expiresAtMs, length);
            }

            return message;
        }
    }
}
