using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>A table whose signature, length and checksum have been checked. Offsets count from its start, header included.</summary>
internal readonly ref struct AcpiTable
{
    /// <summary>Every table begins with a header of this many bytes.</summary>
    internal const int HeaderBytes = 36;

    private const uint MaxBytes = 16 << 20;

    private AcpiTable(ByteFields fields) => Fields = fields;

    /// <summary>The table.</summary>
    internal ByteFields Fields { get; }

    /// <summary>The signature at an address; 0 when nothing can be read there.</summary>
    internal static AcpiSignature SignatureAt(MachineAddress address) => (AcpiSignature)new ByteFields(FirmwareMemory.Read(address, 4)).U32(0);

    /// <summary>Opens a table. One that is not as it should be is named in a warning and refused.</summary>
    /// <param name="address">Where firmware says it is.</param>
    /// <param name="signature">What it must be.</param>
    /// <param name="minBytes">The least length that makes sense.</param>
    /// <param name="table">The table.</param>
    internal static bool TryOpen(MachineAddress address, AcpiSignature signature, int minBytes, out AcpiTable table)
    {
        table = default;
        ByteFields header = new(FirmwareMemory.Read(address, HeaderBytes));
        uint bytes = header.U32(4);
        if (header.Length == 0 || header.U32(0) != (uint)signature)
        {
            return Refuse(signature, address, "is not there");
        }

        if (bytes < (uint)minBytes || bytes > MaxBytes)
        {
            return Refuse(signature, address, "has an absurd length");
        }

        ByteFields whole = new(FirmwareMemory.Read(address, (int)bytes));
        if (whole.Length == 0)
        {
            return Refuse(signature, address, "does not end below 4 GiB");
        }

        if (Sum(whole.Bytes) != 0)
        {
            return Refuse(signature, address, "has a bad checksum");
        }

        table = new AcpiTable(whole);
        return true;
    }

    /// <summary>The sum of all bytes, modulo 256: zero for what is whole.</summary>
    internal static byte Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (byte value in bytes)
        {
            sum = unchecked(sum + value);
        }

        return unchecked((byte)sum);
    }

    private static bool Refuse(AcpiSignature signature, MachineAddress address, string why)
    {
        TextLine name = default;
        for (int shift = 0; shift < 32; shift += 8)
        {
            name.Append((byte)((uint)signature >> shift & 0xff));
        }

        Log.Warning($"ACPI: table {name.Text} at {address} {why}: ignored");
        return false;
    }
}
