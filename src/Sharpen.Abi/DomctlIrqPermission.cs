namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_irq_permission</c>: whether a domain may use an interrupt. Source: <c>domctl.h</c>.</summary>
public struct DomctlIrqPermission : IAbiData
{
    /// <summary><c>pirq</c></summary>
    public uint Pirq;

    /// <summary><c>allow_access</c></summary>
    public byte Allow;
}
