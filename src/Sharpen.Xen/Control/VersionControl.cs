using System;
using System.Text;
using Sharpen.Abi;
using Sharpen.Xen.Privcmd;

namespace Sharpen.Xen.Control;

/// <summary>What hypervisor this is. Source: <c>version.h</c>.</summary>
public sealed class VersionControl
{
    private readonly HypercallDevice _device;

    internal VersionControl(HypercallDevice device) => _device = device;

    /// <summary>The version, for example 4.17.</summary>
    public (int Major, int Minor) Version
    {
        get
        {
            long version = _device.Call("ask for the version", null, Hypercall.XenVersion, (ulong)VersionCommand.Version, 0);
            return ((int)(version >> 16), (int)(version & 0xffff));
        }
    }

    /// <summary>What follows the version.</summary>
    public string ExtraVersion => Text(VersionCommand.ExtraVersion, 16);

    /// <summary>The kinds of guests, separated by spaces.</summary>
    public string Capabilities => Text(VersionCommand.Capabilities, 1024);

    /// <summary>Of which source.</summary>
    public string ChangeSet => Text(VersionCommand.ChangeSet, 64);

    /// <summary>The hypervisor's command line.</summary>
    public string CommandLine => Text(VersionCommand.CommandLine, 1024);

    /// <summary>The size of a page in bytes.</summary>
    public int PageSize => (int)_device.Call("ask for the page size", null, Hypercall.XenVersion, (ulong)VersionCommand.PageSize, 0);

    /// <summary>The lowest address that the hypervisor keeps for itself in a PV guest.</summary>
    public ulong VirtualStart
    {
        get
        {
            using HypercallBuffer buffer = _device.Allocate(8);
            _ = _device.Call("ask for the platform", null, Hypercall.XenVersion, (ulong)VersionCommand.PlatformParameters, buffer.Address);
            return buffer.At<ulong>();
        }
    }

    /// <summary>Which build, as bytes; empty when it does not tell.</summary>
    public byte[] BuildId
    {
        get
        {
            using HypercallBuffer buffer = _device.Allocate(256);
            buffer.At<uint>() = 252;
            long length = _device.TryCall(Hypercall.XenVersion, [(ulong)VersionCommand.BuildId, buffer.Address], out Errno error);
            return error == Errno.None ? buffer.Bytes.Slice(4, (int)length).ToArray() : [];
        }
    }

    /// <summary>Who compiled it with what, and when.</summary>
    public (string Compiler, string By, string Domain, string Date) Compilation
    {
        get
        {
            using HypercallBuffer buffer = _device.Allocate(256);
            _ = _device.Call("ask for the compiler", null, Hypercall.XenVersion, (ulong)VersionCommand.CompileInfo, buffer.Address);
            return (Text(buffer.Bytes[..64]), Text(buffer.Bytes.Slice(64, 16)), Text(buffer.Bytes.Slice(80, 32)), Text(buffer.Bytes.Slice(112, 32)));
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private string Text(VersionCommand command, int bytes)
    {
        using HypercallBuffer buffer = _device.Allocate(bytes);
        _ = _device.Call($"ask for {command}", null, Hypercall.XenVersion, (ulong)command, buffer.Address);
        return Text(buffer.Bytes[..bytes]);
    }
}
