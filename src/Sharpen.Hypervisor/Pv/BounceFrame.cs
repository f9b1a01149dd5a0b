using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv;

/// <summary>
/// What a 64-bit PV kernel finds on its stack at an exception without error code, an upcall or a system call, lowest
/// address first. The kernel sees itself in ring 0; byte 4 of the saved cs is the upcall mask from before.
/// </summary>
internal struct BounceFrame : IAbiData
{
    internal ulong Rcx;
    internal ulong R11;
    internal ulong Rip;
    internal ulong Cs;
    internal ulong Rflags;
    internal ulong Rsp;
    internal ulong Ss;
}
