#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace EdgeBroker.Protocol.Tests
{
    /// <summary>A writer, and what it has written.</summary>
    public class WriterBench
    {
        /// <summary>The writer.</summary>
        public readonly PacketWriter Writer = new PacketWriter();

        private readonly byte[] _target = new byte[300];

        /// <summary>Begins a packet.</summary>
        public void Start()
        {
            Writer.Start(_target, 1, _target.Length);
        }

        /// <summary>Checks the packet.</summary>
        /// <param name="expected">It, as text.</param>
        public void Check(string expected)
        {
            byte[] bytes = new PacketText().Parse(expected);
            Assert.IsFalse(Writer.Overflowed);
            Assert.AreEqual(Hex.Of(bytes, 0, bytes.Length), Hex.Of(_target, 1, Writer.Position - 1));
        }
    }
}
