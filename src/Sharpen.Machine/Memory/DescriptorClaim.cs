using Sharpen.Abi;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Memory;

/// <summary>An entry of a descriptor table as a guest wrote or passed it. Nothing about it is known to be true.</summary>
/// <remarks>
/// Whatever code or data segment ring 3 may load is harmless: paging protects us, and long mode ignores most of it. Of system descriptors
/// the empty one is taken, and a call gate that ring 3 cannot use, as Xen 4.17 does (measured). Source: AMD64 Architecture Programmer's Manual volume 2, section 4.8.
/// </remarks>
internal readonly struct DescriptorClaim
{
    internal readonly ulong Value;

    private const ulong Present = 1UL << 47;
    private const ulong Ring = 3UL << 45;
    private const ulong IsSegment = 1UL << 44;
    private const ulong Type = 0xfUL << 40;
    private const ulong CallGate = 0xcUL << 40;

    internal DescriptorClaim(ulong value) => Value = value;

    /// <summary>What a CPU may see in its place: guests run in ring 3, so segments are for ring 3, and gates for ring 0. EINVAL: a present system descriptor.</summary>
    internal Result<ulong> Check()
    {
        if ((Value & Present) == 0)
        {
            return Value;
        }

        if ((Value & IsSegment) != 0)
        {
            return Value | Ring;
        }

        return (Value & Type) is 0 or CallGate ? Value & ~Ring : Errno.Inval;
    }
}
