namespace Sharpen.Hypervisor.Interrupts;

/// <summary>Whose an interrupt is that has arrived.</summary>
public readonly struct LineTarget
{
    internal LineTarget(int domainSlot, int pirq)
    {
        DomainSlot = domainSlot;
        Pirq = pirq;
    }

    /// <summary>The slot of the domain; it may have gone meanwhile.</summary>
    public int DomainSlot { get; }

    /// <summary>What the domain calls it.</summary>
    public int Pirq { get; }
}
