using System;

namespace Sharpen.Xen.Control;

/// <summary>Flags of <see cref="DomainCreation"/>. Source: <c>domctl.h</c>.</summary>
[Flags]
public enum DomainCreationFlags : uint
{
    /// <summary>A PV domain without more.</summary>
    None = 0,

    /// <summary><c>XEN_DOMCTL_CDF_hvm</c></summary>
    Hvm = 1 << 0,

    /// <summary><c>XEN_DOMCTL_CDF_hap</c></summary>
    SecondStagePaging = 1 << 1,

    /// <summary><c>XEN_DOMCTL_CDF_s3_integrity</c></summary>
    SleepIntegrity = 1 << 2,

    /// <summary><c>XEN_DOMCTL_CDF_oos_off</c></summary>
    NoOutOfSync = 1 << 3,

    /// <summary><c>XEN_DOMCTL_CDF_xs_domain</c></summary>
    StoreDomain = 1 << 4,

    /// <summary><c>XEN_DOMCTL_CDF_iommu</c></summary>
    Iommu = 1 << 5,

    /// <summary><c>XEN_DOMCTL_CDF_nested_virt</c></summary>
    Nested = 1 << 6,

    /// <summary><c>XEN_DOMCTL_CDF_vpmu</c></summary>
    PerformanceCounters = 1 << 7,
}
