using System;
using System.Numerics;
using Sharpen.Abi;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Machine.Guest;

/// <summary>
/// The descriptor tables of vCPUs. Each CPU has a window of its own in which the tables of the vCPU that it has stand, the hypervisor's descriptors
/// behind them; a vCPU keeps its frames wherever it is.
/// </summary>
public static class GuestSegments
{
    /// <summary>The most descriptors that a guest may have in its GDT (<c>FIRST_RESERVED_GDT_ENTRY</c>).</summary>
    public const int MostGdtEntries = VcpuDescriptors.GdtPages * GuestDescriptors.PerFrame;

    /// <summary>The most descriptors of an LDT.</summary>
    public const uint MostLdtEntries = VcpuDescriptors.LdtPages * GuestDescriptors.PerFrame;

    /// <summary>Gives a vCPU another GDT. Nothing changes when one of the frames is refused.</summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="context">The vCPU's.</param>
    /// <param name="frames">The domain's frames.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="table">The frames of the table: any numbers, at most fourteen.</param>
    /// <param name="isHere">True when this CPU has the vCPU; false when none has.</param>
    /// <returns>EINVAL: not the domain's, or a descriptor that no guest may have; EBUSY: relied on as something else; EAGAIN.</returns>
    public static Result SetGdt(
        scoped in Locked<DomainRank> held, ref VcpuContext context, ref DomainFrames frames, DomainId owner, scoped ReadOnlySpan<ulong> table, bool isHere)
    {
        if (table.Length > VcpuDescriptors.GdtPages)
        {
            return Errno.Inval;
        }

        for (int page = 0; page < table.Length; page++)
        {
            if (!GuestDescriptors.Hold(in held, ref frames, owner, new Mfn(table[page])).Try(out Errno refused))
            {
                for (int taken = 0; taken < page; taken++)
                {
                    GuestDescriptors.Release(new Mfn(table[taken]));
                }

                return refused;
            }
        }

        ref VcpuDescriptors descriptors = ref context.Hardware.Descriptors;
        VcpuDescriptors old = descriptors;
        descriptors.GdtMap = (1U << table.Length) - 1;
        for (int page = 0; page < VcpuDescriptors.GdtPages; page++)
        {
            descriptors.Gdt[page] = page < table.Length ? (uint)table[page] : 0;
        }

        if (isHere)
        {
            DescriptorWindow.Load(ref descriptors);
        }

        Release(old.GdtMap, ref old.Gdt);
        return Result.Success;
    }

    /// <summary>Gives a vCPU another LDT, whose pages are looked at when they are needed. EINVAL: not where a guest may have one.</summary>
    /// <param name="context">The vCPU's.</param>
    /// <param name="start">Page-aligned.</param>
    /// <param name="entries">At most <see cref="MostLdtEntries"/>; 0 for none.</param>
    /// <param name="isHere">True when this CPU has the vCPU; false when none has.</param>
    public static Result SetLdt(ref VcpuContext context, GuestLinear start, ulong entries, bool isHere = true)
    {
        if (entries > MostLdtEntries || (start.Value & PageSize.OffsetMask) != 0 || (entries != 0 && !start.HoldsGuest(entries * sizeof(ulong))))
        {
            return Errno.Inval;
        }

        ref VcpuDescriptors descriptors = ref context.Hardware.Descriptors;
        if (descriptors.LdtEntries == 0 && entries == 0)
        {
            return Result.Success;
        }

        VcpuDescriptors old = descriptors;
        descriptors.Ldt = default;
        descriptors.LdtMap = 0;
        descriptors.LdtStart = start;
        descriptors.LdtEntries = (uint)entries;
        if (isHere)
        {
            DescriptorWindow.Load(ref descriptors);
        }

        Release(old.LdtMap, ref old.Ldt);
        return Result.Success;
    }

    /// <summary>The tables of a vCPU.</summary>
    /// <param name="context">The vCPU's.</param>
    /// <param name="frames">Sixteen places: the frames of the GDT, then zeros.</param>
    /// <param name="gdtEntries">How many descriptors fit into those frames.</param>
    /// <param name="ldt">Where the LDT is.</param>
    /// <param name="ldtEntries">How many descriptors it has.</param>
    public static void Describe(in VcpuContext context, scoped Span<ulong> frames, out uint gdtEntries, out GuestLinear ldt, out uint ldtEntries)
    {
        ref readonly VcpuDescriptors descriptors = ref context.Hardware.Descriptors;
        int pages = BitOperations.PopCount(descriptors.GdtMap);
        for (int page = 0; page < frames.Length; page++)
        {
            frames[page] = page < pages ? descriptors.Gdt.ReadOnly[page] : 0;
        }

        gdtEntries = (uint)(pages * GuestDescriptors.PerFrame);
        ldt = descriptors.LdtStart;
        ldtEntries = descriptors.LdtEntries;
    }

    /// <summary>True when a fault of the guest on this CPU was about a page of its LDT, as the CPU sees it.</summary>
    public static bool IsLdtFault(GuestLinear fault) => DescriptorWindow.TryFindLdtPage(fault, out _);

    /// <summary>
    /// Looks up the page of the LDT that the guest on this CPU needs. EFAULT: the guest maps nothing there that can be one, <paramref name="shown"/>
    /// is the guest's own address of it; EAGAIN.
    /// </summary>
    /// <param name="held">The domain's lock.</param>
    /// <param name="context">The vCPU's.</param>
    /// <param name="frames">The domain's frames.</param>
    /// <param name="owner">The domain.</param>
    /// <param name="fault">Where the fault was, which <see cref="IsLdtFault"/>.</param>
    /// <param name="shown">Where the guest would say that it was.</param>
    public static Result MapLdt(
        scoped in Locked<DomainRank> held, ref VcpuContext context, ref DomainFrames frames, DomainId owner, GuestLinear fault, out GuestLinear shown)
    {
        Bug.Unless(DescriptorWindow.TryFindLdtPage(fault, out int page));
        ref VcpuDescriptors descriptors = ref context.Hardware.Descriptors;
        GuestLinear start = descriptors.LdtStart + ((ulong)(uint)page << PageSize.Shift);
        shown = start + (fault.Value & PageSize.OffsetMask);
        if ((uint)page * GuestDescriptors.PerFrame >= descriptors.LdtEntries || (descriptors.LdtMap & (1U << page)) != 0 || !start.IsGuest
            || !GuestTables.TryTranslate(context.Hardware.Root, start.Value, out Mfn frame, out _))
        {
            return Errno.Fault;
        }

        Result taken = GuestDescriptors.Hold(in held, ref frames, owner, frame);
        if (!taken.Try(out Errno refused))
        {
            return refused == Errno.Again ? Errno.Again : Errno.Fault;
        }

        descriptors.Ldt[page] = (uint)frame.Value;
        descriptors.LdtMap |= 1U << page;
        DescriptorWindow.Load(ref descriptors);
        return Result.Success;
    }

    /// <summary>The descriptor that a selector of the guest's own names. False: its tables have none there, as far as this CPU has looked them up.</summary>
    public static bool TryRead(in VcpuContext context, ushort selector, out ulong descriptor)
    {
        const int LocalTable = 4;
        const int IndexShift = 3;
        ref readonly VcpuDescriptors descriptors = ref context.Hardware.Descriptors;
        int index = selector >> IndexShift;
        int page = index / GuestDescriptors.PerFrame;
        bool isLocal = (selector & LocalTable) != 0;
        bool isThere = isLocal ? (uint)index < descriptors.LdtEntries && (descriptors.LdtMap & (1U << page)) != 0 : (descriptors.GdtMap & (1U << page)) != 0;
        uint frame = !isThere ? 0 : isLocal ? descriptors.Ldt.ReadOnly[page] : descriptors.Gdt.ReadOnly[page];
        descriptor = isThere ? GuestDescriptors.Read(new Mfn(frame), index % GuestDescriptors.PerFrame) : 0;
        return isThere;
    }

    /// <summary>Gives up all of a vCPU's, which no CPU has.</summary>
    internal static void Release(ref VcpuDescriptors descriptors)
    {
        Release(descriptors.GdtMap, ref descriptors.Gdt);
        Release(descriptors.LdtMap, ref descriptors.Ldt);
        descriptors = default;
    }

    private static void Release(uint map, ref Collections.Fixed16<uint> frames)
    {
        for (uint left = map; left != 0; left &= left - 1)
        {
            GuestDescriptors.Release(new Mfn(frames[BitOperations.TrailingZeroCount(left)]));
        }
    }
}
