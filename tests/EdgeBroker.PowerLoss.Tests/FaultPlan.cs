using EdgeBroker.Simulation.Flash;

namespace EdgeBroker.PowerLoss.Tests
{
    /// <summary>What the flash is asked to do wrong between one time the power comes and the next.</summary>
    internal sealed class FaultPlan(FlashDevice flash, ICutSource cuts, int writeFailRate)
    {
        private const long Never = long.MaxValue;

        private long _failsFrom = Never;
        private long _failedBefore = Never;
        private long _healsMs = Never;
        private int _sickS;
        private int _partsLeft;

        /// <summary>How the power goes next, or went: null if nobody said.</summary>
        internal CutKind? Kind { get; private set; }

        /// <summary>The number of the first operation since the power came.</summary>
        internal long Start { get; private set; }

        /// <summary>Whether the storage has failed since the power came.</summary>
        internal bool HasFailed => writeFailRate > 0 || flash.OperationCount > _failedBefore || flash.OperationCount > _failsFrom;

        /// <summary>Whether the power goes when the broker has come to rest, since the storage fails for good.</summary>
        internal bool MustCut => flash.OperationCount > _failsFrom && _partsLeft <= 0;

        /// <summary>Another part of the scenario begins.</summary>
        internal void NextPart()
        {
            _partsLeft -= flash.OperationCount > _failsFrom ? 1 : 0;
        }

        /// <summary>The scenario is over: nothing is put off any more.</summary>
        internal void LastPart()
        {
            _partsLeft = 0;
        }

        /// <summary>Lets the storage work again when it is time.</summary>
        internal void Heal(long nowMs)
        {
            if (_sickS > 0 && flash.OperationCount > _failedBefore)
            {
                _healsMs = nowMs + (_sickS * 1000);
                _sickS = 0;
            }

            if (nowMs >= _healsMs)
            {
                _healsMs = Never;
                Stop();
            }
        }

        /// <summary>No operation fails any more; the power still goes where it is to.</summary>
        internal void Stop()
        {
            flash.Faults.WriteFailRate = 0;
            flash.Faults.FailAt(Never / 2, 1);
        }

        /// <summary>The power comes.</summary>
        /// <param name="mayCut">Whether it may go again.</param>
        internal void Arm(bool mayCut)
        {
            flash.Faults.Clear();
            flash.Faults.WriteFailRate = writeFailRate;
            Start = flash.OperationCount;
            _failsFrom = Never;
            _failedBefore = Never;
            _healsMs = Never;
            _sickS = 0;
            Cut? cut = mayCut ? cuts.Next() : null;
            if (cut is { Kind: CutKind.Hiccup or CutKind.Sick } fault)
            {
                _failedBefore = Start + fault.Operation;
                bool isSick = fault.Kind == CutKind.Sick;
                _sickS = isSick ? 1 + (fault.Operation % 9) : 0;
                flash.Faults.FailAt(_failedBefore, isSick ? int.MaxValue : 1 + (fault.Operation % 7));
                cut = cuts.Next();
            }

            Kind = cut?.Kind;
            if (cut is { Kind: CutKind.Failing or CutKind.Dying } failing)
            {
                _failsFrom = Start + failing.Operation;
                _partsLeft = failing.Kind == CutKind.Dying ? 2 + (failing.Operation % 3) : 0;
                flash.Faults.FailAt(_failsFrom, int.MaxValue);
            }
            else if (cut is { } power)
            {
                FlashCut kind = power.Kind == CutKind.Before ? FlashCut.Before
                    : power.Kind == CutKind.Torn ? FlashCut.Torn
                    : FlashCut.After;
                flash.Faults.CutAt(Start + power.Operation, kind);
            }
        }
    }
}
