namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_iomem_permission</c>: whether a domain may map frames of devices. Source: <c>domctl.h</c>.</summary>
public struct DomctlFramePermission : IAbiData
{
    /// <summary><c>first_mfn</c></summary>
    public ulong First;

    /// <summary><c>nr_mfns</c></summary>
    public ulong Count;

    /// <summary><c>allow_access</c></summary>
    public byte Allow;
}
