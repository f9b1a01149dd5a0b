using Sharpen.Machine.Interrupts;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>One interrupt of the host. Under the lock of <see cref="InterruptLines"/>.</summary>
public struct InterruptLine
{
    /// <summary>How it arrives.</summary>
    public LineKind Kind;

    /// <summary>The vector that it has on <see cref="Cpu"/>; 0 while it has none.</summary>
    public byte Vector;

    /// <summary>A vector of before it was moved, on <see cref="OldCpu"/>, where one may still be under way; 0 for none.</summary>
    public byte OldVector;

    /// <summary>Level-triggered: it stays until the device is content.</summary>
    public bool IsLevel;

    /// <summary>Asserted when low.</summary>
    public bool IsActiveLow;

    /// <summary>Somebody has said how it is wired.</summary>
    public bool IsSetUp;

    /// <summary>The hypervisor's own: guests cannot have it.</summary>
    public bool IsOwn;

    /// <summary>A domain has bound it.</summary>
    public bool IsClaimed;

    /// <summary>It has arrived and is masked until its domain says that the device is content.</summary>
    public bool IsInService;

    /// <summary>It is to go to <see cref="WantedCpu"/> when it next arrives: a level interrupt can be moved only then.</summary>
    public bool MovesNext;

    /// <summary>It can be masked at its source.</summary>
    public bool IsMaskable;

    /// <summary>The CPU that takes it.</summary>
    public int Cpu;

    /// <summary>See <see cref="OldVector"/>.</summary>
    public int OldCpu;

    /// <summary>See <see cref="MovesNext"/>.</summary>
    public int WantedCpu;

    /// <summary>The slot of the domain that has mapped it.</summary>
    public int DomainSlot;

    /// <summary>What that domain calls it.</summary>
    public int Pirq;

    /// <summary>A message: the function of PCI segment 0 that sends it.</summary>
    public ushort Function;

    /// <summary>A message: which one of its function's.</summary>
    public ushort Entry;

    /// <summary>A message: how many share one address and data.</summary>
    public byte GroupSize;

    /// <summary>A message: where in configuration space the capability begins.</summary>
    public byte Capability;

    /// <summary>A message of a table: the table.</summary>
    public MessageTable Table;

    /// <summary>How often it came.</summary>
    public ulong Count;

    /// <summary>How often it came when nobody had bound it.</summary>
    public ulong Unwanted;
}
