using System;
using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>What the files of a file system should hold, kept apart from it: names from 0 up.</summary>
    public class FlashExpectation
    {
        /// <summary>What <see cref="SizeOf"/> says of a file that is not there.</summary>
        public const int Absent = -1;

        private readonly byte[][] _contents;
        private readonly byte[] _buffer = new byte[FlashDevice.BlockSize * 8];
        private readonly int[] _names;

        /// <summary>Expects no file.</summary>
        /// <param name="nameCount">How many names are used.</param>
        public FlashExpectation(int nameCount)
        {
            _contents = new byte[nameCount][];
            _names = new int[nameCount + 1];
        }

        /// <summary>The size of a file, or <see cref="Absent"/>.</summary>
        public int SizeOf(int name)
        {
            return _contents[name] == null ? Absent : _contents[name].Length;
        }

        /// <summary>Expects what a step leaves.</summary>
        public void Apply(FlashStep step)
        {
            int oldSize = SizeOf(step.Name);
            if (step.Kind == FlashStep.Delete)
            {
                _contents[step.Name] = null!;
            }
            else
            {
                int kept = step.Kind == FlashStep.Append && oldSize > 0 ? oldSize : 0;
                byte[] content = new byte[kept + step.Size];
                if (kept > 0)
                {
                    Array.Copy(_contents[step.Name], 0, content, 0, kept);
                }

                step.Fill(content, kept);
                _contents[step.Name] = content;
            }
        }

        /// <summary>Lets another expect of one file what this one does.</summary>
        public void CopyTo(FlashExpectation other, int name)
        {
            other._contents[name] = _contents[name];
        }

        /// <summary>Checks every file, and that there is no other.</summary>
        public void Check(LittleFs files, string context)
        {
            CheckAllBut(-1, files, context);
        }

        /// <summary>Checks every file but one.</summary>
        public void CheckAllBut(int name, LittleFs files, string context)
        {
            int count = files.List(_names);
            Assert.IsTrue(count >= 0 && count <= _contents.Length, context);
            for (int i = 0; i < count; i++)
            {
                Assert.IsTrue(_names[i] >= 0 && _names[i] < _contents.Length, context);
                Assert.IsTrue(_names[i] == name || _contents[_names[i]] != null, context);
            }

            for (int i = 0; i < _contents.Length; i++)
            {
                if (i != name)
                {
                    Assert.IsTrue(IsAsExpected(i, files), context + " file " + i.ToString());
                }
            }
        }

        /// <summary>Whether a file is as expected.</summary>
        public bool IsAsExpected(int name, LittleFs files)
        {
            byte[] content = _contents[name];
            if (content == null)
            {
                return files.Size(name) == FlashResult.NotFound && files.Read(name, 0, _buffer, 0, 1) == FlashResult.NotFound;
            }

            if (files.Size(name) != content.Length || files.Read(name, 0, _buffer, 0, _buffer.Length) != content.Length)
            {
                return false;
            }

            for (int i = 0; i < content.Length; i++)
            {
                if (_buffer[i] != content[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a part of a file, read alone, is as expected.</summary>
        public bool IsPartAsExpected(int name, int position, int count, LittleFs files)
        {
            byte[] content = _contents[name];
            int rest = content.Length - position;
            int expected = rest < 0 ? 0 : rest < count ? rest : count;
            if (files.Read(name, position, _buffer, 5, count) != expected)
            {
                return false;
            }

            for (int i = 0; i < expected; i++)
            {
                if (_buffer[5 + i] != content[position + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
