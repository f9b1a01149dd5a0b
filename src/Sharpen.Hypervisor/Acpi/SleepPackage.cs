using System;

namespace Sharpen.Hypervisor.Acpi;

/// <summary>Finds in the firmware's byte code the package <c>\_S5</c>, which says what to write to the sleep registers to switch off.</summary>
/// <remarks>Source: ACPI specification, "\_Sx (System States)" and "AML encoding": NameOp, name, PackageOp, length, count, elements.</remarks>
internal static class SleepPackage
{
    private const byte NameOp = 0x08;
    private const byte RootChar = (byte)'\\';
    private const byte PackageOp = 0x12;
    private const byte ZeroOp = 0x00;
    private const byte OneOp = 0x01;
    private const byte BytePrefix = 0x0a;
    private const byte WordPrefix = 0x0b;
    private const byte DWordPrefix = 0x0c;

    /// <summary>Notes both sleep types when the package is there and well formed.</summary>
    internal static void Find(ReadOnlySpan<byte> code, ref FixedHardware hardware)
    {
        for (int at = 1; at + 6 < code.Length; at++)
        {
            if (code[at] != (byte)'_' || code[at + 1] != (byte)'S' || code[at + 2] != (byte)'5' || code[at + 3] != (byte)'_' || !IsNamed(code, at))
            {
                continue;
            }

            if (TryPackage(code.Slice(at + 4), out byte typeA, out byte typeB))
            {
                hardware.CanSwitchOff = true;
                hardware.SwitchOffTypeA = typeA;
                hardware.SwitchOffTypeB = typeB;
                return;
            }
        }
    }

    private static bool IsNamed(ReadOnlySpan<byte> code, int at) =>
        code[at - 1] == NameOp || (at >= 2 && code[at - 1] == RootChar && code[at - 2] == NameOp);

    private static bool TryPackage(ReadOnlySpan<byte> code, out byte typeA, out byte typeB)
    {
        typeA = 0;
        typeB = 0;
        if (code[0] != PackageOp)
        {
            return false;
        }

        int elements = 3 + (code[1] >> 6);                     // the top bits of the length say how many bytes of it follow
        if (elements >= code.Length || code[elements - 1] < 1)
        {
            return false;
        }

        int at = elements;
        if (!TryElement(code, ref at, out typeA))
        {
            return false;
        }

        _ = code[elements - 1] > 1 && TryElement(code, ref at, out typeB);
        return true;
    }

    private static bool TryElement(ReadOnlySpan<byte> code, ref int at, out byte value)
    {
        value = 0;
        if (at >= code.Length)
        {
            return false;
        }

        byte op = code[at];
        int bytes = op switch { BytePrefix => 1, WordPrefix => 2, DWordPrefix => 4, _ => 0 };
        bool isConstant = op is ZeroOp or OneOp;
        if ((bytes == 0 && !isConstant) || bytes >= code.Length - at)
        {
            return false;
        }

        value = (byte)((isConstant ? op : code[at + 1]) & 7);
        at += 1 + bytes;
        return true;
    }
}
