using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>One 32-bit number in guest memory.</summary>
public readonly struct GuestHalfWord : IAbiData
{
    public readonly uint Value;

    public GuestHalfWord(uint value) => Value = value;
}
