using Sharpen.Abi;
using Sharpen.Machine.Locks;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A vCPU's context on its way in or out: the structure is larger than a page, too large for the stack. One at a time lies here.</summary>
internal struct VcpuContextBuffer
{
    /// <summary>Guards <see cref="Context"/>.</summary>
    internal SpinLock<DomainListRank> Lock;

    /// <summary>The structure.</summary>
    internal VcpuGuestContext Context;
}
