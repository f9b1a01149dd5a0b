using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls.Domctls;

/// <summary>A domain in numbers, as toolstacks see it. What other CPUs change meanwhile may be shown half.</summary>
internal static class DomainReport
{
    private const uint Dying = 1 << 0;
    private const uint ShutDown = 1 << 2;
    private const uint Paused = 1 << 3;
    private const uint Blocked = 1 << 4;
    private const uint Running = 1 << 5;
    private const uint Debugged = 1 << 6;
    private const uint Store = 1 << 7;
    private const int ReasonShift = 16;
    private const uint NoReason = 0xffff;

    /// <summary>Describes a domain. Source of the fields: <c>domctl.h</c>.</summary>
    internal static DomainInfo Describe(ref Domain domain)
    {
        DomainInfo info = new()
        {
            Domain = domain.Id.Value,
            Frames = domain.Memory.Count,
            MostFrames = domain.Memory.Limit,
            SharedInfoFrame = domain.Shared.Frame.Value,
            HighestVcpu = uint.MaxValue,
            ClaimedFrames = domain.Memory.Claimed,
            SecurityId = domain.SecurityId,
            Miscellaneous = domain.Miscellaneous,
            Handle = domain.Handle,
            AddressBits = (byte)CpuFeatures.Host.PhysicalBits,
        };
        uint states = 0;
        Instant now = Clock.Now;
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (Refs.IsNull(ref vcpu))
            {
                continue;
            }

            info.HighestVcpu = (uint)index;
            info.CpuTime = unchecked(info.CpuTime + vcpu.Runstates.Time(Runstate.Running, now));
            if ((vcpu.Halts & VcpuHalt.Down) == 0)
            {
                info.OnlineVcpus++;
                states |= vcpu.Unit.Place == UnitPlace.Running ? Running : vcpu.IsRunnable ? 0 : Blocked;
            }
        }

        info.Flags = (states & Running) != 0 ? Running : states;
        info.Flags |= domain.Phase >= DomainPhase.Dying ? Dying : 0;
        info.Flags |= domain.Phase == DomainPhase.Shut ? ShutDown : 0;
        info.Flags |= domain.PauseCount != 0 ? Paused : 0;
        info.Flags |= domain.IsDebugged ? Debugged : 0;
        info.Flags |= domain.IsStore ? Store : 0;
        info.Flags |= (domain.IsEnding || domain.HasReason ? (uint)domain.Reason : NoReason) << ReasonShift;
        return info;
    }
}
