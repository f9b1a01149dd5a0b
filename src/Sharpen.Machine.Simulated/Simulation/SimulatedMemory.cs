using System;
using System.Runtime.InteropServices;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Simulation;

/// <summary>The memory of a pretend host: address space of the test process that costs nothing until it is written.</summary>
internal sealed unsafe class SimulatedMemory : IDisposable
{
    private const int ReadAndWrite = 3;
    private const int PrivateAnonymousNoReserve = 0x4022;

    private readonly byte* _frames;
    private readonly byte* _table;

    /// <summary>Reserves room for frames with numbers below the limit, of which the direct map is to reach the first part.</summary>
    internal SimulatedMemory(ulong frameLimit, ulong directMapFrames)
    {
        FrameLimit = frameLimit;
        DirectMapFrames = directMapFrames;
        _frames = Reserve(FramesBytes);
        _table = Reserve(TableBytes);
    }

    internal ulong FrameLimit { get; }

    internal ulong DirectMapFrames { get; }

    internal HostLinear FrameTable => new((ulong)_table);

    /// <summary>How often a CPU was told to forget translations.</summary>
    internal int Flushes { get; set; }

    /// <summary>How often CPUs were told to forget translations before memory is used otherwise.</summary>
    internal int Shootdowns { get; set; }

    internal int OpenWindows { get; set; }

    private ulong FramesBytes => FrameLimit << PageSize.Shift;

    private ulong TableBytes => FrameLimit * FrameInfo.Bytes;

    public void Dispose()
    {
        _ = munmap(_frames, (nuint)FramesBytes);
        _ = munmap(_table, (nuint)TableBytes);
    }

    /// <summary>Where a byte of pretend memory is in this process.</summary>
    internal byte* At(MachineAddress address) => address.Value < FramesBytes
        ? _frames + address.Value
        : throw new InvalidOperationException($"the simulated machine has no memory at {address.Value:x}");

    private static byte* Reserve(ulong bytes)
    {
        nint start = mmap(0, (nuint)bytes, ReadAndWrite, PrivateAnonymousNoReserve, -1, 0);
        return start != -1 ? (byte*)start : throw new InvalidOperationException($"cannot reserve {bytes} bytes of address space");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern nint mmap(nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [DllImport("libc", SetLastError = true)]
    private static extern int munmap(void* address, nuint bytes);
}
