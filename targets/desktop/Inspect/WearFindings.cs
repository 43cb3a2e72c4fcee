using System;
using EdgeBroker.Desktop;
using EdgeBroker.Platform;
using EdgeBroker.Store;

namespace EdgeBroker.DesktopProgram.Inspect
{
    /// <summary>
    /// What the commits of a store would wear the flash of a device by: an estimate from how many they were, how large, and in
    /// what time.
    /// </summary>
    internal sealed class WearFindings
    {
        // The file partition of a device with 4 MB, of which half can be worn at best before one block ends its life.
        private const int Blocks = 64;
        private const double ErasesOfLife = Blocks / 2 * 100000.0;

        private const int SampleCommits = 2000;
        private const int SegmentsKept = 8;
        private const int FormatSize = 12;
        private const double SecondsOfYear = 365.25 * 86400;

        /// <summary>Estimates.</summary>
        internal WearFindings(JournalScan scan)
        {
            BytesPerCommit = (double)(scan.Bytes - scan.BytesPassedOver) / Math.Max(scan.FrameCount, 1);
            ErasesPerCommit = ErasesOf((int)Math.Ceiling(BytesPerCommit));
            Seconds = scan.LastStamp - scan.FirstStamp;
            LifeYears = scan.FrameCount < 2 || Seconds < 1
                ? null
                : ErasesOfLife / (ErasesPerCommit * (scan.FrameCount - 1) / Seconds) / SecondsOfYear;
        }

        /// <summary>Bytes that a commit has written, on average.</summary>
        internal double BytesPerCommit { get; }

        /// <summary>Blocks that a commit of that size erases on a device.</summary>
        internal double ErasesPerCommit { get; }

        /// <summary>The time between the first commit and the last, in seconds in which the broker was running.</summary>
        internal int Seconds { get; }

        /// <summary>How long a device's flash lasts at that rate, in years; null if there is no rate.</summary>
        internal double? LifeYears { get; }

        // The journal's own way to use the files, with commits that are all of one size.
        private static double ErasesOf(int size)
        {
            LittleFsWear wear = new();
            JournalLimits limits = new();
            wear.Found(FormatSize);
            int[] tails = new int[limits.TailCount];
            Array.Fill(tails, -1);
            int tail = -1;
            int tailBytes = 0;
            int segmentBytes = 0;
            int segments = 0;
            for (int i = 0; i < SampleCommits; i++)
            {
                bool isNew = tail < 0 || tailBytes + size > limits.TailSize;
                bool isFull = size > limits.TailFrameMax || (isNew && tail == tails.Length - 1);
                segmentBytes += size;
                if (isFull || segmentBytes > limits.SegmentSize - limits.TailSize)
                {
                    wear.Written(-1, segmentBytes);
                    if (++segments > SegmentsKept)
                    {
                        wear.Deleted(segmentBytes);
                    }

                    (tail, tailBytes, segmentBytes) = (-1, 0, 0);
                    continue;
                }

                tail += isNew ? 1 : 0;
                tailBytes = isNew ? size : tailBytes + size;
                wear.Written(tails[tail], tailBytes);
                tails[tail] = tailBytes;
            }

            return (double)wear.Erases / SampleCommits;
        }
    }
}
