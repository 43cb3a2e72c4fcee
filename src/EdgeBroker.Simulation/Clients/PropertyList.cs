using EdgeBroker.Protocol;

namespace EdgeBroker.Simulation.Clients
{
    /// <summary>
    /// Composes properties as they are on the wire, of any kind and in any order, for <see cref="SimClient"/> and
    /// <see cref="ConnectOptions"/>. Nothing is checked, so that tests can write what a Server has to refuse.
    /// </summary>
    public sealed class PropertyList
    {
        private readonly byte[] _buffer = new byte[1024];
        private readonly PacketWriter _writer = new PacketWriter();

        /// <summary>Makes an empty list.</summary>
        public PropertyList()
        {
            _writer.Start(_buffer, 0, _buffer.Length);
        }

        /// <summary>Adds a property of one byte.</summary>
        public PropertyList Byte(int identifier, int value)
        {
            _writer.WriteByteProperty(identifier, value);
            return this;
        }

        /// <summary>Adds a property that is a Two Byte Integer.</summary>
        public PropertyList UInt16(int identifier, int value)
        {
            _writer.WriteUInt16Property(identifier, value);
            return this;
        }

        /// <summary>Adds a property that is a Four Byte Integer.</summary>
        public PropertyList UInt32(int identifier, long value)
        {
            _writer.WriteUInt32Property(identifier, value);
            return this;
        }

        /// <summary>Adds a property that is a Variable Byte Integer.</summary>
        public PropertyList Variable(int identifier, int value)
        {
            _writer.WriteVariableProperty(identifier, value);
            return this;
        }

        /// <summary>Adds a property that is a string or binary data.</summary>
        public PropertyList Text(int identifier, string value)
        {
            _writer.WriteStringProperty(identifier, Bytes.OfText(value));
            return this;
        }

        /// <summary>Adds a User Property.</summary>
        public PropertyList User(string name, string value)
        {
            _writer.WriteUserProperty(Bytes.OfText(name), Bytes.OfText(value));
            return this;
        }

        /// <summary>The properties, without their length.</summary>
        public byte[] ToBytes()
        {
            byte[] bytes = new byte[_writer.Position];
            System.Array.Copy(_buffer, 0, bytes, 0, bytes.Length);
            return bytes;
        }
    }
}
