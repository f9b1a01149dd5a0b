using Sharpen.Machine.Collections;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Guest;

/// <summary>The debug registers of a vCPU. What is armed strikes only where a guest may be, and never stops the hypervisor.</summary>
/// <remarks>Source: AMD64 Architecture Programmer's Manual volume 2, section 13.1.1.</remarks>
internal struct VcpuDebug
{
    /// <summary>Registers that hold an address.</summary>
    internal const int Addresses = 4;

    /// <summary>What happened.</summary>
    internal const int Status = 6;

    /// <summary>What is armed.</summary>
    internal const int Control = 7;

    /// <summary>The bits of the status that read as one.</summary>
    internal const ulong StatusOnes = 0xffff_0ff0;

    /// <summary>The bits of the status that say what happened.</summary>
    internal const ulong StatusEvents = 0xe00f;

    /// <summary>Of these: an instruction was executed with the trap flag set.</summary>
    internal const ulong SingleStep = 0x4000;

    private const ulong ControlOne = 1UL << 10;
    private const ulong ControlKnown = 0xffff_03ff;
    private const ulong DetectAccess = 1UL << 13;
    private const ulong Enables = 0xff;
    private const int FirstKind = 16;
    private const int KindBits = 4;
    private const ulong KindMask = 3;
    private const ulong PortAccess = 2;

    private Fixed8<ulong> _values;

    /// <summary>True when some breakpoint is armed.</summary>
    internal readonly bool IsArmed => (_values.ReadOnly[Control] & Enables) != 0;

    /// <summary>The value of a register, 0 to 7; 4 and 5 are others' names of 6 and 7.</summary>
    internal readonly ulong Read(int number)
    {
        ulong value = _values.ReadOnly[Real(number)];
        return Real(number) switch
        {
            Status => value | StatusOnes,
            Control => value | ControlOne,
            _ => value,
        };
    }

    /// <summary>Changes a register, 0 to 7. EPERM: an address that no guest has, a breakpoint on ports, or the trap on access to these.</summary>
    internal Result Write(int number, ulong value)
    {
        int real = Real(number);
        if (real < Addresses)
        {
            if (!new GuestLinear(value).IsGuest)
            {
                return Abi.Errno.Perm;
            }
        }
        else if (value > uint.MaxValue || (real == Control && !IsSafe(value)))
        {
            return Abi.Errno.Perm;
        }

        _values[real] = real < Addresses ? value : value & (real == Status ? StatusEvents : ControlKnown);
        return Result.Success;
    }

    /// <summary>Something happened.</summary>
    internal void Note(ulong events) => _values[Status] |= events & StatusEvents;

    private static int Real(int number) => number is 4 or 5 ? number + 2 : number;

    private static bool IsSafe(ulong control)
    {
        for (int breakpoint = 0; breakpoint < Addresses; breakpoint++)
        {
            if ((control >> (FirstKind + (breakpoint * KindBits)) & KindMask) == PortAccess && (control >> (2 * breakpoint) & 3) != 0)
            {
                return false;
            }
        }

        return (control & DetectAccess) == 0;
    }
}
