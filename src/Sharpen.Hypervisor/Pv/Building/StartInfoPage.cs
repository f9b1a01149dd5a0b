using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>The page in which a PV kernel reads what it was given. Source: <c>struct start_info</c> in <c>xen.h</c>.</summary>
internal static class StartInfoPage
{
    /// <summary>Writes it. Errors as <see cref="GuestPages.Write"/>.</summary>
    internal static Result Write(ref Domain domain, scoped in StartLayout layout, scoped in GuestPages memory, scoped in DomainPlan plan, KernelNotes notes)
    {
        StartInfo info = new()
        {
            PageCount = memory.Count,
            SharedInfoAddress = domain.Shared.Frame.Start.Value,
            PageTableBase = layout.AddressOf(layout.Tables),
            PageTableFrames = layout.TableCount,
            MfnList = layout.HasListRegion ? layout.List.Base : layout.AddressOf(layout.MfnList),
        };
        if (layout.HasListRegion)
        {
            info.FirstP2mPfn = layout.List.Tables;
            info.P2mFrames = layout.List.TableCount + layout.List.Pages;
        }

        if (plan.IsPrivileged)
        {
            info.Flags |= StartFlags.Privileged | StartFlags.InitialDomain;
        }

        if (!plan.Ramdisk.IsEmpty)
        {
            info.ModuleBytes = (ulong)(uint)plan.Ramdisk.Length;
            info.ModuleStart = notes.TakesRamdiskUnmapped ? layout.Ramdisk : layout.AddressOf(layout.Ramdisk);
            info.Flags |= notes.TakesRamdiskUnmapped ? StartFlags.ModuleStartIsPfn : 0;
        }

        if (plan.HasScreen)
        {
            // The same field as the console's frame of other guests: an offset in the page, then a length.
            info.ConsoleMfn = (ulong)(uint)Layout.SizeOf<StartInfo>() | ((ulong)(uint)Layout.SizeOf<VgaConsoleInfo>() << 32);
        }

        "xen-3.0-x86_64"u8.CopyTo(Layout.BytesOf(ref info.Magic));
        Span<byte> text = Layout.BytesOf(ref info.CommandLine);
        plan.Line.Slice(0, Math.Min(plan.Line.Length, text.Length - 1)).CopyTo(text);
        ulong page = layout.StartInfo << PageSize.Shift;
        VgaConsoleInfo screen = plan.Screen;
        Result written = memory.Write(page, Layout.BytesOf(ref info));
        return written.Try(out _) && plan.HasScreen ? memory.Write(page + (ulong)(uint)Layout.SizeOf<StartInfo>(), Layout.BytesOf(ref screen)) : written;
    }
}
