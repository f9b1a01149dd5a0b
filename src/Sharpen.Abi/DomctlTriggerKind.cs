namespace Sharpen.Abi;

/// <summary>What <see cref="DomctlCommand.SendTrigger"/> strikes a vCPU with. Source: <c>domctl.h</c>.</summary>
public enum DomctlTriggerKind : uint
{
    /// <summary><c>XEN_DOMCTL_SENDTRIGGER_NMI</c></summary>
    Nmi = 0,

    /// <summary><c>XEN_DOMCTL_SENDTRIGGER_RESET</c></summary>
    Reset = 1,

    /// <summary><c>XEN_DOMCTL_SENDTRIGGER_INIT</c></summary>
    Init = 2,

    /// <summary><c>XEN_DOMCTL_SENDTRIGGER_POWER</c></summary>
    Power = 3,

    /// <summary><c>XEN_DOMCTL_SENDTRIGGER_SLEEP</c></summary>
    Sleep = 4,
}
