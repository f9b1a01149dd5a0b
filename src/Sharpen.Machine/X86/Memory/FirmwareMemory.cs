using System;

namespace Sharpen.Machine.Memory;

/// <summary>What the firmware and the boot loader left in memory below 4 GiB, to be read while the host comes up.</summary>
public static unsafe class FirmwareMemory
{
    private const ulong Reach = 1UL << 32;
    private const ulong DirectMap = 0xffff830000000000;

    /// <summary>A view of so many bytes; empty when they are not all below 4 GiB.</summary>
    /// <remarks>
    /// Safety: the tables of the stubs map the first 4 GiB of the direct map, and nothing unmaps them before bring-up is over. The bytes are
    /// whatever is there: the caller must expect anything, also that firmware changes them meanwhile, so it copies what it checks.
    /// </remarks>
    public static ReadOnlySpan<byte> Read(MachineAddress start, int bytes) =>
        bytes > 0 && start.Value < Reach && (ulong)bytes <= Reach - start.Value ? new((void*)(DirectMap + start.Value), bytes) : default;

    /// <summary>Frames become ordinary memory, with what lies there.</summary>
    internal static void Settle(FrameRange frames) => _ = frames;
}
