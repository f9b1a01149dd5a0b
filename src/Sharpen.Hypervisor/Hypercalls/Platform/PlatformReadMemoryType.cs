using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>
/// Reads one of the ranges of memory for which firmware said how the CPUs cache them. <see cref="Errno.Inval"/>: there are not so many. Source: AMD64
/// Architecture Programmer's Manual volume 2, section 7.7.
/// </summary>
[Hypercall(Hypercall.PlatformOp, PlatformCommand.ReadMemoryType, WritesBack = true)]
public readonly struct PlatformReadMemoryType : IHypercall<PlatformMemoryType>
{
    private const uint Capabilities = 0xfe;
    private const uint FirstBase = 0x200;
    private const ulong IsValid = 1 << 11;
    private const ulong TypeMask = 0xff;
    private const ulong CountMask = 0xff;

    public static Answer Execute(ref Vcpu caller, ref PlatformMemoryType arguments)
    {
        if (!HostRegisters.TryRead(Capabilities, out ulong capabilities) || arguments.Register >= (capabilities & CountMask)
            || !HostRegisters.TryRead(FirstBase + (2 * arguments.Register), out ulong start)
            || !HostRegisters.TryRead(FirstBase + (2 * arguments.Register) + 1, out ulong mask))
        {
            return Errno.Inval;
        }

        bool isUsed = (mask & IsValid) != 0;
        ulong frames = (1UL << (CpuFeatures.Host.PhysicalBits - PageSize.Shift)) - 1;
        arguments.First = isUsed ? (start >> PageSize.Shift) & frames : 0;
        arguments.Frames = isUsed ? (~(mask >> PageSize.Shift) & frames) + 1 : 0;
        arguments.Type = isUsed ? (uint)(start & TypeMask) : 0;
        return 0;
    }
}
