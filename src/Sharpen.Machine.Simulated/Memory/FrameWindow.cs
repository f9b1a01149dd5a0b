using Sharpen.Machine.Results;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Memory;

/// <summary>Looks at frames beyond the direct map. The pretend machine counts, so that a window left open is noticed.</summary>
internal static unsafe class FrameWindow
{
    /// <remarks>Safety: the reservation covers every frame below the limit.</remarks>
    internal static byte* Open(Mfn frame)
    {
        SimulatedMemory memory = SimulatedMachine.Current.Memory;
        if (memory.OpenWindows >= AddressSpace.WindowsPerCpu)
        {
            Bug.Stop();
        }

        memory.OpenWindows++;
        return memory.At(frame.Start);
    }

    internal static void Close(byte* window)
    {
        _ = window;
        SimulatedMachine.Current.Memory.OpenWindows--;
    }
}
