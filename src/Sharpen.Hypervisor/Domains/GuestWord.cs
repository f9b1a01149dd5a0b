using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>One 64-bit number in guest memory.</summary>
public readonly struct GuestWord : IAbiData
{
    public readonly ulong Value;

    public GuestWord(ulong value) => Value = value;
}
