namespace Sharpen.Abi;

/// <summary>What <see cref="Hypercall.Arch0"/>, the call about machine checks, is to do. Source: <c>arch-x86/xen-mca.h</c>.</summary>
public enum McaCommand : uint
{
    /// <summary><c>XEN_MC_fetch</c></summary>
    Fetch = 1,

    /// <summary><c>XEN_MC_notifydomain</c></summary>
    NotifyDomain = 2,

    /// <summary><c>XEN_MC_physcpuinfo</c></summary>
    GetCpuInfo = 3,

    /// <summary><c>XEN_MC_msrinject</c></summary>
    InjectMsr = 4,

    /// <summary><c>XEN_MC_mceinject</c></summary>
    InjectMce = 5,

    /// <summary><c>XEN_MC_inject_v2</c></summary>
    Inject = 6,
}
