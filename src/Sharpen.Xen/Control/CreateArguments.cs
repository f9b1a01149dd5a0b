using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Control;

/// <summary><c>struct xen_domctl_createdomain</c>. Source: <c>domctl.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CreateArguments
{
    internal uint SecurityId;
    internal Bytes16 Handle;
    internal uint Flags;
    internal uint IommuOptions;
    internal uint Vcpus;
    internal uint HighestPort;
    internal int GrantFrames;
    internal int MaptrackFrames;
    internal uint GrantOptions;
    internal uint TraceBytes;
    internal uint Pool;
    internal uint Emulation;
    internal uint Miscellaneous;

    internal static CreateArguments Of(DomainCreation creation)
    {
        Span<byte> handle = stackalloc byte[16];
        _ = creation.Handle.TryWriteBytes(handle, bigEndian: true, out _);
        return new CreateArguments
        {
            SecurityId = creation.SecurityId,
            Handle = MemoryMarshal.Read<Bytes16>(handle),
            Flags = (uint)creation.Flags,
            IommuOptions = creation.IommuOptions,
            Vcpus = (uint)creation.Vcpus,
            HighestPort = unchecked((uint)creation.HighestPort),
            GrantFrames = creation.GrantFrames,
            MaptrackFrames = creation.MaptrackFrames,
            GrantOptions = (uint)creation.GrantVersion,
            TraceBytes = creation.TraceBytes,
            Pool = creation.Pool,
            Emulation = creation.Emulation,
            Miscellaneous = creation.Miscellaneous,
        };
    }
}
