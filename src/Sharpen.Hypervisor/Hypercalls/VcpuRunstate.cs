using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>
/// How long the vCPU in the second argument ran, waited, slept and was down, written where the third points.
/// <see cref="Errno.NoEnt"/>: no such vCPU; <see cref="Errno.Fault"/>: it cannot be written.
/// </summary>
[Hypercall(Hypercall.VcpuOp, VcpuCommand.GetRunstateInfo)]
public readonly struct VcpuRunstate : IHypercall
{
    public static Answer Execute(ref Vcpu caller, in HypercallArguments call)
    {
        if (call.Second >= Domain.MaxVcpus)
        {
            return Errno.NoEnt;
        }

        ref Vcpu vcpu = ref DomainList.VcpuOf(ref DomainList.Of(ref caller), (int)call.Second);
        if (Refs.IsNull(ref vcpu))
        {
            return Errno.NoEnt;
        }

        Instant now = Clock.Now;
        RunstateClock states = vcpu.Runstates;
        VcpuRunstateInfo info = new() { State = states.State, EntryTime = states.Since.Nanoseconds };
        Span<ulong> times = Layout.Items<Times4, ulong>(ref info.Time);
        for (Runstate state = Runstate.Running; state <= Runstate.Offline; state++)
        {
            times[(int)state] = states.Time(state, now);
        }

        return GuestHandle<VcpuRunstateInfo>.From(call.Third).Try(out GuestHandle<VcpuRunstateInfo> place, out Errno wrapped)
            ? GuestMemory.Write(place, info) : wrapped;
    }
}
