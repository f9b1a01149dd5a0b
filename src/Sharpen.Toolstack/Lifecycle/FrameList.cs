using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Lifecycle;

/// <summary>The frames of a running PV guest by page number, as the guest itself says in its shared info: a tree of three levels of pages.
/// The guest is not trusted: what it says is bounded, and whose a frame is the hypervisor checks when it is mapped.
/// Source: <c>arch-x86/xen.h</c>, <c>struct arch_shared_info</c>.</summary>
public static class FrameList
{
    private const int PageSize = 4096;
    private const int PerPage = PageSize / sizeof(ulong);
    private const ulong MostPages = 1UL << 27;
    private const ulong NotThere = 1UL << 62;

    /// <summary>Reads it.</summary>
    /// <param name="sharedInfo">The guest's shared info.</param>
    /// <returns>Page number and machine frame of each page that the guest has.</returns>
    /// <exception cref="ToolException">The guest has not said, or nothing sensible.</exception>
    public static List<(ulong Page, ulong Frame)> Read(XenControl xen, DomainId domain, ReadOnlySpan<byte> sharedInfo)
    {
        var shared = MemoryMarshal.Read<SharedInfo>(sharedInfo);
        ulong count = shared.Arch.MaxPfn;
        if (count == 0 || count > MostPages || shared.Arch.PfnToMfnFrameListList == 0)
        {
            throw new ToolException($"domain {domain.Value} has not told where its list of frames is: its kernel is not far enough up");
        }

        var pages = new List<(ulong Page, ulong Frame)>();
        using var root = xen.Device.MapForeign(domain, [shared.Arch.PfnToMfnFrameListList], writable: false);
        for (ulong page = 0; page < count; page += PerPage * PerPage)
        {
            using var middle = xen.Device.MapForeign(domain, [root.As<ulong>()[(int)(page / (PerPage * PerPage))]], writable: false);
            int leaves = (int)Math.Min(PerPage, (count - page + PerPage - 1) / PerPage);
            using var list = xen.Device.MapForeign(domain, middle.As<ulong>()[..leaves], writable: false);
            var frames = list.As<ulong>();
            for (int i = 0; i < frames.Length && page + (ulong)i < count; i++)
            {
                if (frames[i] < NotThere && frames[i] != 0)
                {
                    pages.Add((page + (ulong)i, frames[i]));
                }
            }
        }

        return pages;
    }
}
