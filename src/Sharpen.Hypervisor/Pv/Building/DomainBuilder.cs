using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Dispatch;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Grants;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Pv.Building;

/// <summary>
/// Builds a PV domain from a kernel in memory: takes its frames, lays out its first pages, makes its page tables and its
/// vCPU. Until it is started nothing runs; if any step is refused the domain is destroyed, and with it goes all it owned.
/// </summary>
public static class DomainBuilder
{
    private const ulong UpcallsOn = 0x202;

    /// <summary>
    /// Builds and starts a domain from a kernel and a line with its options; the guest gets the whole line.
    /// <see cref="Errno.Inval"/>: an option makes no sense; else as <see cref="Build(in DomainPlan)"/>.
    /// </summary>
    /// <param name="id">A free id.</param>
    /// <param name="kernel">The file.</param>
    /// <param name="line">See <see cref="GuestOptions"/>.</param>
    public static Result Build(DomainId id, scoped ReadOnlySpan<byte> kernel, scoped ReadOnlySpan<byte> line)
    {
        GuestOptions options = GuestOptions.Parse(line);
        if (!options.Malformed.IsEmpty)
        {
            Log.Warning($"d{id.Value}: cannot understand {options.Malformed}");
            return Errno.Inval;
        }

        DomainPlan plan = new()
        {
            Id = id,
            Name = options.Name,
            Kernel = kernel,
            Line = line,
            Pages = options.Memory >> PageSize.Shift,
            Vcpus = options.Vcpus,
            Weight = options.Weight,
            IsHardware = options.IsHardware,
        };
        return Build(in plan);
    }

    /// <summary>
    /// Builds and starts a domain. <see cref="Errno.NoExec"/>: not a kernel for this interface; <see cref="Errno.Inval"/>: its
    /// headers make no sense; <see cref="Errno.NoMem"/>: too little memory, in the host or for the kernel.
    /// </summary>
    public static Result Build(scoped in DomainPlan plan)
    {
        if (!KernelImage.Read(plan.Kernel, out KernelImage image).Try(out Errno unreadable))
        {
            return unreadable;
        }

        if (!image.Notes.IsForXen)
        {
            return Errno.NoExec;
        }

        if (!StartLayout.Plan(in image, plan.Pages, (ulong)(uint)plan.Ramdisk.Length, out StartLayout layout).Try(out Errno impossible))
        {
            return impossible;
        }

        if (!DomainList.Create(plan.Id).Try(out Errno taken))
        {
            return taken;
        }

        ref Domain domain = ref DomainList.Find(plan.Id);
        plan.Name.Slice(0, Math.Min(plan.Name.Length, 15)).CopyTo(Layout.BytesOf(ref domain.Name));
        domain.IsHardware = plan.IsHardware;
        domain.IsPrivileged = plan.IsPrivileged;
        domain.Memory.Limit = plan.MostPages == 0 ? uint.MaxValue : plan.MostPages;
        Result built = AddVcpus(ref domain, plan.Vcpus);
        built = built.Try(out _) ? Furnish(ref domain, in image, ref layout, in plan) : built;
        if (!built.Try(out _))
        {
            DomainControl.Destroy(ref domain);
            return built;
        }

        VcpuGlue.SetWeight(ref domain, (ushort)plan.Weight);
        Log.Info($"d{plan.Id.Value}: built, name {plan.Name}, {plan.Pages} pages, weight {plan.Weight}, entry {image.Notes.Entry:x}");
        DomainControl.Start(ref domain);
        return Result.Success;
    }

    // All but the first stay down until their kernel has said how they begin.
    private static Result AddVcpus(ref Domain domain, int count)
    {
        Result added = Result.Success;
        domain.MostVcpus = count;
        for (int index = 0; index < count && added.Try(out _); index++)
        {
            added = DomainList.AddVcpu(ref domain, index);
        }

        return added;
    }

    private static Result Furnish(ref Domain domain, scoped in KernelImage image, ref StartLayout layout, scoped in DomainPlan plan)
    {
        GuestPages memory = default;
        Result done = TakePages(ref domain, in image, in layout, in plan, ref memory);
        done = done.Try(out _) && plan.IsPrivileged ? ClearStart(in image, in layout, in plan, in memory) : done;
        done = done.Try(out _) && plan.IsHardware ? IoPermissions.GiveHardware(ref domain) : done;
        done = done.Try(out _) ? SharedPages.Allocate(ref domain) : done;
        done = done.Try(out _) ? DomainGrants.Create(ref domain, GrantLimits.Current) : done;
        done = done.Try(out _) ? Load(in image, in plan, in memory) : done;
        done = done.Try(out _) ? memory.WriteFile(layout.Ramdisk << PageSize.Shift, plan.RamdiskPlace, plan.Ramdisk) : done;
        done = done.Try(out _) ? WriteMfnList(in layout, in memory) : done;
        done = done.Try(out _) ? StartInfoPage.Write(ref domain, in layout, in memory, in plan, image.Notes) : done;
        done = done.Try(out _) ? WriteHypercallPage(image.Notes, in layout, in memory) : done;
        done = done.Try(out _) ? new StartTables(ref memory, ref layout, ref domain).Build() : done;
        return done.Try(out _) ? PrepareVcpu(ref domain, image.Notes.Entry, in layout, in memory) : done;
    }

    // What lies in memory already, kernel first, as its layout has it; a kernel whose segments are in another order is copied in part.
    private static Result TakePages(
        ref Domain domain, scoped in KernelImage image, scoped in StartLayout layout, scoped in DomainPlan plan, scoped ref GuestPages memory)
    {
        FrameRequest request = plan.IsPrivileged ? FrameRequest.Uncleared : default;
        Result taken = Result.Success;
        for (int index = 0; index < image.Count && taken.Try(out _); index++)
        {
            ReadOnlySpan<byte> bytes = image.Segment(index, out ElfProgramHeader segment);
            taken = memory.Adopt(ref domain, segment.PhysicalAddress - image.Notes.PhysicalOffset, PlaceOf(in segment, in plan), (ulong)(uint)bytes.Length, request);
        }

        ulong ramdisk = layout.Ramdisk << PageSize.Shift;
        taken = taken.Try(out _) ? memory.Adopt(ref domain, ramdisk, plan.RamdiskPlace, (ulong)(uint)plan.Ramdisk.Length, request) : taken;
        return taken.Try(out _) ? memory.Allocate(ref domain, plan.Pages, request) : taken;
    }

    private static MachineAddress PlaceOf(scoped in ElfProgramHeader segment, scoped in DomainPlan plan) =>
        plan.KernelPlace.Value == 0 ? default : plan.KernelPlace + segment.Offset;

    // What the kernel relies on or finds mapped; the rest of its memory is as boot left it. Pages that the file fills need none.
    private static Result ClearStart(scoped in KernelImage image, scoped in StartLayout layout, scoped in DomainPlan plan, scoped in GuestPages memory)
    {
        Result cleared = Result.Success;
        ulong done = 0;
        for (int index = 0; index < image.Count && cleared.Try(out _); index++)
        {
            ReadOnlySpan<byte> bytes = image.Segment(index, out ElfProgramHeader segment);
            ulong start = segment.PhysicalAddress - image.Notes.PhysicalOffset;
            ulong first = (start + PageSize.OffsetMask) >> PageSize.Shift;
            cleared = first > done ? memory.Clear(done, first - done) : cleared;
            done = Math.Max(done, (start + (ulong)(uint)bytes.Length) >> PageSize.Shift);
        }

        bool isInRegion = layout.Ramdisk < layout.End;
        ulong next = isInRegion ? layout.Ramdisk : layout.End;
        ulong ramdiskBytes = (ulong)(uint)plan.Ramdisk.Length;
        ulong notFilled = layout.Ramdisk + (ramdiskBytes >> PageSize.Shift);
        ulong end = isInRegion ? layout.End : layout.Ramdisk + layout.RamdiskPages;
        cleared = cleared.Try(out _) ? memory.Clear(done, next - done) : cleared;
        cleared = cleared.Try(out _) ? memory.Clear(notFilled, end - notFilled) : cleared;
        return cleared.Try(out _) && layout.HasListRegion ? memory.Clear(layout.List.Tables, layout.List.TableCount + layout.List.Pages) : cleared;
    }

    // Pages of the region are clear, so what a segment has beyond the file is zero already.
    private static Result Load(scoped in KernelImage image, scoped in DomainPlan plan, scoped in GuestPages memory)
    {
        for (int index = 0; index < image.Count; index++)
        {
            ReadOnlySpan<byte> bytes = image.Segment(index, out ElfProgramHeader segment);
            Result loaded = memory.WriteFile(segment.PhysicalAddress - image.Notes.PhysicalOffset, PlaceOf(in segment, in plan), bytes);
            if (!loaded.Try(out _))
            {
                return loaded;
            }
        }

        return Result.Success;
    }

    private static Result WriteMfnList(scoped in StartLayout layout, scoped in GuestPages memory)
    {
        const ulong EntriesPerPage = PageSize.Bytes / sizeof(ulong);
        FrameRange run = default;
        Result written = Result.Success;
        for (ulong first = 0; first < memory.Count && written.Try(out _); first += EntriesPerPage)
        {
            ulong count = Math.Min(EntriesPerPage, memory.Count - first);
            written = memory.WriteFrames(layout.MfnList + (first / EntriesPerPage), first, (int)count, ref run);
        }

        return written;
    }

    private static Result WriteHypercallPage(KernelNotes notes, scoped in StartLayout layout, scoped in GuestPages memory)
    {
        if (!layout.TryPageOf(notes.HypercallPage, out ulong page) || notes.HypercallPage == 0)
        {
            return Result.Success;
        }

        Fixed32<byte> code = default;
        for (int number = 0; number < HypercallPage.Count; number++)
        {
            HypercallPage.Write(number, code.Span);
            Result written = memory.Write((page << PageSize.Shift) + (ulong)(uint)(number * HypercallPage.Stride), code.Span);
            if (!written.Try(out _))
            {
                return written;
            }
        }

        return Result.Success;
    }

    private static Result PrepareVcpu(ref Domain domain, ulong entry, scoped in StartLayout layout, scoped in GuestPages memory)
    {
        ref Vcpu vcpu = ref DomainList.VcpuOf(ref domain, 0);
        if (!FrameRef<L4Table>.Hold(memory.FrameOf(layout.Tables), domain.Id, out FrameRef<L4Table> root).Try(out Errno noRoot))
        {
            return noRoot;
        }

        Result prepared = GuestCpu.Initialise(ref vcpu.Context, in root);
        root.Dispose();
        if (!prepared.Try(out _))
        {
            return prepared;
        }

        domain.Owned.OverheadFrames++;
        vcpu.Context.Registers.Rip = entry;
        vcpu.Context.Registers.Rsp = layout.AddressOf(layout.Stack + 1);
        vcpu.Context.Registers.Rsi = layout.AddressOf(layout.StartInfo);
        vcpu.Context.Registers.Rflags = UpcallsOn;
        vcpu.Context.Registers.Cs = (ushort)FlatSelector.UserCode64;
        vcpu.Context.Registers.Ss = (ushort)FlatSelector.UserData32;
        vcpu.IsInitialised = true;
        for (int index = 0; index < domain.VcpuLimit; index++)
        {
            ref VcpuInfo info = ref EventBits.VcpuInfoOf(ref SharedPages.Of(ref domain), index);
            info.UpcallMask = 1;
            GuestTime.Publish(ref info, in domain.Tsc);
        }

        VcpuGlue.BringUp(ref vcpu);
        return Result.Success;
    }
}
