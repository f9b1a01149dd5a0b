using Sharpen.Abi;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>How many entries of a list are done, as <c>mmu_update</c> and <c>mmuext_op</c> tell it.</summary>
internal struct DoneCount : IAbiData
{
    internal uint Value;
}
