using System;
using System.Threading;
using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Hypervisor.Interrupts;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Layouts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Pools;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Domains;

/// <summary>
/// Physical interrupts of a domain: numbers of its own for lines of the host, and the ports that they raise. All under the domain's event
/// lock, inside of which the lines have theirs.
/// </summary>
public static class DomainPirqs
{
    private const int FirstFree = 16;
    private const int BitsPerWord = 64;

    /// <summary>Numbers of physical interrupts are below this: more with more CPUs, as on Xen.</summary>
    public static int Limit => Math.Min(PirqTable.Count, InterruptLines.NumberLimit);

    /// <summary>
    /// Gives a pin a number; one that it has stays. <see cref="Errno.Inval"/>: no such pin or number; <see cref="Errno.Exist"/>: the number is
    /// another's; <see cref="Errno.NoSpc"/>: none is free; <see cref="Errno.NoMem"/>.
    /// </summary>
    /// <param name="wanted">The number, or less than 0 for any.</param>
    public static Result<int> MapPin(ref Domain domain, int gsi, int wanted)
    {
        if (gsi < 0 || gsi >= InterruptLines.GsiCount || wanted >= Limit)
        {
            return Errno.Inval;
        }

        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (!TryTable(held, ref domain, out int slot).Try(out Errno noMemory))
        {
            return noMemory;
        }

        ref PirqTable table = ref DomainStores.PirqsAt(slot);
        int known = FindLine(ref table, gsi);
        if (wanted < 0 && known >= 0)
        {
            return known;
        }

        int number = wanted >= 0 ? wanted : FindFree(ref table, 1, isMessage: false);
        if (number < 0)
        {
            return Errno.NoSpc;
        }

        if (known >= 0 && known != number)
        {
            return Errno.Exist;
        }

        return Take(ref table, number, gsi);
    }

    /// <summary>Numbers for messages of a device, one after the other; errors as <see cref="MapPin"/> and <see cref="MessageLines"/>.</summary>
    /// <param name="entry">Of an MSI-X table, or less than 0 for MSI.</param>
    /// <param name="count">How many; 1 for MSI-X.</param>
    /// <param name="wanted">The number, or less than 0 for any; any, when there are several.</param>
    public static Result<int> MapMessages(ref Domain domain, ushort function, int entry, int count, int wanted)
    {
        if (wanted >= Limit || count is < 1 or > MessageLines.MostInGroup)
        {
            return Errno.Inval;
        }

        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (!TryTable(held, ref domain, out int slot).Try(out Errno noMemory))
        {
            return noMemory;
        }

        ref PirqTable table = ref DomainStores.PirqsAt(slot);
        int number = wanted >= 0 && count == 1 ? wanted : FindFree(ref table, count, isMessage: true);
        if (number < 0)
        {
            return Errno.NoSpc;
        }

        if (table.Entries[number].Line > 0)
        {
            return Errno.Exist;
        }

        Result<int> made = entry >= 0 ? MessageLines.CreateEntry(held, function, entry, Processor.Id) : MessageLines.CreateGroup(held, function, count, Processor.Id);
        if (!made.Try(out int line, out Errno error))
        {
            return error;
        }

        for (int i = 0; i < count; i++)
        {
            table.Entries[number + i] = new Pirq { Line = line + i + 1 };
        }

        return number;
    }

    /// <summary>Sets a number aside, to be mapped later. <see cref="Errno.NoSpc"/>: none is free; <see cref="Errno.NoMem"/>.</summary>
    public static Result<int> SetAside(ref Domain domain, bool isMessage)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (!TryTable(held, ref domain, out int slot).Try(out Errno noMemory))
        {
            return noMemory;
        }

        ref PirqTable table = ref DomainStores.PirqsAt(slot);
        int number = FindFree(ref table, 1, isMessage);
        if (number < 0)
        {
            return Errno.NoSpc;
        }

        table.Entries[number].Line = Pirq.SetAside;
        return number;
    }

    /// <summary>The line behind a number below <see cref="Limit"/>: those of the first sixteen are known before they are mapped; less than 0 for none.</summary>
    public static int LineOf(ref Domain domain, int number)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Pirq pirq = ref Find(ref domain, number);
        return !Refs.IsNull(ref pirq) && pirq.Line > 0 ? pirq.Line - 1 : number < FirstFree ? number : -1;
    }

    /// <summary>Takes a number back; what it raised is raised no more. <see cref="Errno.Inval"/>: it is not mapped.</summary>
    public static Result Unmap(ref Domain domain, int number)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Pirq pirq = ref Find(ref domain, number);
        if (Refs.IsNull(ref pirq) || pirq.Line == 0)
        {
            return Errno.Inval;
        }

        Unmap(held, ref pirq);
        return Result.Success;
    }

    /// <summary>
    /// Gives a mapped interrupt a port. <see cref="Errno.Perm"/>: it is not mapped, or not for the domain; <see cref="Errno.Exist"/>: it has a port;
    /// <see cref="Errno.Busy"/>: another has the line; <see cref="Errno.NoSpc"/>: no port or vector is free.
    /// </summary>
    public static Result<uint> Bind(ref Domain domain, int number, CpuId cpu)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Pirq pirq = ref Find(ref domain, number);
        if (Refs.IsNull(ref pirq) || pirq.Line <= 0 || (pirq.Line <= InterruptLines.GsiCount && !IoPermissions.MayUseIrq(ref domain, pirq.Line - 1)))
        {
            return Errno.Perm;
        }

        if (pirq.Port != 0)
        {
            return Errno.Exist;
        }

        EventPort wanted = new() { State = EventChannelState.Pirq, RemotePort = (uint)number };
        if (!DomainEvents.BindHeld(held, ref domain, in wanted).Try(out uint port, out Errno full))
        {
            return full;
        }

        if (!LineClaims.Claim(held, pirq.Line - 1, domain.Slot, number, cpu).Try(out Errno refused))
        {
            DomainEvents.CloseHeld(held, ref domain, port);
            return refused;
        }

        pirq.Port = port;
        ShowEnd(ref DomainStores.PirqsAt(domain.PirqSlot - 1), number, LineClaims.NeedsEnd(held, pirq.Line - 1));
        return port;
    }

    /// <summary>The port of a physical interrupt is being closed.</summary>
    internal static void Unbind(scoped in Locked<EventRank> held, ref Domain domain, uint number)
    {
        ref Pirq pirq = ref Find(ref domain, (int)number);
        if (!Refs.IsNull(ref pirq) && pirq.Port != 0)
        {
            pirq.Port = 0;
            LineClaims.Release(held, pirq.Line - 1);
        }
    }

    /// <summary>The port notifies another vCPU now: the line follows to the CPU where that one runs.</summary>
    internal static void Follow(scoped in Locked<EventRank> held, ref Domain domain, uint number, CpuId cpu)
    {
        ref Pirq pirq = ref Find(ref domain, (int)number);
        if (!Refs.IsNull(ref pirq) && pirq.Port != 0)
        {
            LineClaims.Move(held, pirq.Line - 1, cpu);
        }
    }

    /// <summary>The line has arrived: who is to be woken.</summary>
    public static VcpuSet Raise(ref Domain domain, int number)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Pirq pirq = ref Find(ref domain, number);
        return Refs.IsNull(ref pirq) || pirq.Port == 0 ? VcpuSet.None : DomainEvents.RaiseHeld(ref domain, pirq.Port);
    }

    /// <summary>The domain has served an interrupt; nothing happens to one that is not bound. <see cref="Errno.Inval"/>: it is not mapped.</summary>
    public static Result End(ref Domain domain, int number, out VcpuSet wake)
    {
        wake = VcpuSet.None;
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Pirq pirq = ref Find(ref domain, number);
        if (Refs.IsNull(ref pirq) || pirq.Line <= 0)
        {
            return Errno.Inval;
        }

        if (pirq.Port == 0)
        {
            return Result.Success;
        }

        if (DomainStores.PirqsAt(domain.PirqSlot - 1).EndUnmasks)
        {
            wake = DomainEvents.UnmaskHeld(ref domain, pirq.Port);
        }

        LineClaims.EndService(held, pirq.Line - 1);
        return Result.Success;
    }

    /// <summary>What the domain must know of an interrupt. <see cref="Errno.Inval"/>: no such number.</summary>
    public static Result<PirqStatusFlags> Status(ref Domain domain, int number)
    {
        if (number < 0 || number >= Limit)
        {
            return Errno.Inval;
        }

        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        ref Pirq pirq = ref Find(ref domain, number);
        bool isKnown = !Refs.IsNull(ref pirq) && pirq.Line > 0;
        bool looksItself = domain.PirqSlot != 0 && DomainStores.PirqsAt(domain.PirqSlot - 1).EndPage.Exists;
        return isKnown && looksItself && !LineClaims.NeedsEnd(held, pirq.Line - 1) ? PirqStatusFlags.None : PirqStatusFlags.NeedsEoi;
    }

    /// <summary>
    /// A page where the domain reads, a bit for each number, which interrupts it must end. <see cref="Errno.Busy"/>: it has named one
    /// before; <see cref="Errno.Inval"/>: not a page of its own.
    /// </summary>
    public static Result KeepEndPage(ref Domain domain, Mfn frame, bool unmasks)
    {
        using Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held);
        if (!TryTable(held, ref domain, out int slot).Try(out Errno noMemory))
        {
            return noMemory;
        }

        ref PirqTable table = ref DomainStores.PirqsAt(slot);
        if (table.EndPage.Exists)
        {
            return Errno.Busy;
        }

        if (!table.EndPage.Keep(frame, domain.Id).Try(out Errno refused))
        {
            return refused;
        }

        table.EndUnmasks = unmasks;
        for (int number = 0; number < PirqTable.Count; number++)
        {
            ref Pirq pirq = ref table.Entries[number];
            ShowEnd(ref table, number, pirq.Port != 0 && LineClaims.NeedsEnd(held, pirq.Line - 1));
        }

        return Result.Success;
    }

    /// <summary>Everything goes back: the domain dies. Its ports are closed.</summary>
    internal static void ReleaseAll(ref Domain domain)
    {
        if (domain.PirqSlot == 0)
        {
            return;
        }

        int slot = domain.PirqSlot - 1;
        using (Locked<EventRank> held = domain.EventLock.Enter(NoLocks.Held))
        {
            ref PirqTable table = ref DomainStores.PirqsAt(slot);
            for (int number = 0; number < PirqTable.Count; number++)
            {
                Unmap(held, ref table.Entries[number]);
            }

            table.EndPage.Release();
            domain.PirqSlot = 0;
        }

        DomainStores.RemovePirqs(slot);
    }

    private static void Unmap(scoped in Locked<EventRank> held, ref Pirq pirq)
    {
        if (pirq.Port != 0)
        {
            LineClaims.Release(held, pirq.Line - 1);
        }

        if (pirq.Line > 0)
        {
            MessageLines.Remove(held, pirq.Line - 1);
        }

        pirq = default;
    }

    private static Result<int> Take(ref PirqTable table, int number, int line)
    {
        ref Pirq pirq = ref table.Entries[number];
        if (pirq.Line > 0)
        {
            return pirq.Line == line + 1 ? number : Errno.Exist;
        }

        pirq.Line = line + 1;
        return number;
    }

    private static ref Pirq Find(ref Domain domain, int number)
    {
        if (domain.PirqSlot == 0 || number < 0 || number >= PirqTable.Count)
        {
            return ref Refs.Null<Pirq>();
        }

        return ref DomainStores.PirqsAt(domain.PirqSlot - 1).Entries[number];
    }

    private static Result TryTable(scoped in Locked<EventRank> held, ref Domain domain, out int slot)
    {
        slot = domain.PirqSlot - 1;
        if (slot >= 0)
        {
            return Result.Success;
        }

        if (!DomainStores.AddPirqs(held).Try(out slot, out Errno error))
        {
            return error;
        }

        domain.PirqSlot = slot + 1;
        return Result.Success;
    }

    private static int FindLine(ref PirqTable table, int line)
    {
        for (int number = 0; number < PirqTable.Count; number++)
        {
            if (table.Entries[number].Line == line + 1)
            {
                return number;
            }
        }

        return -1;
    }

    // Pins from below, messages from above, as far as the other has not come.
    private static int FindFree(ref PirqTable table, int count, bool isMessage)
    {
        int step = isMessage ? -1 : 1;
        int run = 0;
        for (int number = isMessage ? Limit - 1 : FirstFree; number >= FirstFree && number < Limit; number += step)
        {
            run = table.Entries[number].Line == 0 ? run + 1 : 0;
            if (run == count)
            {
                return isMessage ? number : number - count + 1;
            }
        }

        return -1;
    }

    private static void ShowEnd(ref PirqTable table, int number, bool needed)
    {
        if (!table.EndPage.Exists)
        {
            return;
        }

        Span<ulong> words = Layout.Items<Words16, ulong>(ref table.EndPage.As<PirqEndWords>(0).Words);
        ulong bit = 1UL << (number % BitsPerWord);
        ref ulong word = ref words[number / BitsPerWord];
        _ = needed ? Interlocked.Or(ref word, bit) : Interlocked.And(ref word, ~bit);
    }
}
