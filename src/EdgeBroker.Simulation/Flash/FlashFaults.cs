namespace EdgeBroker.Simulation.Flash
{
    /// <summary>
    /// The bad behaviour that a <see cref="FlashDevice"/> is asked for; none at first. Programs and erases are counted together,
    /// from 0, by <see cref="FlashDevice.OperationCount"/>: an operation's number is the count before it.
    /// </summary>
    public sealed class FlashFaults
    {
        /// <summary>What a rate of "always" is.</summary>
        public const int RateMax = 65536;

        private readonly FlashRandom _random;
        private long _cutOperation = -1;
        private FlashCut _cut;
        private long _failStart = -1;
        private long _failEnd = -1;
        private int _eraseTurn;

        internal FlashFaults(FlashRandom random)
        {
            _random = random;
        }

        /// <summary>How often a program or erase fails, in 1/65,536: 0 (never) to 65,536.</summary>
        public int WriteFailRate { get; set; }

        /// <summary>How often a read fails, in 1/65,536: 0 (never) to 65,536.</summary>
        public int ReadFailRate { get; set; }

        /// <summary>How long every erase takes, in virtual milliseconds: 0 or more.</summary>
        public int EraseMs { get; set; }

        /// <summary>How long a slow erase takes on top, in virtual milliseconds: 0 or more.</summary>
        public int SlowEraseMs { get; set; }

        /// <summary>Every which erase is a slow one; 0: none.</summary>
        public int SlowEraseInterval { get; set; }

        /// <summary>Cuts the power once.</summary>
        /// <param name="operation">The number of the program or erase.</param>
        /// <param name="cut">Where in it.</param>
        public void CutAt(long operation, FlashCut cut)
        {
            _cutOperation = operation;
            _cut = cut;
        }

        /// <summary>Takes back a <see cref="CutAt"/> that has not come.</summary>
        public void SpareCut()
        {
            _cutOperation = -1;
        }

        /// <summary>Lets programs and erases fail.</summary>
        /// <param name="operation">The number of the first that fails.</param>
        /// <param name="count">How many fail from there: 1 or more; <see cref="int.MaxValue"/> is for good.</param>
        public void FailAt(long operation, int count)
        {
            _failStart = operation;
            _failEnd = count == int.MaxValue ? long.MaxValue : operation + count;
        }

        /// <summary>Takes back all that was asked for.</summary>
        public void Clear()
        {
            _cutOperation = -1;
            _failStart = -1;
            _failEnd = -1;
            WriteFailRate = 0;
            ReadFailRate = 0;
            EraseMs = 0;
            SlowEraseMs = 0;
            SlowEraseInterval = 0;
        }

        internal FlashFate Judge(long operation)
        {
            if (operation == _cutOperation)
            {
                _cutOperation = -1;
                return _cut == FlashCut.Before ? FlashFate.CutBefore : _cut == FlashCut.Torn ? FlashFate.CutTorn : FlashFate.CutAfter;
            }

            bool fails = operation >= _failStart && operation < _failEnd;
            return fails || IsHit(WriteFailRate) ? FlashFate.Fails : FlashFate.Done;
        }

        internal bool FailsRead()
        {
            return IsHit(ReadFailRate);
        }

        internal int NextEraseMs()
        {
            _eraseTurn++;
            bool isSlow = SlowEraseInterval > 0 && _eraseTurn % SlowEraseInterval == 0;
            return isSlow ? EraseMs + SlowEraseMs : EraseMs;
        }

        private bool IsHit(int rate)
        {
            return rate > 0 && _random.Next(RateMax) < rate;
        }
    }
}
