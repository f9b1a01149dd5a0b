using System.Runtime.InteropServices;

namespace Sharpen.Abi;

/// <summary><c>struct xenpf_efi_runtime_call</c>: a service of EFI's, called for the control domain. Source: <c>platform.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
public struct PlatformFirmwareCall : IAbiData
{
    /// <summary><c>function</c></summary>
    [FieldOffset(0)]
    public uint Function;

    /// <summary><c>misc</c>: flags of the function, or the one number that it answers</summary>
    [FieldOffset(4)]
    public uint Flags;

    /// <summary><c>status</c>: what the service answered</summary>
    [FieldOffset(8)]
    public ulong Status;

    /// <summary><c>u.get_time.time</c>, <c>u.set_time</c>, <c>u.get_wakeup_time</c>, <c>u.set_wakeup_time</c></summary>
    [FieldOffset(16)]
    public Bytes16 Time;

    /// <summary><c>u.get_time.resolution</c></summary>
    [FieldOffset(32)]
    public uint Resolution;

    /// <summary><c>u.get_time.accuracy</c></summary>
    [FieldOffset(36)]
    public uint Accuracy;

    /// <summary><c>u.get_variable.name</c>: where its name is, in UTF-16 with a zero at the end</summary>
    [FieldOffset(16)]
    public ulong VariableName;

    /// <summary><c>u.get_variable.size</c>: bytes of its value</summary>
    [FieldOffset(24)]
    public ulong VariableBytes;

    /// <summary><c>u.get_variable.data</c>: where its value is or goes</summary>
    [FieldOffset(32)]
    public ulong VariableData;

    /// <summary><c>u.get_variable.vendor_guid</c></summary>
    [FieldOffset(40)]
    public Bytes16 VariableVendor;

    /// <summary><c>u.get_next_variable_name.size</c>: bytes that there is room for, or that the name takes</summary>
    [FieldOffset(16)]
    public ulong NextBytes;

    /// <summary><c>u.get_next_variable_name.name</c>: where the last name is and the next one goes</summary>
    [FieldOffset(24)]
    public ulong NextName;

    /// <summary><c>u.get_next_variable_name.vendor_guid</c></summary>
    [FieldOffset(32)]
    public Bytes16 NextVendor;

    /// <summary><c>u.query_variable_info.attr</c></summary>
    [FieldOffset(16)]
    public uint StoreAttributes;

    /// <summary><c>u.query_variable_info.max_store_size</c></summary>
    [FieldOffset(24)]
    public ulong StoreBytes;

    /// <summary><c>u.query_variable_info.remain_store_size</c></summary>
    [FieldOffset(32)]
    public ulong StoreFreeBytes;

    /// <summary><c>u.query_variable_info.max_size</c></summary>
    [FieldOffset(40)]
    public ulong StoreLargestBytes;
}
