using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv;

/// <summary>As <see cref="BounceFrame"/>, for exceptions that have an error code.</summary>
internal struct BounceFrameWithError : IAbiData
{
    internal ulong Rcx;
    internal ulong R11;
    internal ulong ErrorCode;
    internal ulong Rip;
    internal ulong Cs;
    internal ulong Rflags;
    internal ulong Rsp;
    internal ulong Ss;
}
