using Sharpen.Abi;

namespace Sharpen.Hypervisor.Events;

/// <summary>Virtual interrupts by kind. Source: the list in <c>xen.h</c>.</summary>
public static class VirqRules
{
    /// <summary>Numbers of virtual interrupts are below this (<c>NR_VIRQS</c>).</summary>
    public const int Count = 24;

    /// <summary>True for interrupts of which every vCPU has its own.</summary>
    public static bool IsPerVcpu(Virq virq) => virq is Virq.Timer or Virq.Debug or Virq.Xenoprof or Virq.Xenpmu;
}
