using System;
using System.Runtime.CompilerServices;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>Memory of domains. Every refusal is a <see cref="XenException"/>. Source: <c>memory.h</c>.</summary>
public sealed class MemoryControl
{
    private const int EntrySize = 20;
    private readonly HypercallDevice _device;

    internal MemoryControl(HypercallDevice device) => _device = device;

    /// <summary>Sets how much memory a domain may have.</summary>
    public void SetMaximum(DomainId domain, ulong kibibytes)
    {
        DomctlMaximumMemory arguments = new() { Kibibytes = kibibytes };
        _ = Domctl.Call(_device, $"set the maximum memory {kibibytes} KiB of", DomctlCommand.SetMaximumMemory, domain, ref arguments);
    }

    /// <summary>Gives a domain memory.</summary>
    /// <param name="domain">Whom.</param>
    /// <param name="frames">In: the domain's page numbers, each the first of an extent. Out, of a PV domain: the machine frames.</param>
    /// <param name="order">The size of an extent: a power of two of pages.</param>
    /// <param name="flags">Wishes.</param>
    /// <returns>How many extents were given: fewer than asked for when memory ran out.</returns>
    public int Populate(DomainId domain, Span<ulong> frames, int order = 0, MemoryFlags flags = 0) =>
        Reserve(domain, MemoryCommand.PopulatePhysmap, $"give {frames.Length} extents of memory to", frames, order, flags);

    /// <summary>Takes memory from a domain.</summary>
    /// <returns>How many extents were taken.</returns>
    public int Decrease(DomainId domain, Span<ulong> frames, int order = 0) =>
        Reserve(domain, MemoryCommand.DecreaseReservation, $"take {frames.Length} extents of memory from", frames, order, 0);

    /// <summary>How many pages a domain has.</summary>
    public ulong GetCurrent(DomainId domain) => AskFor(domain, MemoryCommand.CurrentReservation, "ask for the memory of");

    /// <summary>How many pages a domain may have.</summary>
    public ulong GetMaximum(DomainId domain) => AskFor(domain, MemoryCommand.MaximumReservation, "ask for the maximum memory of");

    /// <summary>The highest page number that a domain uses.</summary>
    public ulong GetHighestPage(DomainId domain) => AskFor(domain, MemoryCommand.MaximumGpfn, "ask for the highest page of");

    /// <summary>Sets frames aside for a domain that is being built; 0 gives the rest back.</summary>
    public void Claim(DomainId domain, ulong frames)
    {
        using HypercallBuffer buffer = _device.Allocate(64);
        buffer.At<MemoryReservation>() = new MemoryReservation { Domain = domain, Extents = frames };
        _ = _device.Call($"claim {frames} frames for", domain, Hypercall.MemoryOp, (ulong)MemoryCommand.ClaimPages, buffer.Address);
    }

    /// <summary>Sets the map of memory that a PV domain is told.</summary>
    /// <param name="domain">Whom.</param>
    /// <param name="regions">Where, how long, and the kind as E820 has it.</param>
    public void SetMap(DomainId domain, ReadOnlySpan<(ulong Start, ulong Length, uint Kind)> regions)
    {
        using HypercallBuffer entries = _device.Allocate(regions.Length * EntrySize);
        for (int index = 0; index < regions.Length; index++)
        {
            entries.At<ulong>(index * EntrySize) = regions[index].Start;
            entries.At<ulong>((index * EntrySize) + 8) = regions[index].Length;
            entries.At<uint>((index * EntrySize) + 16) = regions[index].Kind;
        }

        using HypercallBuffer buffer = _device.Allocate(Unsafe.SizeOf<ForeignMemoryMap>());
        buffer.At<ForeignMemoryMap>().Domain = domain;
        buffer.At<ForeignMemoryMap>().Map.Entries = (uint)regions.Length;
        buffer.At<ForeignMemoryMap>().Map.Buffer = entries.Address;
        _ = _device.Call("set the memory map of", domain, Hypercall.MemoryOp, (ulong)MemoryCommand.SetMemoryMap, buffer.Address);
    }

    /// <summary>Puts a page into the memory of a domain that the hypervisor translates for. Source: <c>XENMAPSPACE_*</c>.</summary>
    public void AddToPhysmap(DomainId domain, uint space, ulong index, Gfn page)
    {
        using HypercallBuffer buffer = _device.Allocate(64);
        buffer.At<AddToPhysmap>() = new AddToPhysmap { Domain = domain, Space = space, Index = index, Gpfn = page.Value };
        _ = _device.Call($"put a page at {page} of", domain, Hypercall.MemoryOp, (ulong)MemoryCommand.AddToPhysmap, buffer.Address);
    }

    /// <summary>The host's highest frame of memory, plus one.</summary>
    public ulong GetHighestFrame() => (ulong)_device.Call("ask for the highest frame", null, Hypercall.MemoryOp, (ulong)MemoryCommand.MaximumRamPage);

    private int Reserve(DomainId domain, MemoryCommand command, string operation, Span<ulong> frames, int order, MemoryFlags flags)
    {
        using HypercallBuffer list = _device.Allocate(checked(frames.Length * sizeof(ulong)));
        frames.CopyTo(list.As<ulong>());
        using HypercallBuffer buffer = _device.Allocate(64);
        buffer.At<MemoryReservation>() = new MemoryReservation
        {
            ExtentStart = list.Address,
            Extents = (ulong)frames.Length,
            ExtentOrder = (uint)order,
            Flags = (uint)flags,
            Domain = domain,
        };
        int done = (int)_device.Call(operation, domain, Hypercall.MemoryOp, (ulong)command, buffer.Address);
        list.As<ulong>()[..frames.Length].CopyTo(frames);
        return done;
    }

    private ulong AskFor(DomainId domain, MemoryCommand command, string operation)
    {
        using HypercallBuffer buffer = _device.Allocate(8);
        buffer.At<MemoryDomain>().Domain = domain;
        return (ulong)_device.Call(operation, domain, Hypercall.MemoryOp, (ulong)command, buffer.Address);
    }
}
