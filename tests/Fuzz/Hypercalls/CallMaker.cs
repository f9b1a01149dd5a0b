using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Simulation.Seeds;

namespace Sharpen.Fuzz.Hypercalls;

/// <summary>Makes calls: registers, and what they point to in the guest's memory.</summary>
internal sealed class CallMaker(SeededRandom random, GuestKnowledge guest)
{
    private const int MostBytes = 2048;
    private const int EndsOnceIn = 10;
    private const uint ControlVersion = 0x15;
    private const uint PlatformVersion = 0x0300_0001;

    /// <summary>Fills the registers for one call, and says what it is.</summary>
    public string Make(ref CpuUserRegisters registers)
    {
        CallRow row = Choose();
        bool isControl = row.Number is Hypercall.Domctl or Hypercall.Sysctl or Hypercall.PlatformOp;
        bool isList = row.Number is Hypercall.MmuUpdate or Hypercall.MmuExtendedOp or Hypercall.Multicall;
        ulong list = WriteArguments(row, isControl);
        registers.Rax = random.OneIn(200) ? guest.Any() : (ulong)row.Number;
        registers.Rdi = row.Command is ulong command && !isControl ? command : Argument(list);
        registers.Rsi = isList ? 1 + random.Below(8UL) : row.Number is Hypercall.VcpuOp ? random.Below(3UL) : Argument(list);
        registers.Rdx = isList ? 0 : row.Number is Hypercall.VcpuOp ? Argument(list) : random.OneIn(2) ? 1 : 1 + random.Below(8UL);
        registers.R10 = isList ? (ulong)ReservedDomain.Self : guest.Any();
        registers.R8 = guest.Any();
        if (random.OneIn(4))
        {
            registers.Rsi = isList ? guest.Any() : registers.Rsi;
            registers.Rdx = random.OneIn(2) ? guest.Any() : isList ? list : guest.Small();
            registers.R10 = random.OneIn(2) ? guest.Any() : registers.R10;
        }

        if (row.Number is Hypercall.UpdateVaMapping && !random.OneIn(4))
        {
            registers.Rdi = guest.Address();
            registers.Rsi = guest.Entry();
        }

        if (random.OneIn(50))
        {
            registers.Rdi = guest.Any();
        }

        return $"{row.Number} {row.Command} rax={registers.Rax:x} rdi={registers.Rdi:x} rsi={registers.Rsi:x} rdx={registers.Rdx:x} r10={registers.R10:x}";
    }

    // What ends a domain, or its sleep, is chosen less often: a domain should get somewhere.
    private CallRow Choose()
    {
        CallRow row = CallRow.All[random.Below(CallRow.All.Count)];
        bool isEnd = (row.Number is Hypercall.SchedOp or Hypercall.SchedOpCompat or Hypercall.VcpuOp or Hypercall.Iret or Hypercall.SetCallbacks
            or Hypercall.StackSwitch or Hypercall.CallbackOp or Hypercall.SetTrapTable or Hypercall.SetSegmentBase or Hypercall.SetGdt)
            || (row.Number == Hypercall.PlatformOp && row.Command == (ulong)PlatformCommand.EnterAcpiSleep);
        return isEnd && !random.OneIn(EndsOnceIn) ? Choose() : row;
    }

    private ulong Argument(ulong list) => random.OneIn(8) ? guest.Any() : list;

    // What cannot be written the guest has unmapped itself: then the call fails on that.
    private ulong WriteArguments(CallRow row, bool isControl)
    {
        byte[] bytes = new byte[MostBytes];
        for (int at = 0; at < 256; at += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), guest.Any());
        }

        int start = isControl ? Header(bytes, row) : 0;
        int size = row.Structure is null ? 0 : FieldPlace.SizeOf(row.Structure);
        for (int item = 0; size != 0 && item < 8 && start + ((item + 1) * size) <= MostBytes; item++)
        {
            Fill(bytes.AsSpan(start + (item * size), size), row.Structure!);
        }

        ulong list = guest.Address() & ~0xfffUL;
        list += random.OneIn(4) ? 4096 - (random.Below(64UL) * 8) : random.Below(128UL) * 8;
        _ = GuestMemory.WriteBytes(new GuestLinear(list), bytes);
        return list;
    }

    private int Header(byte[] bytes, CallRow row)
    {
        bool isPlatform = row.Number == Hypercall.PlatformOp;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(row.Command ?? 0));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), random.OneIn(16) ? (uint)guest.Small() : isPlatform ? PlatformVersion : ControlVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), random.Below(4UL));
        return row.Number == Hypercall.Domctl ? 16 : 8;
    }

    private void Fill(Span<byte> bytes, Type structure)
    {
        bool isLikely = !random.OneIn(3);
        foreach (FieldPlace place in FieldPlace.Of(structure))
        {
            ulong value = structure == typeof(MulticallEntry) ? InList(place)
                : isLikely && TryOfGrants(structure, place, out ulong likely) ? likely : guest.For(place);
            for (int at = 0; at < place.Bytes && at < 8; at++)
            {
                bytes[place.Offset + at] = unchecked((byte)(value >> (8 * at)));
            }
        }
    }

    // A use of a grant has many conditions: what meets them all is seldom found by chance.
    private bool TryOfGrants(Type structure, FieldPlace place, out ulong value)
    {
        value = place.Name switch
        {
            nameof(GrantMap.Address) => GuestKnowledge.Scratch + ((70 + random.Below(6UL)) << PageSize.Shift),
            nameof(GrantMap.Flags) => (ulong)(random.OneIn(3) ? GrantMapFlags.Device | GrantMapFlags.Host : GrantMapFlags.Host) | (random.OneIn(2) ? 0 : (ulong)GrantMapFlags.ReadOnly),
            nameof(GrantMap.Domain) => random.Below(3UL),
            nameof(GrantMap.Handle) => random.Below(8UL),
            nameof(GrantMap.Reference) => random.Below(48UL),
            _ => ulong.MaxValue,
        };
        return (structure == typeof(GrantMap) || structure == typeof(GrantUnmap)) && value != ulong.MaxValue;
    }

    private ulong InList(FieldPlace place) => place.Offset switch
    {
        0 => (ulong)CallRow.All[random.Below(CallRow.All.Count)].Number,
        16 => guest.Small(),
        _ => random.OneIn(2) ? guest.Address() : guest.Any(),
    };
}
