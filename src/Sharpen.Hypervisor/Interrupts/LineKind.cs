namespace Sharpen.Hypervisor.Interrupts;

/// <summary>How an interrupt line reaches a CPU.</summary>
public enum LineKind : byte
{
    /// <summary>Not in use.</summary>
    None,

    /// <summary>Through a pin of an I/O APIC.</summary>
    Pin,

    /// <summary>A device's message (MSI).</summary>
    Message,

    /// <summary>A message from a device's table of messages (MSI-X).</summary>
    TableMessage,
}
