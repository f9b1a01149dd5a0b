namespace Sharpen.Hypervisor.Scheduling;

/// <summary>Where the units are: a pool in the hypervisor, an array in a test.</summary>
public interface IUnitTable
{
    /// <summary>The unit of that name, which exists: the scheduler only asks for ids that it was given and that have not left.</summary>
    ref SchedulingUnit At(UnitId id);
}
