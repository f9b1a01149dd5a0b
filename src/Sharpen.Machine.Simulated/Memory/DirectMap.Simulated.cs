using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Memory;

/// <summary>The direct map of the pretend machine: a reservation of the test process.</summary>
internal static unsafe partial class DirectMap
{
    /// <summary>Where a byte of memory can be reached.</summary>
    /// <remarks>Safety: the caller owns what it reads or writes there; the reservation covers every frame below the limit.</remarks>
    internal static byte* Pointer(MachineAddress address) => SimulatedMachine.Current.Memory.At(address);

    /// <summary>Where a frame can be reached.</summary>
    internal static byte* PointerTo(Mfn frame) => Pointer(frame.Start);

    internal static HostLinear LinearOf(MachineAddress address) => new((ulong)Pointer(address));
}
