namespace Sharpen.Abi;

/// <summary>What <see cref="DomctlCommand.ShadowOp"/> is to do. Source: <c>domctl.h</c>.</summary>
public enum DomctlShadowCommand : uint
{
    /// <summary><c>XEN_DOMCTL_SHADOW_OP_OFF</c></summary>
    Off = 0,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_ENABLE_TEST</c></summary>
    EnableTest = 1,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_ENABLE_LOGDIRTY</c></summary>
    EnableLog = 2,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_CLEAN</c></summary>
    Clean = 11,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_PEEK</c></summary>
    Peek = 12,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_GET_ALLOCATION</c></summary>
    GetAllocation = 30,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_SET_ALLOCATION</c></summary>
    SetAllocation = 31,

    /// <summary><c>XEN_DOMCTL_SHADOW_OP_ENABLE</c></summary>
    Enable = 32,
}
