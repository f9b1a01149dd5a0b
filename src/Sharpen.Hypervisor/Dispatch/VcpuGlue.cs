using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>
/// What policy asks of the dispatcher. The state of a vCPU changes here; that its CPU, or an idle one, notices is the
/// dispatcher's part. What is asked for the caller itself takes effect when this CPU leaves the hypervisor.
/// </summary>
public static class VcpuGlue
{
    /// <summary>Ends the sleep of each of these vCPUs, and makes a running one look at its events.</summary>
    public static void Wake(ref Domain domain, VcpuSet vcpus)
    {
        for (int index = 0; index < Domain.MaxVcpus && !vcpus.IsEmpty; index++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, index);
            if (vcpus.Has(index) && !Refs.IsNull(ref vcpu))
            {
                vcpu.Halts &= VcpuHalt.Down;
            }
        }
    }

    /// <summary>The vCPU sleeps until it is woken.</summary>
    public static void Sleep(ref Vcpu vcpu, VcpuHalt why) => vcpu.Halts |= why;

    /// <summary>The caller lets others run first, once.</summary>
    public static void Yield(ref Vcpu caller) => _ = caller.Id;

    /// <summary>The deadline of the vCPU's one-shot timer has changed.</summary>
    public static void ArmTimer(ref Vcpu vcpu, Instant deadline) => vcpu.TimerDeadline = deadline;

    /// <summary>The deadline of a poll; <see cref="Instant.Never"/> when there is none.</summary>
    public static void ArmPoll(ref Vcpu vcpu, Instant deadline) => vcpu.PollDeadline = deadline;

    /// <summary>The domain was paused, unpaused, stopped or begun: all its vCPUs are to be looked at again.</summary>
    public static void Reconsider(ref Domain domain) => _ = domain.Id;
}
