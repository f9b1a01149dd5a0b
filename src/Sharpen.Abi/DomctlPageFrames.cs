namespace Sharpen.Abi;

/// <summary><c>struct xen_domctl_getpageframeinfo3</c>: what frames are used as. Source: <c>domctl.h</c>.</summary>
public struct DomctlPageFrames : IAbiData
{
    /// <summary><c>num</c></summary>
    public ulong Count;

    /// <summary><c>array</c>: where their numbers are, and what is told</summary>
    public ulong Frames;
}
