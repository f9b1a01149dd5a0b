using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>The hypervisor's own small file system: its options are files there. Every refusal is a <see cref="XenException"/>.
/// Source: <c>hypfs.h</c>.</summary>
public sealed class FileControl
{
    private const ulong ReadCommand = 1;
    private const ulong WriteCommand = 2;
    private const int MostFile = 64 * 1024;
    private static readonly string[] s_true = ["1", "on", "yes", "true", "enable"];
    private static readonly string[] s_false = ["0", "off", "no", "false", "disable"];
    private readonly HypercallDevice _device;

    internal FileControl(HypercallDevice device) => _device = device;

    /// <summary>What is in a file, and of which type.</summary>
    /// <param name="path">For example <c>/params/gnttab_max_frames</c>.</param>
    public byte[] Read(string path, out HypervisorFileType type)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        using HypercallBuffer pathBuffer = _device.Allocate(name.Length);
        using HypercallBuffer data = _device.Allocate(MostFile);
        name.CopyTo(pathBuffer.Bytes);
        _ = _device.Call($"read the hypervisor's file {path}", null, Hypercall.HypFsOp, ReadCommand, pathBuffer.Address, (ulong)name.Length, data.Address, MostFile);
        ref Entry entry = ref data.At<Entry>();
        type = entry.Type;
        return data.Bytes.Slice(Unsafe.SizeOf<Entry>(), (int)Math.Min(entry.Bytes, MostFile - (uint)Unsafe.SizeOf<Entry>())).ToArray();
    }

    /// <summary>Writes a file, from the text that people use for what is in it.</summary>
    /// <exception cref="FormatException">The text does not fit the file's type.</exception>
    public void Write(string path, string value)
    {
        byte[] content = Convert(value, Read(path, out var type).Length, type);
        byte[] name = Encoding.UTF8.GetBytes(path + "\0");
        using HypercallBuffer pathBuffer = _device.Allocate(name.Length);
        using HypercallBuffer data = _device.Allocate(Math.Max(content.Length, 1));
        name.CopyTo(pathBuffer.Bytes);
        content.CopyTo(data.Bytes);
        _ = _device.Call($"write the hypervisor's file {path}", null, Hypercall.HypFsOp, WriteCommand, pathBuffer.Address, (ulong)name.Length, data.Address, (ulong)content.Length);
    }

    /// <summary>The bytes of a file for a text.</summary>
    /// <param name="bytes">How many the file has.</param>
    /// <exception cref="FormatException">The text does not fit.</exception>
    public static byte[] Convert(string value, int bytes, HypervisorFileType type)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (type)
        {
            case HypervisorFileType.Text or HypervisorFileType.Bytes:
                return Encoding.UTF8.GetBytes(value + "\0");
            case HypervisorFileType.Flag:
                int word = Array.IndexOf(s_true, value);
                return word >= 0 || Array.IndexOf(s_false, value) >= 0 ? [(byte)(word >= 0 ? 1 : 0)] : throw new FormatException($"'{value}' is neither on nor off");
            case HypervisorFileType.Unsigned or HypervisorFileType.Signed when bytes is 1 or 2 or 4 or 8:
                return Number(value, bytes, type == HypervisorFileType.Signed);
            default:
                throw new FormatException("it is nothing that can be set by a text");
        }
    }

    private static byte[] Number(string value, int bytes, bool isSigned)
    {
        bool isHex = value.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool fits = isHex
            ? Int128.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out Int128 number)
            : Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        Int128 least = isSigned ? -(Int128.One << ((bytes * 8) - 1)) : 0;
        Int128 most = isSigned ? -least - 1 : (Int128.One << (bytes * 8)) - 1;
        if (!fits || number < least || number > most)
        {
            throw new FormatException($"'{value}' is no number from {least} to {most}");
        }

        byte[] all = new byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(all, number);
        return all[..bytes];
    }

    // struct xen_hypfs_direntry
    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private struct Entry
    {
        internal HypervisorFileType Type;
        internal byte Encoding;
        internal ushort Unused;
        internal uint Bytes;
        internal uint MostWritten;
    }
}
