using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Where the tables are that we read; of several with one signature, the first.</summary>
internal struct TableAddresses
{
    internal MachineAddress Madt;
    internal MachineAddress Fadt;
    internal MachineAddress Hpet;
    internal MachineAddress Mcfg;
    internal MachineAddress Srat;
    internal MachineAddress Slit;

    /// <summary>Keeps an address when a table lies there that we read.</summary>
    internal void Note(MachineAddress table)
    {
        switch (AcpiTable.SignatureAt(table))
        {
            case AcpiSignature.Madt:
                Keep(ref Madt, table);
                break;
            case AcpiSignature.Fadt:
                Keep(ref Fadt, table);
                break;
            case AcpiSignature.Hpet:
                Keep(ref Hpet, table);
                break;
            case AcpiSignature.Mcfg:
                Keep(ref Mcfg, table);
                break;
            case AcpiSignature.Srat:
                Keep(ref Srat, table);
                break;
            case AcpiSignature.Slit:
                Keep(ref Slit, table);
                break;
            default:
                break;
        }
    }

    private static void Keep(ref MachineAddress place, MachineAddress table) => place = place.Value == 0 ? table : place;
}
