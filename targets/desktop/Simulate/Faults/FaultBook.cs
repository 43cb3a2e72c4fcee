using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.DesktopProgram.Simulate.Faults
{
    /// <summary>All faults, in the order in which they are shown.</summary>
    internal static class FaultBook
    {
        /// <summary>The faults.</summary>
        internal static IReadOnlyList<Fault> All { get; } =
        [
            new(FaultKind.CutPower, "cut-power", 'c', "Cut the power", "Restore the power",
                "The gateway loses power in the middle of whatever it does, and starts again on what is left."),
            new(FaultKind.DropWifi, "drop-wifi", 'w', "Drop the Wi-Fi", "Bring the Wi-Fi back",
                "Nothing arrives at either end, and nobody is told."),
            new(FaultKind.StallSubscriber, "stall-subscriber", 's', "Stall a subscriber", "Let it read again",
                "One subscriber stops to read while its messages go on."),
            new(FaultKind.Crowd, "crowd", 'n', "Send a crowd", null,
                "Thirty more Clients want to connect at once."),
            new(FaultKind.SqueezeHeap, "squeeze-heap", 'h', "Squeeze the heap", "Give the heap back",
                "Something else on the device takes most of the heap that is free."),
            new(FaultKind.FillFlash, "fill-flash", 'f', "Fill the flash", "Make room on the flash",
                "Something else takes all the flash that is free."),
            new(FaultKind.FailFlash, "fail-flash", 'x', "Fail the flash", "Heal the flash",
                "Every write to the flash fails."),
            new(FaultKind.ClockJump, "clock-jump", 'j', "Jump the clock", null,
                "The gateway stood still: ten minutes have passed between two ticks."),
        ];

        /// <summary>The fault of a name, or null.</summary>
        internal static Fault? Find(string name)
        {
            return All.FirstOrDefault(fault => fault.Name == name);
        }
    }
}
