using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>A bitmap of vCPUs as a guest passes it: an address, a bit for each that its domain can have.</summary>
internal static class VcpuBitmap
{
    private const int BitsPerWord = 64;

    /// <summary>EFAULT: one of its words cannot be read.</summary>
    internal static Result Check(in Domain domain, ulong address)
    {
        int words = (domain.VcpuLimit + BitsPerWord - 1) / BitsPerWord;
        if (!GuestHandle<GuestWord>.From(address, (ulong)words).Try(out GuestHandle<GuestWord> place, out Errno error))
        {
            return error;
        }

        for (int word = 0; word < words; word++)
        {
            if (!GuestMemory.Read(place, (ulong)word).Try(out _, out error))
            {
                return error;
            }
        }

        return Result.Success;
    }
}
