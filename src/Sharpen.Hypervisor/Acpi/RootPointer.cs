using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Where the lists of tables are: the root pointer, from the boot loader or found in memory.</summary>
/// <remarks>Source: ACPI specification, "Root System Description Pointer" and "Finding the RSDP on IA-PC Systems".</remarks>
internal readonly struct RootPointer
{
    private const int Bytes1 = 20;
    private const int Bytes2 = 36;
    private const uint BiosStart = 0xe0000;
    private const uint BiosEnd = 0x100000;
    private const uint EbdaPointer = 0x40e;
    private const uint EbdaBytes = 1024;

    private RootPointer(MachineAddress rsdt, MachineAddress xsdt)
    {
        Rsdt = rsdt;
        Xsdt = xsdt;
    }

    /// <summary>The list with 32-bit addresses; zero when there is none.</summary>
    internal MachineAddress Rsdt { get; }

    /// <summary>The list with 64-bit addresses; zero when there is none.</summary>
    internal MachineAddress Xsdt { get; }

    /// <summary>The boot loader's copy if it is good, otherwise what lies in the BIOS areas.</summary>
    internal static bool TryFind(ReadOnlySpan<byte> copy, out RootPointer root)
    {
        if (TryRead(new ByteFields(copy), out root))
        {
            return true;
        }

        if (!copy.IsEmpty)
        {
            Log.Warning($"ACPI: the boot loader's copy of the root pointer is damaged: looking for it in memory");
        }

        uint ebda = (uint)new ByteFields(FirmwareMemory.Read(new MachineAddress(EbdaPointer), 2)).U16(0) << 4;
        return (ebda >= 0x400 && TryScan(ebda, ebda + EbdaBytes, out root)) || TryScan(BiosStart, BiosEnd, out root);
    }

    private static bool TryScan(uint start, uint end, out RootPointer root)
    {
        root = default;
        for (uint at = start; at + Bytes1 <= end; at += 16)
        {
            if (IsSignature(new ByteFields(FirmwareMemory.Read(new MachineAddress(at), 8)))
                && (TryRead(new ByteFields(FirmwareMemory.Read(new MachineAddress(at), Bytes2)), out root)
                    || TryRead(new ByteFields(FirmwareMemory.Read(new MachineAddress(at), Bytes1)), out root)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSignature(in ByteFields bytes) => bytes.U32(0) == 0x20445352 && bytes.U32(4) == 0x20525450;     // "RSD PTR "

    /// <summary>Revision 0 has 20 bytes and one checksum; from 2 on there are a length, a second list and a checksum over all.</summary>
    private static bool TryRead(in ByteFields bytes, out RootPointer root)
    {
        root = default;
        if (bytes.Length < Bytes1 || !IsSignature(in bytes) || AcpiTable.Sum(bytes.Part(0, Bytes1).Bytes) != 0)
        {
            return false;
        }

        uint length = bytes.U32(20);
        bool isExtended = bytes.U8(15) >= 2 && length >= Bytes2 && length <= (uint)bytes.Length && AcpiTable.Sum(bytes.Part(0, (int)length).Bytes) == 0;
        root = new RootPointer(new MachineAddress(bytes.U32(16)), new MachineAddress(isExtended ? bytes.U64(24) : 0));
        return root.Rsdt.Value != 0 || root.Xsdt.Value != 0;
    }
}
