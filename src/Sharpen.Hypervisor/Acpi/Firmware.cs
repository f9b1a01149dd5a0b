using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;
using Sharpen.Machine.State;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>
/// Reads the tables that tell which CPUs, interrupt controllers, timers and memory nodes there are. A table that is missing leaves its facts
/// zero; one that is damaged is named in one warning and then missing. Nothing of the firmware's byte code is executed: only the package
/// that says how to switch off is looked for.
/// </summary>
public static class Firmware
{
    private const int MaxTables = 512;

    /// <summary>What was found.</summary>
    public static ref AcpiFacts Facts => ref Root.Of<AcpiFacts>();

    /// <summary>Reads all tables.</summary>
    /// <param name="rootPointer">The boot loader's copy of the root pointer; empty to look for it in memory.</param>
    /// <returns>False when there is no ACPI.</returns>
    public static bool Read(ReadOnlySpan<byte> rootPointer)
    {
        ref AcpiFacts facts = ref Facts;
        facts = default;
        if (!RootPointer.TryFind(rootPointer, out RootPointer root))
        {
            Log.Warning($"ACPI: no root pointer: one CPU, no tables");
            return false;
        }

        TableAddresses tables = default;
        if (!TryList(root.Xsdt, AcpiSignature.Xsdt, 8, ref tables) && !TryList(root.Rsdt, AcpiSignature.Rsdt, 4, ref tables))
        {
            Log.Warning($"ACPI: no list of tables: one CPU, no tables");
            return false;
        }

        facts.IsPresent = true;
        ReadAll(in tables, ref facts);
        if (facts.Lost != 0)
        {
            Log.Warning($"ACPI: {facts.Lost} entries too many or without sense, ignored");
        }

        return true;
    }

    /// <summary>CPUs come before the nodes they belong to.</summary>
    private static void ReadAll(in TableAddresses tables, ref AcpiFacts facts)
    {
        if (tables.Madt.Value != 0 && AcpiTable.TryOpen(tables.Madt, AcpiSignature.Madt, Madt.MinBytes, out AcpiTable madt))
        {
            Madt.Read(madt.Fields, ref facts);
        }

        if (tables.Fadt.Value != 0 && AcpiTable.TryOpen(tables.Fadt, AcpiSignature.Fadt, Fadt.MinBytes, out AcpiTable fadt))
        {
            Fadt.Read(fadt.Fields, ref facts.Fixed);
        }

        if (facts.Fixed.Dsdt.Value != 0 && AcpiTable.TryOpen(facts.Fixed.Dsdt, AcpiSignature.Dsdt, AcpiTable.HeaderBytes, out AcpiTable dsdt))
        {
            SleepPackage.Find(dsdt.Fields.Bytes.Slice(AcpiTable.HeaderBytes), ref facts.Fixed);
        }

        if (tables.Hpet.Value != 0 && AcpiTable.TryOpen(tables.Hpet, AcpiSignature.Hpet, 56, out AcpiTable hpet))
        {
            AcpiRegister block = AcpiRegister.Read(hpet.Fields, 40);
            facts.Hpet = block.IsMemory ? new MachineAddress(block.Address) : default;
            facts.HpetId = hpet.Fields.U32(36);
        }

        if (tables.Mcfg.Value != 0 && AcpiTable.TryOpen(tables.Mcfg, AcpiSignature.Mcfg, 44, out AcpiTable mcfg))
        {
            ReadSegments(mcfg.Fields, ref facts);
        }

        if (tables.Srat.Value != 0 && AcpiTable.TryOpen(tables.Srat, AcpiSignature.Srat, 48, out AcpiTable srat))
        {
            Srat.Read(srat.Fields, ref facts);
        }

        if (tables.Slit.Value != 0 && AcpiTable.TryOpen(tables.Slit, AcpiSignature.Slit, 44, out AcpiTable slit))
        {
            Slit.Read(slit.Fields, ref facts);
        }
    }

    private static bool TryList(MachineAddress address, AcpiSignature signature, int entryBytes, ref TableAddresses tables)
    {
        if (address.Value == 0 || !AcpiTable.TryOpen(address, signature, AcpiTable.HeaderBytes, out AcpiTable list))
        {
            return false;
        }

        int at = AcpiTable.HeaderBytes;
        for (int i = 0; i < MaxTables && list.Fields.Has(at, entryBytes); i++, at += entryBytes)
        {
            ulong table = entryBytes == 8 ? list.Fields.U64(at) : list.Fields.U32(at);
            tables.Note(new MachineAddress(table));
        }

        return true;
    }

    private static void ReadSegments(in ByteFields table, ref AcpiFacts facts)
    {
        for (int at = 44; table.Has(at, 16); at += 16)
        {
            PciSegment segment = new(new MachineAddress(table.U64(at)), table.U16(at + 8), table.U8(at + 10), table.U8(at + 11));
            if (segment.LastBus < segment.FirstBus || segment.Start.Value == 0)
            {
                facts.Lost++;
            }
            else
            {
                facts.Add(segment);
            }
        }
    }
}
