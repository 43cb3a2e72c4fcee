using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>One operation on a file, drawn or set, that can be run again on a copy.</summary>
    public class FlashStep
    {
        /// <summary>Replaces a file, or creates it.</summary>
        public const int Replace = 0;

        /// <summary>Adds to a file, or creates it.</summary>
        public const int Append = 1;

        /// <summary>Deletes a file that is there.</summary>
        public const int Delete = 2;

        private readonly byte[] _data = new byte[FlashDevice.BlockSize * 8];

        /// <summary>One of the kinds.</summary>
        public int Kind { get; private set; }

        /// <summary>The file.</summary>
        public int Name { get; private set; }

        /// <summary>Bytes to write.</summary>
        public int Size { get; private set; }

        /// <summary>What the bytes follow from.</summary>
        public int Version { get; private set; }

        /// <summary>Sets the step.</summary>
        public void Set(int kind, int name, int size, int version)
        {
            Kind = kind;
            Name = name;
            Size = size;
            Version = version;
            Fill(_data, 0);
        }

        /// <summary>Draws a step that makes sense on what is expected.</summary>
        /// <param name="random">Chance.</param>
        /// <param name="nameCount">How many names are used.</param>
        /// <param name="fileSizeMax">A file that would become larger is deleted instead.</param>
        /// <param name="expectation">What is there.</param>
        /// <param name="version">A number of its own.</param>
        public void Draw(FlashRandom random, int nameCount, int fileSizeMax, FlashExpectation expectation, int version)
        {
            int name = random.Next(nameCount);
            int draw = random.Next(8);
            int size = random.Next(3) != 0 ? random.Next(500) : random.Next(fileSizeMax);
            int oldSize = expectation.SizeOf(name);
            int kind = draw < 4 ? Replace : Append;
            bool isTooLarge = kind == Append && oldSize + size > fileSizeMax;
            if (oldSize != FlashExpectation.Absent && (draw >= 7 || isTooLarge))
            {
                kind = Delete;
            }

            Set(kind, name, size, version);
        }

        /// <summary>Writes the step's bytes into a buffer.</summary>
        public void Fill(byte[] target, int offset)
        {
            int value = (Name * 31) + (Version * 17);
            for (int i = 0; i < Size; i++)
            {
                target[offset + i] = (byte)(value + (i * 7) + (i >> 8));
            }
        }

        /// <summary>Runs the step.</summary>
        /// <returns>A <see cref="FlashResult"/>.</returns>
        public int Run(LittleFs files)
        {
            switch (Kind)
            {
                case Replace:
                    return files.Replace(Name, _data, 0, Size);
                case Append:
                    return files.Append(Name, _data, 0, Size);
                default:
                    return files.Delete(Name);
            }
        }

        /// <summary>What the step is, for a failure's message.</summary>
        public string Describe()
        {
            return "step " + Version.ToString() + " kind " + Kind.ToString() + " name " + Name.ToString() + " size " + Size.ToString();
        }
    }
}
