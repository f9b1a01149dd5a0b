namespace Sharpen.Hypervisor.Features;

/// <summary>Who asks the CPU what it can do: what the answer depends on beside the host.</summary>
public struct CpuidCaller
{
    /// <summary>True for the hardware domain, which is told of the memory types that it has not.</summary>
    public bool IsHardware;

    /// <summary>The vCPU's XCR0: which parts of the extended state are on. 0: there is no XSAVE.</summary>
    public ulong ExtendedState;
}
