using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A bitmap of vCPUs as a guest passes it: an address.</summary>
internal static class VcpuBitmap
{
    /// <summary>EFAULT: its first word cannot be read.</summary>
    internal static Result Check(ulong address) =>
        GuestHandle<GuestWord>.From(address).Try(out GuestHandle<GuestWord> place, out Errno error) && GuestMemory.Read(place).Try(out _, out error)
            ? Result.Success : error;
}
