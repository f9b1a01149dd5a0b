using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>dom0_vga_console_info_t</c>: the screen as the first kernel finds it; which half of the fields counts is said by the type. Source: <c>xen.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
public struct VgaConsoleInfo : IAbiData
{
    /// <summary><c>video_type</c></summary>
    [FieldOffset(0)]
    public VgaConsoleType Type;

    /// <summary><c>u.text_mode_3.font_height</c>: pixels</summary>
    [FieldOffset(4)]
    public ushort FontHeight;

    /// <summary><c>u.text_mode_3.cursor_x</c></summary>
    [FieldOffset(6)]
    public ushort CursorX;

    /// <summary><c>u.text_mode_3.cursor_y</c></summary>
    [FieldOffset(8)]
    public ushort CursorY;

    /// <summary><c>u.text_mode_3.rows</c></summary>
    [FieldOffset(10)]
    public ushort Rows;

    /// <summary><c>u.text_mode_3.columns</c></summary>
    [FieldOffset(12)]
    public ushort Columns;

    /// <summary><c>u.vesa_lfb.width</c>: pixels</summary>
    [FieldOffset(4)]
    public ushort Width;

    /// <summary><c>u.vesa_lfb.height</c>: pixels</summary>
    [FieldOffset(6)]
    public ushort Height;

    /// <summary><c>u.vesa_lfb.bytes_per_line</c></summary>
    [FieldOffset(8)]
    public ushort BytesPerLine;

    /// <summary><c>u.vesa_lfb.bits_per_pixel</c></summary>
    [FieldOffset(10)]
    public ushort BitsPerPixel;

    /// <summary><c>u.vesa_lfb.lfb_base</c>: machine address, lower half</summary>
    [FieldOffset(12)]
    public uint Base;

    /// <summary><c>u.vesa_lfb.lfb_size</c>: units of 64 KiB</summary>
    [FieldOffset(16)]
    public uint Size;

    /// <summary><c>u.vesa_lfb.red_pos</c></summary>
    [FieldOffset(20)]
    public byte RedPosition;

    /// <summary><c>u.vesa_lfb.red_size</c></summary>
    [FieldOffset(21)]
    public byte RedSize;

    /// <summary><c>u.vesa_lfb.green_pos</c></summary>
    [FieldOffset(22)]
    public byte GreenPosition;

    /// <summary><c>u.vesa_lfb.green_size</c></summary>
    [FieldOffset(23)]
    public byte GreenSize;

    /// <summary><c>u.vesa_lfb.blue_pos</c></summary>
    [FieldOffset(24)]
    public byte BluePosition;

    /// <summary><c>u.vesa_lfb.blue_size</c></summary>
    [FieldOffset(25)]
    public byte BlueSize;

    /// <summary><c>u.vesa_lfb.rsvd_pos</c></summary>
    [FieldOffset(26)]
    public byte ReservedPosition;

    /// <summary><c>u.vesa_lfb.rsvd_size</c></summary>
    [FieldOffset(27)]
    public byte ReservedSize;

    /// <summary><c>u.vesa_lfb.gbl_caps</c></summary>
    [FieldOffset(28)]
    public uint Capabilities;

    /// <summary><c>u.vesa_lfb.mode_attrs</c></summary>
    [FieldOffset(32)]
    public ushort ModeAttributes;

    /// <summary><c>u.vesa_lfb.ext_lfb_base</c>: machine address, upper half</summary>
    [FieldOffset(36)]
    public uint BaseHigh;
}
