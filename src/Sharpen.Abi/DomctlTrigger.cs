namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_sendtrigger</c>: what a vCPU is to be struck with. Source: <c>domctl.h</c>.</summary>
public struct DomctlTrigger : IAbiData
{
    /// <summary><c>trigger</c></summary>
    public DomctlTriggerKind Trigger;

    /// <summary><c>vcpu</c></summary>
    public uint Vcpu;
}
