using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Grants;

/// <summary><c>/dev/xen/gntalloc</c>: pages of this domain, granted to others. Source: <c>gntalloc.h</c>. Safe for threads.</summary>
public sealed unsafe class GrantAllocator : IDisposable
{
    private const int PageSize = 4096;
    private const uint AllocateRequest = (24 << 16) | ('G' << 8) | 5;
    private const uint FreeRequest = (16 << 16) | ('G' << 8) | 6;
    private const uint Writable = 1;

    private readonly FileHandle _device;

    private GrantAllocator(FileHandle device) => _device = device;

    /// <summary>Opens the device.</summary>
    /// <exception cref="XenException">It is not there, or this user may not.</exception>
    public static GrantAllocator Open() => new(FileHandle.Open("open the device for granting", "/dev/xen/gntalloc"));

    /// <summary>Fresh pages that a domain may map.</summary>
    /// <exception cref="XenException">The kernel refused, for want of grants or memory.</exception>
    public GrantAllocation Allocate(DomainId domain, int pages, bool writable)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pages);
        uint[] words = new uint[4 + pages];
        words[0] = domain.Value | (writable ? Writable << 16 : 0);
        words[1] = (uint)pages;
        fixed (uint* request = words)
        {
            if (_device.Control(AllocateRequest, request, out Errno error) < 0)
            {
                throw new XenException($"grant {pages} pages to", domain, error);
            }
        }

        ulong offset = words[2] | ((ulong)words[3] << 32);
        try
        {
            MappedMemory memory = MappedMemory.Map($"map {pages} pages granted to", domain, _device, (long)offset, checked(pages * PageSize), writable: true);
            return new GrantAllocation(this, memory, offset, Array.ConvertAll(words[4..], static word => new GrantReference(word)));
        }
        catch (XenException)
        {
            Free(offset, pages);
            throw;
        }
    }

    public void Dispose() => _device.Dispose();

    internal void Free(ulong offset, int pages)
    {
        if (_device.IsClosed)
        {
            return;
        }

        FreeArguments request = new() { Index = offset, Count = (uint)pages };
        _ = _device.Control(FreeRequest, &request, out _);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct FreeArguments
    {
        internal ulong Index;
        internal uint Count;
        internal uint Padding;
    }
}
