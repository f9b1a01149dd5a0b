using Sharpen.Machine.Cpu;
using Sharpen.Machine.Io;

namespace Sharpen.Machine.Power;

/// <summary>Ways to restart and to switch off the machine; each returns only if it did not work.</summary>
public static class Reset
{
    private const ushort KeyboardCommand = 0x64;
    private const ushort ResetControl = 0xcf9;
    private const int Patience = 10_000;
    private const int PatienceForPower = 200_000_000;

    /// <summary>Through the register that the firmware names (FADT RESET_REG, in port space).</summary>
    public static void ByPort(ushort port, byte value)
    {
        Port.Out8(port, value);
        Wait(Patience);
    }

    /// <summary>Through the chipset, the keyboard controller and, last, a triple fault, which always works.</summary>
    public static void ByAnyMeans()
    {
        ByChipset();
        ByKeyboard();
        ByFault();
    }

    /// <summary>Through the chipset's reset control register.</summary>
    public static void ByChipset()
    {
        Port.Out8(ResetControl, 2);
        Port.Out8(ResetControl, 6);
        Wait(Patience);
    }

    /// <summary>Through the keyboard controller.</summary>
    public static void ByKeyboard()
    {
        for (int turn = 0; turn < Patience && (Port.In8(KeyboardCommand) & 2) != 0; turn++)
        {
            Processor.Relax();
        }

        Port.Out8(KeyboardCommand, 0xfe);
        Wait(Patience);
    }

    /// <summary>By a triple fault.</summary>
    public static void ByFault() => Instructions.TripleFault();

    /// <summary>Enters an ACPI sleep state: writes SLP_TYP and SLP_EN to the PM1 control registers. S5 never returns.</summary>
    /// <param name="controlA">PM1a_CNT_BLK.</param>
    /// <param name="typeA">SLP_TYPa of the state, 0 to 7.</param>
    /// <param name="controlB">PM1b_CNT_BLK, or 0.</param>
    /// <param name="typeB">SLP_TYPb of the state, 0 to 7.</param>
    public static void Sleep(ushort controlA, byte typeA, ushort controlB, byte typeB)
    {
        const ushort Enable = 1 << 13;
        Port.Out16(controlA, (ushort)(((typeA & 7) << 10) | Enable));
        if (controlB != 0)
        {
            Port.Out16(controlB, (ushort)(((typeB & 7) << 10) | Enable));
        }

        Wait(PatienceForPower);     // some seconds: a machine takes its time to go off
    }

    private static void Wait(int turns)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            Processor.Relax();
        }
    }
}
