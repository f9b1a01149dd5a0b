using System.Runtime.CompilerServices;

namespace Sharpen.Machine.Memory;

/// <summary>The direct map's place in the x86-64 address space.</summary>
internal static unsafe partial class DirectMap
{
    /// <summary>Where a byte of memory can be reached.</summary>
    /// <remarks>Safety: the caller owns what it reads or writes there; a byte outside RAM and the first 4 GiB is not mapped.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Pointer(MachineAddress address) => (byte*)unchecked(AddressSpace.DirectMap.Value + address.Value);

    /// <summary>Where a frame below <see cref="AddressSpace.DirectMapFrames"/> can be reached.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* PointerTo(Mfn frame) => (byte*)unchecked(AddressSpace.DirectMap.Value + (frame.Value << PageSize.Shift));

    internal static HostLinear LinearOf(MachineAddress address) => AddressSpace.DirectMap + address.Value;
}
