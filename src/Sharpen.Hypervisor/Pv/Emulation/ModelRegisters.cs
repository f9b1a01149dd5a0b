using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Model-specific registers as a PV kernel sees them: a few are its own, a few of the host's may be read, and all others are not there.
/// Nothing that a guest writes reaches the host's.
/// </summary>
internal static class ModelRegisters
{
    private const ulong X2Apic = 1UL << 10;
    private const ulong BootProcessor = 1UL << 8;
    private const ulong SystemCalls = 1;
    private const ulong LongMode = (1UL << 8) | (1UL << 10);
    private const ulong NoExecute = 1UL << 11;
    private const ulong BranchTracesMissing = (1UL << 11) | (1UL << 12);
    private const ulong PerformanceCounters = 1UL << 7;

    /// <summary>What page tables mean by their cache bits, for every PV guest. Source: <c>xen.h</c>.</summary>
    private const ulong Pat = 0x0000_0501_0007_0406;

    /// <summary>Reads one. False: it is not there.</summary>
    internal static bool TryRead(ref Vcpu vcpu, uint number, out ulong value)
    {
        switch ((ModelRegister)number)
        {
            case ModelRegister.FsBase:
                value = GuestCpu.BaseOf(SegmentBase.Fs).Value;
                return true;
            case ModelRegister.GsBase:
                value = GuestCpu.BaseOf(SegmentBase.GsKernel).Value;
                return true;
            case ModelRegister.KernelGsBase:
                value = GuestCpu.BaseOf(SegmentBase.GsUser).Value;
                return true;
            case ModelRegister.Efer:
                value = SystemCalls | LongMode | (CpuFeatures.Host.NoExecute ? NoExecute : 0);
                return true;
            case ModelRegister.TimeStampCounter:
                value = Clock.Ticks;
                return true;
            case ModelRegister.Pat:
                value = Pat;
                return true;
            case ModelRegister.ApicBase:
                return TryApicBase(in vcpu, out value);
            default:
                return TryHost(ref vcpu, (ModelRegister)number, out value);
        }
    }

    /// <summary>Writes one. False: it is not there, or the value is none that it can have.</summary>
    internal static bool TryWrite(ref Vcpu vcpu, uint number, ulong value)
    {
        switch ((ModelRegister)number)
        {
            case ModelRegister.FsBase:
                return SetBase(SegmentBase.Fs, value);
            case ModelRegister.GsBase:
                return SetBase(SegmentBase.GsKernel, value);
            case ModelRegister.KernelGsBase:
                return SetBase(SegmentBase.GsUser, value);
            case ModelRegister.Efer:
                return TryRead(ref vcpu, number, out ulong efer) && efer == value;
            case ModelRegister.Pat:
                return value == Pat;
            case ModelRegister.HypercallPage:
                return false;
            default:
                return IsIgnored(ref vcpu, (ModelRegister)number);
        }
    }

    private static bool SetBase(SegmentBase which, ulong value)
    {
        GuestLinear address = new(value);
        return address.IsCanonical && GuestCpu.TrySetBase(which, address);
    }

    private static bool TryApicBase(in Vcpu vcpu, out ulong value)
    {
        if (!HostRegisters.TryRead((uint)ModelRegister.ApicBase, out value))
        {
            return false;
        }

        value &= ~(X2Apic | BootProcessor);
        value |= vcpu.Id.Index == 0 ? BootProcessor : 0;
        return true;
    }

    private static bool TryHost(ref Vcpu vcpu, ModelRegister number, out ulong value)
    {
        value = 0;
        bool isHardware = DomainList.Of(ref vcpu).IsHardware;
        switch (number)
        {
            case ModelRegister.MicrocodeLevel:
            case ModelRegister.PlatformId:
                return HostRegisters.TryRead((uint)number, out value);
            case ModelRegister.MiscEnable:
                bool isThere = HostRegisters.TryRead((uint)number, out value);
                value = (value | BranchTracesMissing) & ~PerformanceCounters;
                return isThere;
            case ModelRegister.MachineCheckCapabilities:
            case ModelRegister.MachineCheckStatus:
            case >= ModelRegister.SysenterCs and <= ModelRegister.SysenterRip:
                return true;
            case ModelRegister.MtrrCapabilities:
            case >= ModelRegister.MtrrFirstBase and <= ModelRegister.MtrrLastMask:
            case ModelRegister.MtrrFixed64K:
            case ModelRegister.MtrrFixed16K:
            case ModelRegister.MtrrFixed16KUpper:
            case >= ModelRegister.MtrrFixed4K and <= ModelRegister.MtrrFixed4KLast:
            case ModelRegister.MtrrDefaultType:
            case ModelRegister.AmdSystemConfiguration:
            case ModelRegister.AmdHardwareConfiguration:
            case ModelRegister.AmdTopMemory:
            case ModelRegister.AmdTopMemory2:
            case ModelRegister.AmdNorthBridgeConfiguration:
            case ModelRegister.AmdMmioConfiguration:
            case >= ModelRegister.AmdPstateLimit and <= ModelRegister.AmdPstate7:
            case ModelRegister.AmdDecodeConfiguration:
                return isHardware && HostRegisters.TryRead((uint)number, out value);
            default:
                return false;
        }
    }

    // What kernels write in passing, and which is ours or means nothing to them.
    private static bool IsIgnored(ref Vcpu vcpu, ModelRegister number) => number switch
    {
        ModelRegister.ApicBase or ModelRegister.MiscEnable or ModelRegister.MachineCheckStatus => true,
        >= ModelRegister.Star and <= ModelRegister.SyscallMask => true,
        >= ModelRegister.SysenterCs and <= ModelRegister.SysenterRip => true,
        ModelRegister.AmdHardwareConfiguration or ModelRegister.AmdNorthBridgeConfiguration or ModelRegister.AmdMmioConfiguration
            or ModelRegister.AmdDecodeConfiguration => DomainList.Of(ref vcpu).IsHardware,
        _ => false,
    };
}
