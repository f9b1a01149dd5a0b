using System.Threading;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>The PCI devices that the hardware domain has announced: one bit for each function of segment 0. Others are accepted and forgotten.</summary>
public static class PciDevices
{
    private const int BitsPerWord = 64;

    private struct State
    {
        internal Fixed1024<ulong> Known;
    }

    /// <summary>A device is there; one that was known stays so.</summary>
    public static Result Add(ushort segment, byte bus, byte devFn)
    {
        if (segment == 0)
        {
            Interlocked.Or(ref WordOf(bus, devFn), BitOf(devFn));
        }

        return Result.Success;
    }

    /// <summary>A device has gone. <see cref="Errno.NoDev"/>: it was not there.</summary>
    public static Result Remove(ushort segment, byte bus, byte devFn)
    {
        ulong before = segment == 0 ? Interlocked.And(ref WordOf(bus, devFn), ~BitOf(devFn)) : 0;
        return (before & BitOf(devFn)) != 0 ? Result.Success : Errno.NoDev;
    }

    /// <summary>True for a device that was announced.</summary>
    public static bool IsKnown(ushort segment, byte bus, byte devFn) => segment == 0 && (Volatile.Read(ref WordOf(bus, devFn)) & BitOf(devFn)) != 0;

    /// <summary>The device was reset: writes its messages again. <see cref="Errno.NoDev"/>: it was not announced.</summary>
    public static Result Restore(ushort segment, byte bus, byte devFn)
    {
        if (!IsKnown(segment, bus, devFn))
        {
            return Errno.NoDev;
        }

        _ = MessageLines.Restore((ushort)((bus << 8) | devFn));
        return Result.Success;
    }

    private static ulong BitOf(byte devFn) => 1UL << (devFn % BitsPerWord);

    private static ref ulong WordOf(byte bus, byte devFn) => ref Root.Of<State>().Known[((bus << 8) | devFn) / BitsPerWord];
}
