using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xenpf_firmware_info</c>: something that only the firmware knows. Source: <c>platform.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
public struct PlatformFirmware : IAbiData
{
    /// <summary><c>type</c></summary>
    [FieldOffset(0)]
    public uint Type;

    /// <summary><c>index</c></summary>
    [FieldOffset(4)]
    public uint Index;

    /// <summary><c>u.disk_info.edd_params</c>: where to write them</summary>
    [FieldOffset(16)]
    public ulong DiskParameters;

    /// <summary><c>u.vbeddc_info.capabilities</c></summary>
    [FieldOffset(8)]
    public byte DisplayCapabilities;

    /// <summary><c>u.vbeddc_info.edid_transfer_time</c></summary>
    [FieldOffset(9)]
    public byte DisplayTransferTime;

    /// <summary><c>u.efi_info.version</c></summary>
    [FieldOffset(8)]
    public uint EfiVersion;

    /// <summary><c>u.efi_info.cfg.addr</c>: machine address</summary>
    [FieldOffset(8)]
    public ulong EfiTables;

    /// <summary><c>u.efi_info.cfg.nent</c></summary>
    [FieldOffset(16)]
    public uint EfiTableCount;

    /// <summary><c>u.efi_info.vendor.revision</c></summary>
    [FieldOffset(8)]
    public uint EfiVendorRevision;

    /// <summary><c>u.efi_info.vendor.bufsz</c>: bytes of room for the name</summary>
    [FieldOffset(12)]
    public uint EfiVendorBytes;

    /// <summary><c>u.efi_info.vendor.name</c>: where it goes, in UTF-16 with a zero at the end</summary>
    [FieldOffset(16)]
    public ulong EfiVendorName;

    /// <summary><c>u.kbd_shift_flags</c></summary>
    [FieldOffset(8)]
    public byte ShiftKeys;
}
