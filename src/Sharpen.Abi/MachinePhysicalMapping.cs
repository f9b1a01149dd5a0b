namespace Sharpen.Abi;

/// <summary><c>struct xen_machphys_mapping</c>. Source: <c>memory.h</c>.</summary>
public struct MachinePhysicalMapping : IAbiData
{
    /// <summary><c>v_start</c></summary>
    public ulong Start;

    /// <summary><c>v_end</c></summary>
    public ulong End;

    /// <summary><c>max_mfn</c>: the last frame that has an entry</summary>
    public ulong MaxMfn;
}
