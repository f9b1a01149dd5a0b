namespace Sharpen.Machine.Cpu;

/// <summary>What the simulated CPUs can do.</summary>
public readonly struct CpuFeatures
{
    /// <summary>The features of this host.</summary>
    public static CpuFeatures Host => default;

    /// <summary>Pages may forbid execution.</summary>
    public bool NoExecute => true;

    /// <summary>Hardware errors are reported by an exception.</summary>
    public bool MachineCheck => true;

    /// <summary>There is none.</summary>
    public bool XSave => false;

    /// <summary>Its CPUs run as long as they please.</summary>
    public bool IsVirtual => false;

    /// <summary>User mode cannot change the bases of fs and gs by itself.</summary>
    public bool FsGsBase => false;

    /// <summary>Programs can read a number that the kernel has left beside the time-stamp counter.</summary>
    public bool TscAux => true;

    /// <summary>Bits of a machine address.</summary>
    public int PhysicalBits => 46;
}
