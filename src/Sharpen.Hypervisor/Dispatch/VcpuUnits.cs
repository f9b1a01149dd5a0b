using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Scheduling;
using Sharpen.Machine.Pools;

namespace Sharpen.Hypervisor.Dispatch;

/// <summary>The units of scheduling are the vCPUs: a unit's id is its vCPU's slot plus one.</summary>
public readonly struct VcpuUnits : IUnitTable
{
    /// <inheritdoc/>
    public ref SchedulingUnit At(UnitId id) => ref VcpuOf(id).Unit;

    internal static ref Vcpu VcpuOf(UnitId id) => ref DomainList.VcpuAt((int)id.Value - 1);

    /// <summary>The vCPU of a unit, which a CPU takes: it is not freed before the CPU lets it go. None: nothing.</summary>
    internal static KeptObject<Vcpu> Keep(UnitId id) => id.IsNone ? default : DomainList.KeepVcpu((int)id.Value - 1);

    internal static UnitId IdOf(ref readonly Vcpu vcpu) => new((uint)vcpu.Slot + 1);
}
