using System;

namespace EdgeBroker.DesktopProgram.Simulate.Screen
{
    /// <summary>Shows a simulation in the terminal.</summary>
    internal interface IScreen
    {
        /// <summary>Shows it until it is over.</summary>
        /// <param name="isOver">Whether it is.</param>
        void Run(Func<bool> isOver);
    }
}
