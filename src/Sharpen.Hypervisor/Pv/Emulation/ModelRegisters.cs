using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Features;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;

namespace Sharpen.Hypervisor.Pv.Emulation;

/// <summary>
/// Model-specific registers as a PV kernel sees them: a few are its own, some read zero, a few of the host's may be read, and all others are
/// not there. Nothing that a guest writes reaches the host's. Which there are is what Debian's Xen 4.17 lets a hardware domain have,
/// measured by the guest <c>privileged</c>.
/// </summary>
internal static class ModelRegisters
{
    private const ulong X2Apic = 1UL << 10;
    private const ulong BootProcessor = 1UL << 8;
    private const ulong SystemCalls = 1;
    private const ulong LongMode = (1UL << 8) | (1UL << 10);
    private const ulong NoExecute = 1UL << 11;
    private const ulong TracesMissing = (1UL << 11) | (1UL << 12);
    private const ulong PerformanceCounters = 1UL << 7;
    private const ulong MonitorInstructions = 1UL << 18;
    private const ulong PriorityMessagesOff = 1UL << 23;
    private const ulong FencesSerialize = 2;
    private const uint RegistersOfBank = 4;
    private const uint MachineCheckBanks = 2;

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
                value = DomainList.Of(in vcpu).Tsc.Ticks;
                return true;
            case ModelRegister.TscAux:
                value = vcpu.Context.TscAux;
                return CpuFeatures.Host.TscAux;
            case ModelRegister.Pat:
                value = Pat;
                return true;
            case ModelRegister.ApicBase:
                return TryApicBase(in vcpu, out value);
            case ModelRegister.MiscEnable:
                bool isThere = HostRegisters.TryRead(number, out value);
                value = (value | TracesMissing | PriorityMessagesOff) & ~(PerformanceCounters | MonitorInstructions);
                return isThere;
            case ModelRegister.MicrocodeLevel:
                return HostRegisters.TryRead(number, out value);
            default:
                return TryFixed((ModelRegister)number, out value) || TryHardware(in vcpu, (ModelRegister)number, out value);
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
            case ModelRegister.TscAux when CpuFeatures.Host.TscAux && value <= uint.MaxValue:
                GuestCpu.SetTscAux(ref vcpu.Context, (uint)value);
                return true;
            default:
                return IsIgnored(in vcpu, (ModelRegister)number);
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

    // No counter counts, no bank has an error, and no range of memory is the guest's business.
    private static bool TryFixed(ModelRegister number, out ulong value)
    {
        bool isAmd = CpuidPolicy.IsAmd;
        value = 0;
        switch (number)
        {
            case ModelRegister.PentiumMachineCheckAddress or ModelRegister.PentiumMachineCheckType:
            case ModelRegister.PlatformInfo or ModelRegister.MiscFeatures or ModelRegister.PerformanceCapabilities or ModelRegister.HypercallPage:
            case > ModelRegister.MachineCheckCapabilities and <= ModelRegister.MachineCheckControl:
            case >= ModelRegister.MachineCheckFirstControl2 and <= ModelRegister.MachineCheckLastControl2:
                return true;
            case ModelRegister.MachineCheckCapabilities:
                value = MachineCheckBanks;
                return true;
            case >= ModelRegister.MachineCheckFirstBank and <= ModelRegister.MachineCheckLastBank:
                uint register = (uint)number - (uint)ModelRegister.MachineCheckFirstBank;
                value = register % RegistersOfBank == 0 && register / RegistersOfBank < MachineCheckBanks ? ulong.MaxValue : 0;
                return true;
            case ModelRegister.AmdDecodeConfiguration:
                value = CpuidPolicy.FencesSerialize ? FencesSerialize : 0;
                return isAmd;
            case >= ModelRegister.AmdFirstCounter and <= ModelRegister.AmdLastCounter:
            case >= ModelRegister.AmdFirstExtendedCounter and <= ModelRegister.AmdLastExtendedCounter:
            case ModelRegister.AmdSystemConfiguration or ModelRegister.AmdHardwareConfiguration:
            case >= ModelRegister.AmdFirstIoRange and <= ModelRegister.AmdTopMemory:
            case ModelRegister.AmdTopMemory2 or ModelRegister.AmdManagementMemory or ModelRegister.AmdManagementMemoryMask:
                return isAmd;
            default:
                return false;
        }
    }

    private static bool TryHardware(in Vcpu vcpu, ModelRegister number, out ulong value)
    {
        value = 0;
        bool isKnown = CpuidPolicy.IsAmd ? IsAmdPower(number) : number == ModelRegister.PlatformId;
        return isKnown && DomainList.Of(in vcpu).IsHardware && HostRegisters.TryRead((uint)number, out value);
    }

    private static bool IsAmdPower(ModelRegister number) => number is ModelRegister.AmdNorthBridgeConfiguration or ModelRegister.AmdFrequencyControl
        or ModelRegister.AmdFrequencyStatus or (>= ModelRegister.AmdFirstPowerState and <= ModelRegister.AmdLastPowerState);

    // What kernels write in passing, and which means nothing to them.
    private static bool IsIgnored(in Vcpu vcpu, ModelRegister number) => number switch
    {
        ModelRegister.MiscFeatures or ModelRegister.MiscEnable => true,
        ModelRegister.MaximumPerformanceCount or ModelRegister.ActualPerformanceCount => DomainList.Of(in vcpu).IsHardware,
        >= ModelRegister.MachineCheckCapabilities and <= ModelRegister.MachineCheckControl => true,
        >= ModelRegister.MachineCheckFirstControl2 and <= ModelRegister.MachineCheckLastControl2 => true,
        >= ModelRegister.MachineCheckFirstBank and <= ModelRegister.MachineCheckLastBank => true,
        ModelRegister.AmdHardwareConfiguration or ModelRegister.AmdDecodeConfiguration => CpuidPolicy.IsAmd,
        >= ModelRegister.AmdFirstCounter and <= ModelRegister.AmdLastCounter => CpuidPolicy.IsAmd,
        >= ModelRegister.AmdFirstExtendedCounter and <= ModelRegister.AmdLastExtendedCounter => CpuidPolicy.IsAmd,
        _ => CpuidPolicy.IsAmd && IsAmdPower(number) && DomainList.Of(in vcpu).IsHardware,
    };
}
