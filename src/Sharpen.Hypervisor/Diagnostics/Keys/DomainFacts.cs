using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Diagnostics.Keys;

/// <summary>The domains and their vCPUs, for a debug key.</summary>
internal static class DomainFacts
{
    private const int MaxSlots = 32768;

    /// <summary>Prints them; what other CPUs change meanwhile may be shown half.</summary>
    internal static void Show()
    {
        int count = 0;
        for (int slot = 0; slot < DomainList.Capacity && slot < MaxSlots; slot++)
        {
            ref Domain domain = ref DomainList.At(slot);
            if (!Refs.IsNull(ref domain))
            {
                count++;
                Show(ref domain);
            }
        }

        Log.Report($"{count} domains");
    }

    private static void Show(ref Domain domain)
    {
        Log.Report($"d{domain.Id.Value}: {NameOf(domain.Phase)}, paused {domain.PauseCount} times, weight {domain.Weight}");
        Log.Report($"    owns {domain.Memory.Count} frames and {domain.Owned.OverheadFrames} for itself, {domain.Owned.Vcpus} vCPUs, {domain.Owned.Ports} ports");
        for (int i = 0; i < domain.VcpuLimit; i++)
        {
            ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, i);
            if (!Refs.IsNull(ref vcpu))
            {
                Log.Report($"    {vcpu.Id}: {(vcpu.IsRunnable ? "runnable" : "waiting")}, halts {(ulong)vcpu.Halts:x}, paused {vcpu.PauseCount} times, timer {vcpu.TimerDeadline}");
            }
        }
    }

    private static string NameOf(DomainPhase phase) => phase switch
    {
        DomainPhase.Alive => "alive",
        DomainPhase.Shut => "shut down",
        _ => "ending",
    };
}
