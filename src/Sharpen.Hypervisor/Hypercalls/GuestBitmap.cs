using System;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Sets of CPUs or nodes in guest memory, one bit each. Source: <c>domctl.h</c>, <c>struct xenctl_bitmap</c>.</summary>
internal static class GuestBitmap
{
    private const uint Most = CpuId.Limit;

    /// <summary>Writes the CPUs that there are, as many bits as the guest has room for; no byte beyond those that can be set. <see cref="Errno.Fault"/>.</summary>
    internal static Result Write(ulong address, uint bits, in CpuMask cpus)
    {
        uint room = Math.Min(bits, Most);
        for (uint at = 0; at < (room + 7) / 8; at++)
        {
            byte value = (byte)((cpus.Sixteen((int)(at / 2)) >> (int)(8 * (at % 2))) & Within(room, at));
            Fixed8<byte> one = default;
            one[0] = value;
            if (!Place(address, at, out GuestLinear place) || !GuestMemory.WriteBytes(place, one.Span.Slice(0, 1)).Try(out _))
            {
                return Errno.Fault;
            }
        }

        return Result.Success;
    }

    /// <summary>Reads bits; those that the guest does not have are not set. <see cref="Errno.Fault"/>.</summary>
    internal static Result Read(ulong address, uint bits, out CpuMask cpus)
    {
        cpus = default;
        uint room = Math.Min(bits, Most);
        for (uint at = 0; at < (room + 7) / 8; at++)
        {
            Fixed8<byte> one = default;
            if (!Place(address, at, out GuestLinear place) || !GuestMemory.ReadBytes(place, one.Span.Slice(0, 1)).Try(out _))
            {
                return Errno.Fault;
            }

            for (int bit = 0; bit < 8; bit++)
            {
                if ((one[0] & Within(room, at) & (1 << bit)) != 0)
                {
                    cpus.Add(new CpuId((int)(at * 8) + bit));
                }
            }
        }

        return Result.Success;
    }

    private static bool Place(ulong address, uint at, out GuestLinear place)
    {
        place = new GuestLinear(unchecked(address + at));
        return address <= ulong.MaxValue - at;
    }

    private static int Within(uint bits, uint at) => bits - (at * 8) >= 8 ? 0xff : (1 << (int)(bits - (at * 8))) - 1;
}
