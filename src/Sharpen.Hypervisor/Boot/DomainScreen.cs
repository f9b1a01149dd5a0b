using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Boot.Loader;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot;

/// <summary>The screen as dom0's kernel is told of it: as the boot loader left it, or as the BIOS says.</summary>
public static class DomainScreen
{
    private const ulong BiosData = 0x400;
    private const int BiosDataBytes = 0x100;
    private const int ColumnsAt = 0x4a;
    private const int CursorAt = 0x50;
    private const int LastRowAt = 0x84;
    private const int FontHeightAt = 0x85;
    private const uint Unit = 0x10000;

    /// <summary>Describes it. While firmware memory can be read. False: there is none that a kernel could use.</summary>
    /// <param name="screen">What the boot loader said.</param>
    /// <param name="hasEfi">The loader was started by EFI.</param>
    /// <param name="info">The description, all zero on false.</param>
    public static bool TryDescribe(in BootScreen screen, bool hasEfi, out VgaConsoleInfo info)
    {
        info = default;
        return screen.Kind switch
        {
            BootScreenKind.Pixels => TryPixels(in screen, hasEfi, ref info),
            BootScreenKind.Palette => false,
            _ => !hasEfi && TryText(FirmwareMemory.Read(new MachineAddress(BiosData), BiosDataBytes), ref info),
        };
    }

    /// <remarks>Source: the BIOS data area, as every PC's description lists it.</remarks>
    private static bool TryText(ReadOnlySpan<byte> bios, ref VgaConsoleInfo info)
    {
        ByteFields data = new(bios);
        ushort columns = data.U16(ColumnsAt);
        if (columns == 0)
        {
            return false;
        }

        info.Type = VgaConsoleType.TextMode3;
        info.FontHeight = data.U16(FontHeightAt);
        info.CursorX = data.U8(CursorAt);
        info.CursorY = data.U8(CursorAt + 1);
        info.Rows = (ushort)(data.U8(LastRowAt) + 1);
        info.Columns = columns;
        return true;
    }

    private static bool TryPixels(in BootScreen screen, bool hasEfi, ref VgaConsoleInfo info)
    {
        bool fits = screen.Width is > 0 and <= ushort.MaxValue && screen.Height is > 0 and <= ushort.MaxValue && screen.Pitch is > 0 and <= ushort.MaxValue;
        if (!fits || screen.BitsPerPixel is not (15 or 16 or 24 or 32) || screen.Address.Value == 0)
        {
            return false;
        }

        info.Type = hasEfi ? VgaConsoleType.EfiLinear : VgaConsoleType.VesaLinear;
        info.Width = (ushort)screen.Width;
        info.Height = (ushort)screen.Height;
        info.BytesPerLine = (ushort)screen.Pitch;
        info.BitsPerPixel = screen.BitsPerPixel;
        info.Base = (uint)(screen.Address.Value & uint.MaxValue);
        info.BaseHigh = (uint)(screen.Address.Value >> 32);
        info.Size = (uint)((((ulong)screen.Pitch * screen.Height) + Unit - 1) / Unit);
        SetColours(ref info);
        return true;
    }

    // As all adapters of this century lay their pixels out.
    private static void SetColours(ref VgaConsoleInfo info)
    {
        bool isWide = info.BitsPerPixel >= 24;
        byte bits = isWide ? (byte)8 : (byte)5;
        info.RedSize = bits;
        info.GreenSize = info.BitsPerPixel == 16 ? (byte)6 : bits;
        info.BlueSize = bits;
        info.GreenPosition = bits;
        info.RedPosition = (byte)(bits + info.GreenSize);
        info.ReservedPosition = info.BitsPerPixel == 32 ? (byte)24 : info.BitsPerPixel == 15 ? (byte)15 : (byte)0;
        info.ReservedSize = info.BitsPerPixel == 32 ? (byte)8 : info.BitsPerPixel == 15 ? (byte)1 : (byte)0;
    }
}
