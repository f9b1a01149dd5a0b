using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>CPUs and interrupt controllers.</summary>
/// <remarks>Source: ACPI specification, "Multiple APIC Description Table".</remarks>
internal static class Madt
{
    /// <summary>The header and two words.</summary>
    internal const int MinBytes = 44;

    private const uint Enabled = 1;
    private const uint OnlineCapable = 2;
    private const byte NoCpu = 0xff;

    /// <summary>Reads all entries; one that is shorter than its kind needs is lost, one without length ends the table.</summary>
    internal static void Read(in ByteFields table, ref AcpiFacts facts)
    {
        facts.HasInterruptModel = true;
        facts.LocalApic = new MachineAddress(table.U32(36));
        facts.HasLegacyPics = (table.U32(40) & 1) != 0;
        int at = MinBytes;
        while (table.Has(at, 2))
        {
            int length = table.U8(at + 1);
            if (length < 2 || !table.Has(at, length))
            {
                facts.Lost++;
                return;
            }

            ReadEntry(table.Part(at, length), ref facts);
            at += length;
        }
    }

    private static void ReadEntry(in ByteFields entry, ref AcpiFacts facts)
    {
        switch (entry.U8(0), entry.Length)
        {
            case (0, >= 8):
                AddCpu(entry.U8(3) == NoCpu ? uint.MaxValue : entry.U8(3), entry.U8(2), entry.U32(4), ref facts);
                break;
            case (1, >= 12):
                facts.Add(new AcpiIoApic(entry.U8(2), new MachineAddress(entry.U32(4)), entry.U32(8)));
                break;
            case (2, >= 10):
                facts.Add(new AcpiOverride(entry.U8(3), entry.U32(4), entry.U16(8)));
                break;
            case (3, >= 8):
                facts.Add(new AcpiNmi(false, 0, entry.U32(4), entry.U16(2)));
                break;
            case (4, >= 6):
                facts.Add(new AcpiNmi(true, entry.U8(2) == NoCpu ? AcpiNmi.EveryCpu : entry.U8(2), entry.U8(5), entry.U16(3)));
                break;
            case (5, >= 12):
                facts.LocalApic = new MachineAddress(entry.U64(4));
                break;
            case (9, >= 16):
                AddCpu(entry.U32(4), entry.U32(12), entry.U32(8), ref facts);
                break;
            case (10, >= 12):
                facts.Add(new AcpiNmi(true, entry.U32(4), entry.U8(8), entry.U16(2)));
                break;
            case ( <= 10, _) when entry.U8(0) is <= 5 or 9 or 10:
                facts.Lost++;
                break;
            default:
                break;
        }
    }

    private static void AddCpu(uint apicId, uint acpiId, uint flags, ref AcpiFacts facts)
    {
        if (apicId == uint.MaxValue)
        {
            return;
        }

        if ((flags & Enabled) != 0)
        {
            facts.AddCpu(apicId, acpiId);
        }
        else if ((flags & OnlineCapable) != 0)
        {
            facts.AbsentCpus++;
        }
    }
}
