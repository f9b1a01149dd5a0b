namespace Sharpen.Abi;

/// <summary>Domain ids with a meaning of their own. Source: <c>xen.h</c>.</summary>
public enum ReservedDomain : ushort
{
    /// <summary><c>DOMID_FIRST_RESERVED</c></summary>
    FirstReserved = 0x7ff0,

    /// <summary><c>DOMID_SELF</c>: the caller</summary>
    Self = 0x7ff0,

    /// <summary><c>DOMID_IO</c></summary>
    Io = 0x7ff1,

    /// <summary><c>DOMID_XEN</c></summary>
    Xen = 0x7ff2,

    /// <summary><c>DOMID_COW</c></summary>
    Cow = 0x7ff3,

    /// <summary><c>DOMID_INVALID</c></summary>
    Invalid = 0x7ff4,

    /// <summary><c>DOMID_IDLE</c></summary>
    Idle = 0x7fff,
}
