using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;
using Sharpen.Machine.Simulation;

namespace Sharpen.Machine.Efi;

/// <summary>EFI's services as a few lists of the test's.</summary>
public static class EfiServices
{
    private static SortedDictionary<string, (uint Attributes, byte[] Value)> Variables => SimulatedMachine.Current.EfiVariables;

    /// <summary>The services can be called.</summary>
    public static bool IsPresent => SimulatedMachine.Current.HasEfiServices;

    /// <summary>Makes the services callable.</summary>
    public static Result Open(ReadOnlySpan<EfiRange> ranges, MachineAddress table)
    {
        _ = table;
        SimulatedMachine.Current.HasEfiServices = ranges.Length != 0;
        return ranges.Length != 0 ? Result.Success : Errno.Inval;
    }

    /// <summary>The time of day: all bytes alike.</summary>
    public static ulong GetTime(ref VcpuContext caller, ref Bytes16 time, out uint resolution, out uint accuracy, out bool clearsNanoseconds)
    {
        _ = caller;
        Bytes(ref time).Fill(SimulatedMachine.Current.EfiTime);
        (resolution, accuracy, clearsNanoseconds) = (1, 50_000_000, false);
        return EfiStatus.Success;
    }

    /// <summary>Sets it.</summary>
    public static ulong SetTime(ref VcpuContext caller, in Bytes16 time)
    {
        _ = caller;
        Bytes16 copy = time;
        SimulatedMachine.Current.EfiTime = Bytes(ref copy)[0];
        return EfiStatus.Success;
    }

    /// <summary>There is no such service.</summary>
    public static ulong GetWakeup(ref VcpuContext caller, ref Bytes16 time, out bool isEnabled, out bool isPending)
    {
        _ = (caller, time);
        (isEnabled, isPending) = (true, false);
        return EfiStatus.Unsupported;
    }

    /// <summary>There is no such service.</summary>
    public static ulong SetWakeup(ref VcpuContext caller, bool enable, in Bytes16 time, bool hasTime)
    {
        _ = (caller, enable, time, hasTime);
        return EfiStatus.Unsupported;
    }

    /// <summary>The upper half of a number that never comes again.</summary>
    public static ulong NextCount(ref VcpuContext caller, out uint count)
    {
        _ = caller;
        count = 7;
        return EfiStatus.Success;
    }

    /// <summary>Reads a variable.</summary>
    public static ulong GetVariable(ref VcpuContext caller, ReadOnlySpan<byte> name, in Bytes16 vendor, out uint attributes, Span<byte> data, out ulong bytes)
    {
        _ = caller;
        attributes = 0;
        bytes = (ulong)data.Length;
        if (!Variables.TryGetValue(KeyOf(name, vendor), out (uint Attributes, byte[] Value) found))
        {
            return EfiStatus.NotFound;
        }

        bytes = (ulong)found.Value.Length;
        if (found.Value.Length > data.Length)
        {
            return EfiStatus.BufferTooSmall;
        }

        attributes = found.Attributes;
        found.Value.CopyTo(data);
        return EfiStatus.Success;
    }

    /// <summary>Writes a variable, or with no data removes it.</summary>
    public static ulong SetVariable(ref VcpuContext caller, ReadOnlySpan<byte> name, in Bytes16 vendor, uint attributes, ReadOnlySpan<byte> data)
    {
        _ = caller;
        string key = KeyOf(name, vendor);
        if (data.IsEmpty)
        {
            return Variables.Remove(key) ? EfiStatus.Success : EfiStatus.NotFound;
        }

        Variables[key] = (attributes, data.ToArray());
        return EfiStatus.Success;
    }

    /// <summary>The name of the variable after one; an empty name is before the first.</summary>
    public static ulong NextVariable(ref VcpuContext caller, Span<byte> name, ref Bytes16 vendor, out ulong bytes)
    {
        _ = caller;
        bytes = (ulong)name.Length;
        int end = 0;
        while (name[end] != 0 || name[end + 1] != 0)
        {
            end += 2;
        }

        string last = KeyOf(name[..(end + 2)], vendor);
        string? next = end == 0 ? Variables.Keys.FirstOrDefault() : Variables.Keys.SkipWhile(key => key != last).Skip(1).FirstOrDefault();
        if (next is null)
        {
            return EfiStatus.NotFound;
        }

        byte[] text = Convert.FromHexString(next[33..]);
        bytes = (ulong)text.Length;
        if (text.Length > name.Length)
        {
            return EfiStatus.BufferTooSmall;
        }

        text.CopyTo(name);
        Convert.FromHexString(next[..32]).CopyTo(Bytes(ref vendor));
        return EfiStatus.Success;
    }

    /// <summary>What room there is for variables of a kind.</summary>
    public static ulong QueryStore(ref VcpuContext caller, uint attributes, out ulong most, out ulong free, out ulong largest)
    {
        _ = caller;
        (most, free, largest) = (0x10000, 0x8000, 0x2000);
        return attributes == 0 ? EfiStatus.InvalidParameter : EfiStatus.Success;
    }

    private static Span<byte> Bytes(ref Bytes16 value) => MemoryMarshal.AsBytes(new Span<Bytes16>(ref value));

    private static string KeyOf(ReadOnlySpan<byte> name, in Bytes16 vendor)
    {
        Bytes16 copy = vendor;
        return $"{Convert.ToHexString(Bytes(ref copy))} {Convert.ToHexString(name)}";
    }
}
