using System.Collections.Generic;
using System.Linq;
using Sharpen.Machine.Simulation;

namespace Sharpen.Unit.Acpi;

/// <summary>Firmware's tables as a test wants them, placed in a machine's memory.</summary>
public sealed class AcpiImage(SimulatedMachine machine)
{
    private readonly List<ulong> _tables = [];
    private ulong _next = 0x7f00000;

    /// <summary>Places a table with a header and a good checksum; lists it unless told otherwise.</summary>
    public ulong Add(string signature, byte[] body, bool isListed = true, uint? length = null)
    {
        byte[] table = new BytesBuilder().Text(signature).U32(length ?? (uint)(36 + body.Length)).PadTo(36).U8(body).ToArray();
        table[9] = Complement(table);
        return Place(table, isListed);
    }

    /// <summary>Places bytes as they are.</summary>
    public ulong Place(byte[] bytes, bool isListed)
    {
        ulong address = _next;
        machine.Firmware.Add((address, bytes));
        _next += (ulong)(bytes.Length + 63) & ~63UL;
        if (isListed)
        {
            _tables.Add(address);
        }

        return address;
    }

    /// <summary>Lists an address where there may be nothing.</summary>
    public void List(ulong address) => _tables.Add(address);

    /// <summary>Places the list and gives the root pointer to it.</summary>
    public byte[] Finish(bool isExtended = true)
    {
        BytesBuilder entries = new();
        _tables.ForEach(table => _ = isExtended ? entries.U64(table) : entries.U32((uint)table));
        ulong list = Add(isExtended ? "XSDT" : "RSDT", entries.ToArray(), isListed: false);
        return Rsdp(isExtended ? 0 : (uint)list, isExtended ? list : 0);
    }

    public static byte[] Rsdp(uint rsdt, ulong xsdt)
    {
        byte[] bytes = new BytesBuilder().Text("RSD PTR ").U8(0).Text("SHARPN").U8((byte)(xsdt != 0 ? 2 : 0)).U32(rsdt, 36).U64(xsdt).U32(0).ToArray();
        bytes[8] = Complement(bytes[..20]);
        bytes[32] = Complement(bytes);
        return xsdt != 0 ? bytes : bytes[..20];
    }

    public static byte Complement(byte[] bytes) => unchecked((byte)-bytes.Sum(value => value));

    public static byte[] LocalApic(byte acpiId, byte apicId, uint flags = 1) => new BytesBuilder().U8(0, 8, acpiId, apicId).U32(flags).ToArray();

    public static byte[] X2Apic(uint acpiId, uint apicId, uint flags = 1) => new BytesBuilder().U8(9, 16, 0, 0).U32(apicId, flags, acpiId).ToArray();

    public static byte[] Madt(params byte[][] entries) =>
        new BytesBuilder().U32(0xfee00000, 1).U8([.. entries.SelectMany(entry => entry)]).ToArray();
}
