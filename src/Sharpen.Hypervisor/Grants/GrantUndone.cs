namespace Sharpen.Hypervisor.Grants;

/// <summary>Part of a mapping that is gone from the page tables, or that devices are done with, and is still noted as a use.</summary>
internal struct GrantUndone
{
    /// <summary>Of what.</summary>
    internal uint Handle;

    /// <summary>The part for devices, not for CPUs.</summary>
    internal bool IsDevice;

    /// <summary>Nothing is left of the mapping.</summary>
    internal bool IsLast;
}
