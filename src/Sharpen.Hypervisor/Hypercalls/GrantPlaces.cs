using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Smp;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Where a granted page is mapped, as an operation says it.</summary>
internal static class GrantPlaces
{
    /// <summary>An address of the caller's kernel, or of an entry of its page tables.</summary>
    internal static EntryPlace Of(ref Vcpu caller, ulong address, GrantMapFlags kinds) =>
        (kinds & GrantMapFlags.ContainsEntry) != 0 ? EntryPlace.At(address) : EntryPlace.Of(in caller.Context, address);
}
