using EdgeBroker.Simulation.Flash;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Simulation.Tests
{
    /// <summary>
    /// Runs a step again and again, each time with the power cut, or an error, at another program or erase, and checks what is
    /// there afterwards: the file as before or as after, new ones perhaps empty, and all others untouched.
    /// </summary>
    public class FlashCutter
    {
        private readonly FlashDevice _before;
        private readonly FlashDevice _copy;
        private readonly FlashExpectation _expectation;
        private readonly LittleFs _files;

        /// <summary>Prepares to cut.</summary>
        /// <param name="before">What every cut starts from; it is not changed.</param>
        /// <param name="expectation">What the files hold on it.</param>
        public FlashCutter(FlashDevice before, FlashExpectation expectation)
        {
            _before = before;
            _expectation = expectation;
            _copy = new FlashDevice(before.BlockCount, 1, null!);
            _files = new LittleFs(_copy);
        }

        /// <summary>How many cuts were made.</summary>
        public int CutCount { get; private set; }

        /// <summary>Erases of the last <see cref="Measure"/>.</summary>
        public long Erases { get; private set; }

        /// <summary>How many programs and erases a step takes.</summary>
        public int Measure(FlashStep step)
        {
            Start();
            long operations = _copy.OperationCount;
            long erases = _copy.EraseCount;
            Assert.AreEqual(FlashResult.Ok, step.Run(_files), step.Describe());
            Erases = _copy.EraseCount - erases;
            return (int)(_copy.OperationCount - operations);
        }

        /// <summary>Cuts at every program and erase of a step, before, in the middle and after.</summary>
        public void CutEverywhere(FlashStep step)
        {
            int count = Measure(step);
            for (int operation = 0; operation < count; operation++)
            {
                Cut(step, operation, FlashCut.Before, 0);
                Cut(step, operation, FlashCut.After, 0);
                for (int seed = 0; seed < 4; seed++)
                {
                    Cut(step, operation, FlashCut.Torn, seed);
                }
            }
        }

        /// <summary>Lets every program and erase of a step fail, without restart.</summary>
        public void FailEverywhere(FlashStep step)
        {
            int count = Measure(step);
            for (int operation = 0; operation < count; operation++)
            {
                Start();
                _copy.Reseed((step.Version * 100) + operation);
                _copy.Faults.FailAt(_copy.OperationCount + operation, 1);
                string context = step.Describe() + " failed at " + operation.ToString();

                Assert.AreEqual(FlashResult.Failed, step.Run(_files), context);

                CheckAfter(step, context);
            }
        }

        private void Start()
        {
            _copy.CopyFrom(_before);
            _copy.Faults.Clear();
            Assert.AreEqual(FlashResult.Ok, _files.Mount());
        }

        private void Cut(FlashStep step, int operation, FlashCut cut, int seed)
        {
            Start();
            CutCount++;
            _copy.Reseed((((step.Version * 100) + operation) * 10) + seed);
            _copy.Faults.CutAt(_copy.OperationCount + operation, cut);
            string context = step.Describe() + " cut at " + operation.ToString() + " in way " + ((int)cut).ToString();

            Assert.AreEqual(FlashResult.PowerLost, step.Run(_files), context);
            Assert.AreEqual(FlashResult.PowerLost, _files.Delete(step.Name), context);
            _copy.PowerOn();
            Assert.AreEqual(FlashResult.Ok, _files.Mount(), context);
            CheckAfter(step, context);
        }

        private void CheckAfter(FlashStep step, string context)
        {
            _expectation.CheckAllBut(step.Name, _files, context);
            bool isBefore = _expectation.IsAsExpected(step.Name, _files);
            bool isNewAndEmpty = _expectation.SizeOf(step.Name) == FlashExpectation.Absent && _files.Size(step.Name) == 0;
            FlashExpectation after = new FlashExpectation(step.Name + 1);
            bool isAfter = !isBefore && !isNewAndEmpty && IsAfter(step, after);
            Assert.IsTrue(isBefore || isNewAndEmpty || isAfter, context);

            // What a cut leaves can be gone on with, and is not programmed over.
            if (!isAfter)
            {
                Assert.AreEqual(FlashResult.Ok, step.Run(_files), context);
                Assert.IsTrue(IsAfter(step, after), context);
                _expectation.CheckAllBut(step.Name, _files, context);
            }

            Assert.AreEqual(0, _copy.OverwriteCount, context);
        }

        private bool IsAfter(FlashStep step, FlashExpectation after)
        {
            _expectation.CopyTo(after, step.Name);
            after.Apply(step);
            return after.IsAsExpected(step.Name, _files);
        }
    }
}
