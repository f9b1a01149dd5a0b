using System;
using Sharpen.Abi;

namespace Sharpen.Xen.Control;

/// <summary>The flags of a <see cref="DomainInfo"/>. Source: <c>XEN_DOMINF_*</c>, <c>domctl.h</c>.</summary>
[Flags]
public enum DomainState : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>XEN_DOMINF_dying</c></summary>
    Dying = 1 << 0,

    /// <summary><c>XEN_DOMINF_hvm_guest</c></summary>
    Hvm = 1 << 1,

    /// <summary><c>XEN_DOMINF_shutdown</c></summary>
    Shutdown = 1 << 2,

    /// <summary><c>XEN_DOMINF_paused</c>: by the toolstack</summary>
    Paused = 1 << 3,

    /// <summary><c>XEN_DOMINF_blocked</c></summary>
    Blocked = 1 << 4,

    /// <summary><c>XEN_DOMINF_running</c></summary>
    Running = 1 << 5,

    /// <summary><c>XEN_DOMINF_debugged</c></summary>
    Debugged = 1 << 6,

    /// <summary><c>XEN_DOMINF_xs_domain</c></summary>
    Store = 1 << 7,

    /// <summary><c>XEN_DOMINF_hap</c></summary>
    SecondStagePaging = 1 << 8,
}
