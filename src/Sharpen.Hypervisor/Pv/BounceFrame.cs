using Sharpen.Abi;

namespace Sharpen.Hypervisor.Pv;

/// <summary>
/// What a 64-bit PV kernel finds on its stack, lowest address first: rcx, r11 and the error code, or, where there is no error code, only the last
/// two words of those three with rcx and r11 in them. The kernel sees itself in ring 0; byte 4 of the saved cs is the upcall mask from before.
/// </summary>
internal struct BounceFrame : IAbiData
{
    internal ulong First;
    internal ulong Second;
    internal ulong Third;
    internal ulong Rip;
    internal ulong Cs;
    internal ulong Rflags;
    internal ulong Rsp;
    internal ulong Ss;
}
