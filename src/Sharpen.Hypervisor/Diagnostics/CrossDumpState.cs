namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>Who asks whom to show itself. CPUs are named by their number plus one; 0 is nobody.</summary>
internal struct CrossDumpState
{
    /// <summary>The CPU that panicked first.</summary>
    internal uint Panicking;

    /// <summary>The CPU whose turn it is.</summary>
    internal uint Asked;

    /// <summary>The CPU that has begun.</summary>
    internal uint Begun;

    /// <summary>The CPU that has finished.</summary>
    internal uint Answered;

    /// <summary>Non-maskable interrupts that nobody asked for.</summary>
    internal uint UnknownNmis;
}
