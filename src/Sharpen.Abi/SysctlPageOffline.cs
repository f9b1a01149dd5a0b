namespace Sharpen.Abi;

/// <summary><c>struct xen_sysctl_page_offline_op</c>: frames that are to be used no more. Source: <c>sysctl.h</c>.</summary>
public struct SysctlPageOffline : IAbiData
{
    /// <summary><c>cmd</c></summary>
    public uint Command;

    /// <summary><c>start</c></summary>
    public uint First;

    /// <summary><c>end</c></summary>
    public uint Last;

    /// <summary><c>status</c>: where to write one word for each</summary>
    public ulong Status;
}
