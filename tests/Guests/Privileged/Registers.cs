namespace Sharpen.Guest;

/// <summary>What an attempt begins and ends with.</summary>
internal struct Registers
{
    internal ulong Rax;
    internal ulong Rcx;
    internal ulong Rdx;
    internal ulong Rbx;
}
