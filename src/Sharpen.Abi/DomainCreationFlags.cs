using System;

namespace Sharpen.Abi;

/// <summary>What a new domain is to be. Source: <c>domctl.h</c>.</summary>
[Flags]
public enum DomainCreationFlags : uint
{
    /// <summary>A PV domain.</summary>
    None = 0,

    /// <summary><c>XEN_DOMCTL_CDF_hvm</c>: not a PV guest</summary>
    Hardware = 1 << 0,

    /// <summary><c>XEN_DOMCTL_CDF_hap</c></summary>
    NestedPaging = 1 << 1,

    /// <summary><c>XEN_DOMCTL_CDF_s3_integrity</c></summary>
    Integrity = 1 << 2,

    /// <summary><c>XEN_DOMCTL_CDF_oos_off</c></summary>
    InSync = 1 << 3,

    /// <summary><c>XEN_DOMCTL_CDF_xs_domain</c></summary>
    Store = 1 << 4,

    /// <summary><c>XEN_DOMCTL_CDF_iommu</c></summary>
    Iommu = 1 << 5,

    /// <summary><c>XEN_DOMCTL_CDF_nested_virt</c></summary>
    Nested = 1 << 6,

    /// <summary><c>XEN_DOMCTL_CDF_vpmu</c></summary>
    Counters = 1 << 7,
}
