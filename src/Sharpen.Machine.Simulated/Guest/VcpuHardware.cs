using Sharpen.Machine.Memory;

namespace Sharpen.Machine.Guest;

/// <summary>The part of a vCPU's context that only Machine touches.</summary>
internal struct VcpuHardware
{
    /// <summary>The page-table root.</summary>
    internal Mfn Root;

    /// <summary>Stands for the frame with the vector state: taken and given back like a real one.</summary>
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
