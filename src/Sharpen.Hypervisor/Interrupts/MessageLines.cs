using Sharpen.Abi;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Interrupts;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Interrupts;

/// <summary>Lines for the messages of PCI devices: made when a domain maps them, masked until it binds them, gone when it unmaps them.</summary>
public static class MessageLines
{
    /// <summary>The most messages that one address and data stand for.</summary>
    public const int MostInGroup = 32;

    private static ref LinesState State => ref Root.Of<LinesState>();

    /// <summary>
    /// The lines of a device's MSI capability; the first one's number, the others follow. <see cref="Errno.NoDev"/>: no such device, or it
    /// has no such capability; <see cref="Errno.Exist"/>: it has lines already; <see cref="Errno.Inval"/>: so many it cannot send;
    /// <see cref="Errno.NoSpc"/>: no line or vector is free.
    /// </summary>
    /// <param name="count">A power of two up to <see cref="MostInGroup"/>.</param>
    public static Result<int> CreateGroup(scoped in Locked<EventRank> outer, ushort function, int count, CpuId cpu)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        if (!PciCapabilities.TryFind(held, function, PciCapabilities.Message, out byte capability))
        {
            return Errno.NoDev;
        }

        if (count > PciCapabilities.MessagesOf(held, function, capability))
        {
            return Errno.Inval;
        }

        if (HasLine(ref state, function, LineKind.Message, 0))
        {
            return Errno.Exist;
        }

        InterruptLine pattern = new() { Kind = LineKind.Message, Function = function, Capability = capability, GroupSize = (byte)count, IsMaskable = PciCapabilities.HasMasks(held, function, capability) };
        return Place(held, ref state, in pattern, count, cpu);
    }

    /// <summary>The line of one entry of a device's MSI-X table. Errors as <see cref="CreateGroup"/>, and <see cref="Errno.NxIo"/>: its table cannot be reached.</summary>
    public static Result<int> CreateEntry(scoped in Locked<EventRank> outer, ushort function, int entry, CpuId cpu)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        if (!PciCapabilities.TryFind(held, function, PciCapabilities.MessageTable, out byte capability))
        {
            return Errno.NoDev;
        }

        if (entry < 0 || entry >= PciCapabilities.EntriesOf(held, function, capability))
        {
            return Errno.Inval;
        }

        if (HasLine(ref state, function, LineKind.TableMessage, entry))
        {
            return Errno.Exist;
        }

        if (!TryOpenTable(held, ref state, function, capability, out MessageTable table))
        {
            return Errno.NxIo;
        }

        InterruptLine pattern = new()
        {
            Kind = LineKind.TableMessage,
            Function = function,
            Capability = capability,
            Entry = (ushort)entry,
            GroupSize = 1,
            Table = table,
            IsMaskable = true,
        };
        return Place(held, ref state, in pattern, 1, cpu);
    }

    /// <summary>The line goes; nobody has claimed it. Not for pins: those stay.</summary>
    public static void Remove(scoped in Locked<EventRank> outer, int number)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(outer);
        ref InterruptLine line = ref state.Lines[number];
        if (line.Kind is LineKind.Message or LineKind.TableMessage)
        {
            LineHardware.SetMask(held, ref line, number, masked: true);
            VectorSpace.Free(new CpuId(line.Cpu), line.Vector);
            line = default;
        }
    }

    /// <summary>Writes all messages of a device again, after it was reset. False: it has none.</summary>
    public static bool Restore(ushort function)
    {
        ref LinesState state = ref State;
        using Locked<InterruptRank> held = state.Lock.Enter(NoLocks.Held);
        bool isFound = false;
        for (int number = state.GsiCount; number < InterruptLines.Count; number++)
        {
            ref InterruptLine line = ref state.Lines[number];
            if (line.Function == function && (line.Kind is LineKind.Message or LineKind.TableMessage))
            {
                LineHardware.Route(held, ref line, number, masked: !line.IsClaimed);
                isFound = true;
            }
        }

        return isFound;
    }

    private static bool HasLine(ref LinesState state, ushort function, LineKind kind, int entry)
    {
        for (int number = state.GsiCount; number < InterruptLines.Count; number++)
        {
            ref InterruptLine line = ref state.Lines[number];
            if (line.Kind == kind && line.Function == function && line.Entry == entry)
            {
                return true;
            }
        }

        return false;
    }

    private static Result<int> Place(scoped in Locked<InterruptRank> held, ref LinesState state, in InterruptLine pattern, int count, CpuId cpu)
    {
        int first = FindRun(ref state, count);
        if (first < 0)
        {
            return Errno.NoSpc;
        }

        if (!VectorSpace.Allocate(cpu, first, count).Try(out byte vector, out Errno full))
        {
            return full;
        }

        for (int i = 0; i < count; i++)
        {
            ref InterruptLine line = ref state.Lines[first + i];
            line = pattern;
            line.Entry = (ushort)(pattern.Entry + i);
            line.Vector = (byte)(vector + i);
            line.Cpu = cpu.Value;
        }

        LineHardware.Route(held, ref state.Lines[first], first, masked: true);
        return first;
    }

    private static int FindRun(ref LinesState state, int count)
    {
        int run = 0;
        for (int number = state.GsiCount; number < InterruptLines.Count; number++)
        {
            run = state.Lines[number].Kind == LineKind.None ? run + 1 : 0;
            if (run == count)
            {
                return number - count + 1;
            }
        }

        return -1;
    }

    // A table stays mapped for good; a device that is given another place takes another of the few mappings.
    private static bool TryOpenTable(scoped in Locked<InterruptRank> held, ref LinesState state, ushort function, byte capability, out MessageTable table)
    {
        table = default;
        if (!PciCapabilities.TryTable(held, function, capability, out ulong address, out int entries))
        {
            return false;
        }

        for (int index = 0; index < state.TableCount; index++)
        {
            if (state.TableAddresses[index] == address)
            {
                table = state.Tables[index];
                return true;
            }
        }

        if (state.TableCount == state.Tables.Span.Length)
        {
            return false;
        }

        table = MessageTable.Open(new MachineAddress(address), entries);
        if (table.IsOpen)
        {
            state.TableAddresses[state.TableCount] = address;
            state.Tables[state.TableCount++] = table;
        }

        return table.IsOpen;
    }
}
