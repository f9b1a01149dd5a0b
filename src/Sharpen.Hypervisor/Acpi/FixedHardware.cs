using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>The fixed hardware of ACPI: power management timer, sleep and reset registers.</summary>
/// <remarks>Source: ACPI specification, "Fixed ACPI Description Table".</remarks>
public struct FixedHardware
{
    /// <summary>True when the FADT was good.</summary>
    public bool IsPresent { get; internal set; }

    /// <summary>The 3.579545 MHz timer.</summary>
    public AcpiRegister PmTimer { get; internal set; }

    /// <summary>The timer counts to 32 bits, not 24.</summary>
    public bool IsPmTimer32Bit { get; internal set; }

    /// <summary>The interrupt of ACPI events (a global system interrupt).</summary>
    public ushort SciInterrupt { get; internal set; }

    /// <summary>Writing <see cref="ResetValue"/> here resets the host; none when firmware does not promise it.</summary>
    public AcpiRegister Reset { get; internal set; }

    /// <summary>The value for <see cref="Reset"/>.</summary>
    public byte ResetValue { get; internal set; }

    /// <summary>First event block: status, then enable.</summary>
    public AcpiRegister Pm1aEvent { get; internal set; }

    /// <summary>Second event block, often none.</summary>
    public AcpiRegister Pm1bEvent { get; internal set; }

    /// <summary>First control register: sleep type and enable.</summary>
    public AcpiRegister Pm1aControl { get; internal set; }

    /// <summary>Second control register, often none.</summary>
    public AcpiRegister Pm1bControl { get; internal set; }

    /// <summary>The port through which firmware is asked to hand over ACPI; 0 when it is ours already.</summary>
    public uint SmiCommand { get; internal set; }

    /// <summary>What to write there.</summary>
    public byte AcpiEnable { get; internal set; }

    /// <summary>The FACS, with the waking vector; zero when unknown.</summary>
    public MachineAddress Facs { get; internal set; }

    /// <summary>The byte code; zero when unknown.</summary>
    public MachineAddress Dsdt { get; internal set; }

    /// <summary>Where the real-time clock keeps the century; 0 when nowhere.</summary>
    public byte CenturyRegister { get; internal set; }

    /// <summary>No fixed hardware at all (timer, sleep control registers do not exist).</summary>
    public bool IsHardwareReduced { get; internal set; }

    /// <summary>The byte code said how to switch off.</summary>
    public bool CanSwitchOff { get; internal set; }

    /// <summary>Sleep type of S5 for the first control register.</summary>
    public byte SwitchOffTypeA { get; internal set; }

    /// <summary>Sleep type of S5 for the second control register.</summary>
    public byte SwitchOffTypeB { get; internal set; }
}
