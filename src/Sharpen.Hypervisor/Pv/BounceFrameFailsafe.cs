using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv;

/// <summary>
/// What a kernel finds at the failsafe callback: the selectors that the vCPU was to have, some of which could not be loaded. The
/// kernel compares them with those that it finds.
/// </summary>
internal struct BounceFrameFailsafe : IAbiData
{
    internal ulong Rcx;
    internal ulong R11;
    internal ulong Ds;
    internal ulong Es;
    internal ulong Fs;
    internal ulong Gs;
    internal ulong Rip;
    internal ulong Cs;
    internal ulong Rflags;
    internal ulong Rsp;
    internal ulong Ss;
}
