using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Fixed hardware.</summary>
/// <remarks>Source: ACPI specification, "Fixed ACPI Description Table". Fields of later revisions read as zero in a shorter table.</remarks>
internal static class Fadt
{
    /// <summary>The length of ACPI 1.0's.</summary>
    internal const int MinBytes = 116;

    private const uint TimerIs32Bit = 1 << 8;
    private const uint HasReset = 1 << 10;
    private const uint HardwareReduced = 1 << 20;

    /// <summary>Reads all fields; the wide form of a register wins over the port of ACPI 1.0.</summary>
    internal static void Read(in ByteFields table, ref FixedHardware hardware)
    {
        uint flags = table.U32(112);
        hardware.IsPresent = true;
        hardware.IsHardwareReduced = (flags & HardwareReduced) != 0;
        hardware.Facs = new MachineAddress(Wide(in table, 132, 36));
        hardware.Dsdt = new MachineAddress(Wide(in table, 140, 40));
        hardware.CenturyRegister = table.U8(108);
        hardware.SciInterrupt = table.U16(46);
        if (table.Length >= 129 && (flags & HasReset) != 0)
        {
            hardware.Reset = AcpiRegister.Read(in table, 116);
            hardware.ResetValue = table.U8(128);
        }

        if (!hardware.IsHardwareReduced)
        {
            ReadPorts(in table, flags, ref hardware);
        }
    }

    private static void ReadPorts(in ByteFields table, uint flags, ref FixedHardware hardware)
    {
        hardware.SmiCommand = table.U32(48);
        hardware.AcpiEnable = table.U8(52);
        hardware.Pm1aEvent = Register(in table, 148, 56, table.U8(88));
        hardware.Pm1bEvent = Register(in table, 160, 60, table.U8(88));
        hardware.Pm1aControl = Register(in table, 172, 64, table.U8(89));
        hardware.Pm1bControl = Register(in table, 184, 68, table.U8(89));
        hardware.IsPmTimer32Bit = (flags & TimerIs32Bit) != 0;
        hardware.PmTimer = table.U8(91) == 4 ? Register(in table, 208, 76, 4) : default;
    }

    private static ulong Wide(in ByteFields table, int wide, int narrow) => table.U64(wide) != 0 ? table.U64(wide) : table.U32(narrow);

    private static AcpiRegister Register(in ByteFields table, int wide, int narrow, int bytes)
    {
        AcpiRegister register = AcpiRegister.Read(in table, wide);
        return register.IsThere ? register : AcpiRegister.Port(table.U32(narrow), bytes);
    }
}
