using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Machine.Efi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Results;

namespace Sharpen.Hypervisor.Hypercalls.Platform;

/// <summary>EFI's variables, whose names and values go through a buffer of the hypervisor's.</summary>
internal static class EfiVariables
{
    /// <summary>Bytes of the longest name, with the zero at its end.</summary>
    private const int NameBytes = 4096;

    /// <summary>Bytes of the largest value.</summary>
    private const ulong MostBytes = 1 << 18;

    private const int Character = 2;

    /// <summary>Reads one.</summary>
    internal static Answer Get(ref Vcpu caller, ref PlatformFirmwareCall arguments)
    {
        ulong room = Math.Min(arguments.VariableBytes, MostBytes);
        if (!HostBuffer.Allocate(NameBytes + room, out HostBuffer buffer).Try(out Errno noMemory))
        {
            return noMemory;
        }

        Span<byte> data = buffer.Bytes.Slice(NameBytes, (int)room);
        data.Clear();
        Result done = ReadName(arguments.VariableName, buffer.Bytes, out int bytes);
        if (done.Try(out _))
        {
            arguments.Status = EfiServices.GetVariable(
                ref caller.Context, buffer.Bytes.Slice(0, bytes), in arguments.VariableVendor, out arguments.Flags, data, out ulong size);
            bool isRead = arguments.Status == EfiStatus.Success && arguments.VariableData != 0 && size <= room;
            done = isRead ? GuestMemory.WriteBytes(new GuestLinear(arguments.VariableData), data.Slice(0, (int)size)) : Result.Success;
            arguments.VariableBytes = size;
        }

        buffer.Dispose();
        return done;
    }

    /// <summary>Writes one, or removes it.</summary>
    internal static Answer Set(ref Vcpu caller, ref PlatformFirmwareCall arguments)
    {
        if (arguments.VariableBytes > MostBytes)
        {
            return Errno.NoMem;
        }

        if (!HostBuffer.Allocate(NameBytes + arguments.VariableBytes, out HostBuffer buffer).Try(out Errno noMemory))
        {
            return noMemory;
        }

        Span<byte> data = buffer.Bytes.Slice(NameBytes, (int)arguments.VariableBytes);
        Result done = ReadName(arguments.VariableName, buffer.Bytes, out int bytes);
        done = done.Try(out _) && !data.IsEmpty ? GuestMemory.ReadBytes(new GuestLinear(arguments.VariableData), data) : done;
        if (done.Try(out _))
        {
            arguments.Status = EfiServices.SetVariable(
                ref caller.Context, buffer.Bytes.Slice(0, bytes), in arguments.VariableVendor, arguments.Flags, data);
        }

        buffer.Dispose();
        return done;
    }

    /// <summary>The name of the one after another.</summary>
    internal static Answer Next(ref Vcpu caller, ref PlatformFirmwareCall arguments)
    {
        ulong room = Math.Min(arguments.NextBytes, NameBytes) & ~(ulong)(Character - 1);
        if (room == 0)
        {
            return Errno.Inval;
        }

        if (!HostBuffer.Allocate(NameBytes, out HostBuffer buffer).Try(out Errno noMemory))
        {
            return noMemory;
        }

        Span<byte> name = buffer.Bytes.Slice(0, (int)room);
        name.Clear();
        Result done = ReadName(arguments.NextName, name, out _);
        if (done.Try(out _))
        {
            arguments.Status = EfiServices.NextVariable(ref caller.Context, name, ref arguments.NextVendor, out ulong size);
            bool isFound = arguments.Status == EfiStatus.Success && size <= room;
            done = isFound ? GuestMemory.WriteBytes(new GuestLinear(arguments.NextName), name.Slice(0, (int)size)) : Result.Success;
            arguments.NextBytes = size;
        }

        buffer.Dispose();
        return done;
    }

    // Character by character up to the zero: what lies behind need not be there. EINVAL: it does not fit.
    private static Result ReadName(ulong address, scoped Span<byte> room, out int bytes)
    {
        int limit = Math.Min(room.Length, NameBytes);
        for (bytes = 0; bytes + Character <= limit; bytes += Character)
        {
            Span<byte> character = room.Slice(bytes, Character);
            if (address > ulong.MaxValue - NameBytes || !GuestMemory.ReadBytes(new GuestLinear(address + (ulong)(uint)bytes), character).Try(out _))
            {
                return Errno.Fault;
            }

            if (character[0] == 0 && character[1] == 0)
            {
                bytes += Character;
                return Result.Success;
            }
        }

        return Errno.Inval;
    }
}
