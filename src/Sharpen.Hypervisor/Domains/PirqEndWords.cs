using Sharpen.Abi;

namespace Sharpen.Hypervisor.Domains;

/// <summary>The page where a domain reads which physical interrupts it must end: a bit for each.</summary>
internal struct PirqEndWords : IAbiData
{
    internal Words16 Words;
}
