using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen;
using Sharpen.Xen.Control;
using Sharpen.Xen.Native;

namespace Sharpen.Toolstack.Building;

/// <summary>Gives a domain that was just created its memory and its first vCPU, so that it can run once it is unpaused. The domain is
/// the caller's: when this fails, destroying it undoes all.</summary>
/// <param name="xen">The hypervisor.</param>
/// <param name="domain">The domain: created, with its vCPUs and its memory limit set.</param>
public sealed class PvDomainBuilder(XenControl xen, DomainId domain)
{
    private const int LargeOrder = 9;
    private const int LargePages = 1 << LargeOrder;
    private const int AtOnce = 1 << 14;
    private const uint GrantTableResource = 1;
    private const ulong InterruptsEnabled = 1 << 9;
    private const int LegacyVcpus = 32;
    private const int UpcallMask = 1;
    private const int VcpuInfoBytes = 64;

    /// <summary>Builds.</summary>
    /// <param name="image">What is written.</param>
    /// <param name="storePort">The domain's end of the channel to the store.</param>
    /// <param name="consolePort">The domain's end of the channel to the console.</param>
    /// <returns>The frames shared with store and console.</returns>
    public PvRings Build(PvImage image, EventPort storePort, EventPort consolePort)
    {
        var layout = image.Layout;
        ulong[] frames = Populate(checked((int)layout.Pages));
        ulong shared = xen.Domains.Get(domain).SharedInfoFrame;
        // What lies below the kernel is empty, as the hypervisor gives it.
        using (var pages = xen.Device.MapForeign(domain, [.. frames.AsSpan((int)layout.First, (int)(layout.End - layout.First)), shared]))
        {
            image.Write(pages.Bytes[..^PvLayout.PageSize], frames, new PvStart(shared, storePort.Value, consolePort.Value));
            ClearSharedInfo(pages.Bytes[^PvLayout.PageSize..]);
        }

        if (image.HypercallPage is { } page)
        {
            xen.Domains.WriteHypercallPage(domain, frames[(int)page]);
        }

        xen.Paging.Pin(domain, MmuExtendedCommand.PinL4Table, new Mfn(frames[(int)layout.Tables]));
        SeedGrants(frames[(int)layout.Console], frames[(int)layout.Store]);
        SetContext(image, frames[(int)layout.Tables]);
        return new PvRings(new Mfn(frames[(int)layout.Store]), new Mfn(frames[(int)layout.Console]));
    }

    // 2 MiB at a time where there is that much in one piece, the rest page by page.
    private ulong[] Populate(int pages)
    {
        ulong[] frames = new ulong[pages];
        int done = 0;
        ulong[] extents = new ulong[Math.Min(AtOnce, Math.Max(1, pages / LargePages))];
        while (pages - done >= LargePages)
        {
            int count = Math.Min(extents.Length, (pages - done) / LargePages);
            for (int i = 0; i < count; i++)
            {
                extents[i] = (ulong)(done + (i * LargePages));
            }

            int given = xen.Memory.Populate(domain, extents.AsSpan(0, count), LargeOrder);
            for (int i = 0; i < given * LargePages; i++)
            {
                frames[done + i] = extents[i / LargePages] + (ulong)(i % LargePages);
            }

            done += given * LargePages;
            if (given < count)
            {
                break;
            }
        }

        while (done < pages)
        {
            var part = frames.AsSpan(done, Math.Min(AtOnce, pages - done));
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = (ulong)(done + i);
            }

            int given = xen.Memory.Populate(domain, part);
            if (given < part.Length)
            {
                throw new XenException($"give the memory of {pages >> 8} MiB ({(done + given) >> 8} MiB are there) to", domain, Errno.NoMem);
            }

            done += given;
        }

        return frames;
    }

    // All zero, and no upcalls before the kernel asks for them.
    private static void ClearSharedInfo(Span<byte> page)
    {
        page.Clear();
        for (int vcpu = 0; vcpu < LegacyVcpus; vcpu++)
        {
            page[(vcpu * VcpuInfoBytes) + UpcallMask] = 1;
        }
    }

    // The first entries of the grant table let dom0 map the rings without the guest's help. Source: GNTTAB_RESERVED_*, grant_table.h.
    private void SeedGrants(ulong console, ulong store)
    {
        using MappedMemory table = xen.Device.MapResource(domain, GrantTableResource, 0, 0, 1);
        var entries = table.As<GrantEntry>();
        entries[0] = new GrantEntry { Frame = (uint)console, Domain = 0, Flags = GrantFlags.PermitAccess };
        entries[1] = new GrantEntry { Frame = (uint)store, Domain = 0, Flags = GrantFlags.PermitAccess };
    }

    private void SetContext(PvImage image, ulong root)
    {
        var context = default(VcpuGuestContext);
        ulong stack = image.Layout.Address(image.Layout.Stack + 1);
        context.Flags = GuestContextFlags.InKernel | GuestContextFlags.Online;
        context.Registers.Rip = image.Entry;
        context.Registers.Rsp = stack;
        context.Registers.Rsi = image.Layout.Address(image.Layout.StartInfo);
        context.Registers.Rflags = InterruptsEnabled;
        context.Registers.Cs = (ushort)FlatSelector.UserCode64;
        context.Registers.Ss = (ushort)FlatSelector.UserData32;
        context.Registers.Ds = (ushort)FlatSelector.UserData32;
        context.Registers.Es = (ushort)FlatSelector.UserData32;
        context.Registers.Fs = (ushort)FlatSelector.UserData32;
        context.Registers.Gs = (ushort)FlatSelector.UserData32;
        context.KernelSs = (ulong)FlatSelector.UserData32;
        context.KernelSp = stack;
        MemoryMarshal.Cast<Words8, ulong>(new Span<Words8>(ref context.ControlRegisters))[3] = root << 12;
        xen.Vcpus.SetContext(domain, 0, in context);
    }
}
