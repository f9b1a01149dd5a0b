using System;
using Sharpen.Hypervisor.Memory;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls;

/// <summary>Entries of memory maps on their way to a guest.</summary>
internal static class MemoryMapCopy
{
    /// <summary>Writes them all. EFAULT.</summary>
    internal static Result Write(ulong address, scoped ReadOnlySpan<MapEntry> entries)
    {
        Result written = GuestHandle<MapEntry>.From(address, (ulong)(uint)entries.Length).Try(out GuestHandle<MapEntry> buffer, out Abi.Errno wrapped) ? Result.Success : wrapped;
        for (int index = 0; index < entries.Length && written.Try(out _); index++)
        {
            written = GuestMemory.Write(buffer, entries[index], (ulong)(uint)index);
        }

        return written;
    }
}
