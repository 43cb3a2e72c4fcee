using EdgeBroker.Limits;
using EdgeBroker.Store;

namespace EdgeBroker.Persistence
{
    /// <summary>
    /// Sees to it that the flash lasts: erases are a budget that fills as time goes by and that commits draw on. While there is
    /// some left, commits come when they are wanted; when it is empty they come as seldom as the budget allows, down to one in
    /// the setting commit-interval-max-ms. Then the flash wears faster than it should, and the operator is told.
    /// </summary>
    internal sealed class CommitPacer
    {
        // Of the erases that all blocks stand; the other half is for uneven wear.
        private const int BlockLife = 100000 / 2;

        // What the bucket holds: the erases of so long at the rate that the life allows.
        private const long BurstS = 3600;

        private const long YearS = 31557600;

        private readonly IWearSource _wear;
        private readonly long _lifeErases;
        private readonly long _lifeS;
        private readonly int _intervalMaxMs;
        private long _startMs;
        private long _startErases;
        private long _lastErases;
        private long _credit;
        private long _filledMs;

        /// <summary>Makes a pacer.</summary>
        /// <param name="wear">Counts the erases, or null: then commits are never paced.</param>
        /// <param name="limits">flash-life-years and commit-interval-max-ms.</param>
        /// <param name="nowMs">The time.</param>
        public CommitPacer(IWearSource wear, BrokerLimits limits, long nowMs)
        {
            _wear = wear == null || wear.Blocks == 0 || wear.Erases < 0 ? null : wear;
            _lifeS = limits.FlashLifeYears * YearS;
            _intervalMaxMs = limits.CommitIntervalMaxMs;
            _lifeErases = _wear == null ? 0 : (long)wear.Blocks * BlockLife;
            _startMs = nowMs;
            _filledMs = nowMs;
            _startErases = _wear == null ? 0 : wear.Erases;
            _lastErases = _startErases;
            _credit = Full;
        }

        /// <summary>Erases of the flash, as its storage counts them; -1 if it does not.</summary>
        public long Erases
        {
            get { return _wear == null ? -1 : _wear.Erases; }
        }

        /// <summary>When the next commit may be made, in the clock's milliseconds.</summary>
        public long NextMs { get; private set; }

        /// <summary>Whether commits wait for the flash's sake.</summary>
        public bool IsPacing
        {
            get { return NextMs != 0; }
        }

        // In thousandths of an erase.
        private long Full
        {
            get { return _lifeErases * BurstS / _lifeS * 1000 + 1000; }
        }

        /// <summary>How much of the budget is used up, in percent: 100 when commits have to wait.</summary>
        public int DrawnPct(long nowMs)
        {
            if (_wear == null)
            {
                return 0;
            }

            long elapsedMs = nowMs - _filledMs < BurstS * 1000 ? nowMs - _filledMs : BurstS * 1000;
            long drawn = Full - _credit - _lifeErases * 1000 / _lifeS * elapsedMs / 1000;
            return drawn <= 0 ? 0 : drawn >= Full ? 100 : (int)(drawn * 100 / Full);
        }

        /// <summary>A commit was made: what it cost is drawn from the budget.</summary>
        public void Spent(long nowMs)
        {
            if (_wear == null)
            {
                return;
            }

            long perSecond = _lifeErases * 1000 / _lifeS;
            long elapsedMs = nowMs - _filledMs;
            if (elapsedMs > BurstS * 1000)
            {
                elapsedMs = BurstS * 1000;
            }

            _filledMs = nowMs;
            _credit += perSecond * elapsedMs / 1000;
            if (_credit > Full)
            {
                _credit = Full;
            }

            long erases = _wear.Erases;
            _credit -= (erases - _lastErases) * 1000;
            _lastErases = erases;
            NextMs = 0;
            if (_credit < 0)
            {
                long waitMs = perSecond > 0 ? -_credit * 1000 / perSecond : _intervalMaxMs;
                if (waitMs > _intervalMaxMs)
                {
                    // More than that would be unkind to those who wait; the debt is not carried on for ever.
                    waitMs = _intervalMaxMs;
                    _credit = -perSecond * _intervalMaxMs / 1000;
                }

                NextMs = nowMs + waitMs;
            }
        }

        /// <summary>The days that the flash lasts at the rate since the start; -1 if that can't be told.</summary>
        public int LifeDays(long nowMs)
        {
            long erases = _wear == null ? 0 : _wear.Erases - _startErases;
            if (erases <= 0 || nowMs - _startMs < 60000)
            {
                return -1;
            }

            long worn = (long)_wear.MostWornErases * _wear.Blocks;
            long left = (long)_wear.Blocks * BlockLife * 2 - (worn > 0 ? worn : _wear.Erases);
            long days = left / erases * ((nowMs - _startMs) / 1000) / 86400;
            return left <= 0 ? 0 : days > int.MaxValue ? int.MaxValue : (int)days;
        }
    }
}
