using Sharpen.Abi;
using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Guest;

/// <summary>The part of a vCPU's context that only Machine touches.</summary>
internal struct VcpuHardware
{
    /// <summary>The domain that its page tables belong to.</summary>
    internal DomainId Owner;

    /// <summary>The page-table root that CR3 is to hold.</summary>
    internal Mfn Root;

    /// <summary>The frame with the x87 and vector state.</summary>
    internal Mfn Vectors;

    /// <summary>The page-table root of the guest's user code; 0 for none.</summary>
    internal Mfn UserRoot;

    /// <summary>Its descriptor tables.</summary>
    internal VcpuDescriptors Descriptors;

    /// <summary>Its debug registers.</summary>
    internal VcpuDebug Debug;

    /// <summary>Its XCR0; 0 where there is none.</summary>
    internal ulong Xcr0;

    /// <summary>All bits that this ever had.</summary>
    internal ulong Xcr0Ever;

    /// <summary>True when its next vector instruction is to raise #NM.</summary>
    internal bool IsTaskSwitched;

    /// <summary>True while the guest's user code runs.</summary>
    internal bool IsUser;
}
