using System;
using Sharpen.Abi;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Locks;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.State;

namespace Sharpen.Machine.Efi;

/// <summary>The services that EFI offers while an operating system runs. One is called at a time, in an address space where the firmware's memory stands at its machine address.</summary>
/// <remarks>
/// Safety: the firmware runs with all rights, as it did while the host started, and is trusted with that. It is only entered where it said that its services are,
/// inside what it claimed as its own; it is given places in spans of the caller's, whose lengths it is told. The caller's vectors are put away meanwhile, and
/// interrupts stay off. Source: UEFI specification, 2.3.4 (calling), 4.5 (the table), 8 (the services).
/// </remarks>
public static unsafe class EfiServices
{
    private const ulong Signature = 0x5652_4553_544e_5552;      // "RUNTSERV"
    private const ulong EndOfLowerHalf = 1UL << 35;             // frames: what slot 0 to 255 of a root reach
    private const ulong MostFrames = 1UL << 18;
    private const ulong Reach = 1UL << 32;
    private const int TableBytes = 136;
    private const int GetTimeAt = 24;
    private const int SetTimeAt = 32;
    private const int GetWakeupAt = 40;
    private const int SetWakeupAt = 48;
    private const int GetVariableAt = 72;
    private const int NextVariableAt = 80;
    private const int SetVariableAt = 88;
    private const int NextCountAt = 96;
    private const int QueryStoreAt = 128;

    private struct EfiState
    {
        internal SpinLock<FirmwareRank> Lock;
        internal Mfn Root;

        // By the place of the service in its table; 0: there is no such service.
        internal Fixed32<ulong> Services;
    }

    private static ref EfiState State => ref Root.Of<EfiState>();

    /// <summary>The services can be called.</summary>
    public static bool IsPresent => State.Root.Value != 0;

    /// <summary>
    /// Makes the services callable. EINVAL: the table is none, does not lie below 4 GiB, or a range is absurd; ENOMEM. Once, while the boot CPU is alone.
    /// </summary>
    /// <param name="ranges">The memory that they use.</param>
    /// <param name="table">Where the table of services is, by the system table.</param>
    public static Result Open(ReadOnlySpan<EfiRange> ranges, MachineAddress table)
    {
        if (!IsInside(ranges, table.Value, TableBytes) || table.Value > Reach - TableBytes || *(ulong*)DirectMap.Pointer(table) != Signature)
        {
            return Errno.Inval;
        }

        if (!FrameAllocator.Allocate(NoLocks.Held, PageOrder.Small).Try(out Mfn root, out Errno noMemory))
        {
            return noMemory;
        }

        PageTables<HostFormat>.Clear(root);
        for (int slot = AddressSpace.FirstSlot; slot < AddressSpace.EndSlot; slot++)
        {
            PageTables<HostFormat>.EntriesOf(root)[slot] = PageTables<HostFormat>.EntriesOf(HostTables.RootFrame)[slot];
        }

        foreach (EfiRange range in ranges)
        {
            PageAccess access = PageAccess.Write | PageAccess.Execute | (range.IsCached ? PageAccess.Read : PageAccess.Uncached);
            if (range.Frames.Frames > MostFrames || range.Frames.End.Value > EndOfLowerHalf)
            {
                return Errno.Inval;
            }

            if (!PageTables<HostFormat>.Map<HeapSource>(root, new HostLinear(range.Frames.First.Start.Value), range.Frames, access).Try(out Errno error))
            {
                return error;
            }
        }

        for (int at = GetTimeAt; at < TableBytes; at += sizeof(ulong))
        {
            ulong service = *(ulong*)DirectMap.Pointer(table + (ulong)at);
            State.Services[at / sizeof(ulong)] = IsInside(ranges, service, 1) ? service : 0;
        }

        State.Root = root;
        return Result.Success;
    }

    /// <summary>The time of day by the firmware.</summary>
    public static ulong GetTime(ref VcpuContext caller, ref Bytes16 time, out uint resolution, out uint accuracy, out bool clearsNanoseconds)
    {
        Bytes16 facts = default;
        ulong status;
        fixed (Bytes16* place = &time)
        {
            status = Call(ref caller, GetTimeAt, (ulong)place, (ulong)&facts);
        }

        resolution = ((uint*)&facts)[0];
        accuracy = ((uint*)&facts)[1];
        clearsNanoseconds = ((byte*)&facts)[8] != 0;
        return status;
    }

    /// <summary>Sets it.</summary>
    public static ulong SetTime(ref VcpuContext caller, in Bytes16 time)
    {
        Bytes16 copy = time;
        return Call(ref caller, SetTimeAt, (ulong)&copy);
    }

    /// <summary>When the host would switch itself on.</summary>
    public static ulong GetWakeup(ref VcpuContext caller, ref Bytes16 time, out bool isEnabled, out bool isPending)
    {
        ulong flags = 0;
        ulong status;
        fixed (Bytes16* place = &time)
        {
            status = Call(ref caller, GetWakeupAt, (ulong)&flags, (ulong)&flags + 1, (ulong)place);
        }

        isEnabled = ((byte*)&flags)[0] != 0;
        isPending = ((byte*)&flags)[1] != 0;
        return status;
    }

    /// <summary>Sets that.</summary>
    /// <param name="caller">The vCPU that this CPU serves.</param>
    /// <param name="enable">False: it would not.</param>
    /// <param name="time">When.</param>
    /// <param name="hasTime">False: the time stays as it was.</param>
    public static ulong SetWakeup(ref VcpuContext caller, bool enable, in Bytes16 time, bool hasTime)
    {
        Bytes16 copy = time;
        return Call(ref caller, SetWakeupAt, enable ? 1UL : 0, hasTime ? (ulong)&copy : 0);
    }

    /// <summary>The upper half of a number that never comes again.</summary>
    public static ulong NextCount(ref VcpuContext caller, out uint count)
    {
        ulong value = 0;
        ulong status = Call(ref caller, NextCountAt, (ulong)&value);
        count = (uint)value;
        return status;
    }

    /// <summary>Reads a variable.</summary>
    /// <param name="caller">The vCPU that this CPU serves.</param>
    /// <param name="name">In UTF-16; the last character is a zero.</param>
    /// <param name="vendor">Whose.</param>
    /// <param name="attributes">What it is.</param>
    /// <param name="data">Room for its value.</param>
    /// <param name="bytes">How large it is.</param>
    public static ulong GetVariable(ref VcpuContext caller, ReadOnlySpan<byte> name, in Bytes16 vendor, out uint attributes, Span<byte> data, out ulong bytes)
    {
        Bytes16 owner = vendor;
        ulong size = (ulong)data.Length;
        ulong notes = 0;
        ulong status = EfiStatus.InvalidParameter;
        if (IsName(name))
        {
            fixed (byte* text = name, value = data)
            {
                status = Call(ref caller, GetVariableAt, (ulong)text, (ulong)&owner, (ulong)&notes, (ulong)&size, (ulong)value);
            }
        }

        attributes = (uint)notes;
        bytes = size;
        return status;
    }

    /// <summary>Writes a variable, or with no data removes it.</summary>
    public static ulong SetVariable(ref VcpuContext caller, ReadOnlySpan<byte> name, in Bytes16 vendor, uint attributes, ReadOnlySpan<byte> data)
    {
        if (!IsName(name))
        {
            return EfiStatus.InvalidParameter;
        }

        Bytes16 owner = vendor;
        fixed (byte* text = name, value = data)
        {
            return Call(ref caller, SetVariableAt, (ulong)text, (ulong)&owner, attributes, (ulong)data.Length, (ulong)value);
        }
    }

    /// <summary>The name of the variable after one; an empty name is before the first.</summary>
    /// <param name="caller">The vCPU that this CPU serves.</param>
    /// <param name="name">Room for names; holds one in UTF-16 with a zero at its end.</param>
    /// <param name="vendor">Whose.</param>
    /// <param name="bytes">How many the name takes.</param>
    public static ulong NextVariable(ref VcpuContext caller, Span<byte> name, ref Bytes16 vendor, out ulong bytes)
    {
        Bytes16 owner = vendor;
        ulong size = (ulong)name.Length;
        ulong status;
        fixed (byte* text = name)
        {
            status = Call(ref caller, NextVariableAt, (ulong)&size, (ulong)text, (ulong)&owner);
        }

        vendor = owner;
        bytes = size;
        return status;
    }

    /// <summary>What room there is for variables of a kind.</summary>
    public static ulong QueryStore(ref VcpuContext caller, uint attributes, out ulong most, out ulong free, out ulong largest)
    {
        Words8 room = default;
        ulong* answers = (ulong*)&room;
        ulong status = Call(ref caller, QueryStoreAt, attributes, (ulong)answers, (ulong)(answers + 1), (ulong)(answers + 2));
        most = answers[0];
        free = answers[1];
        largest = answers[2];
        return status;
    }

    private static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length >= 2 && name.Length % 2 == 0 && name[name.Length - 1] == 0 && name[name.Length - 2] == 0;

    private static bool IsInside(ReadOnlySpan<EfiRange> ranges, ulong address, ulong bytes)
    {
        foreach (EfiRange range in ranges)
        {
            ulong start = range.Frames.First.Start.Value;
            ulong size = range.Frames.Frames << PageSize.Shift;
            if (address >= start && address - start < size && bytes <= size - (address - start))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Call(ref VcpuContext caller, int service, ulong first, ulong second = 0, ulong third = 0, ulong fourth = 0, ulong fifth = 0)
    {
        ref EfiState state = ref State;
        ulong function = state.Services[service / sizeof(ulong)];
        if (function == 0)
        {
            return EfiStatus.Unsupported;
        }

        Words8 room = default;
        ulong* arguments = (ulong*)&room;
        arguments[0] = first;
        arguments[1] = second;
        arguments[2] = third;
        arguments[3] = fourth;
        arguments[4] = fifth;
        VectorState.Save(caller.Hardware.Vectors);
        ulong status;
        using (Locked<FirmwareRank> held = state.Lock.Enter(NoLocks.Held))
        {
            status = Instructions.CallFirmware(function, state.Root.Start.Value, arguments);
        }

        VectorState.Restore(caller.Hardware.Vectors, caller.Hardware.Xcr0);
        return status;
    }
}
