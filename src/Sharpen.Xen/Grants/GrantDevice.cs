using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Grants;

/// <summary><c>/dev/xen/gntdev</c>: pages that other domains grant to this one. Source: <c>gntdev.h</c>. Safe for threads.</summary>
public sealed unsafe class GrantDevice : IDisposable
{
    private const int PageSize = 4096;
    private const uint MapRequest = (24 << 16) | ('G' << 8) | 0;
    private const uint UnmapRequest = (16 << 16) | ('G' << 8) | 1;
    private const uint UnmapNotifyRequest = (16 << 16) | ('G' << 8) | 7;

    private readonly FileHandle _device;

    private GrantDevice(FileHandle device) => _device = device;

    /// <summary>Opens the device.</summary>
    /// <exception cref="XenException">It is not there, or this user may not.</exception>
    public static GrantDevice Open() => new(FileHandle.Open("open the device for grants", "/dev/xen/gntdev"));

    /// <summary>Maps what a domain granted, one page after another.</summary>
    /// <exception cref="XenException">One cannot be mapped; then none is.</exception>
    public GrantMapping Map(DomainId domain, ReadOnlySpan<GrantReference> grants, bool writable = true)
    {
        ArgumentOutOfRangeException.ThrowIfZero(grants.Length);
        string operation = grants.Length == 1 ? $"map {grants[0]} of" : $"map {grants.Length} grants of";
        uint[] words = new uint[4 + (2 * grants.Length)];
        words[0] = (uint)grants.Length;
        for (int index = 0; index < grants.Length; index++)
        {
            words[4 + (2 * index)] = domain.Value;
            words[5 + (2 * index)] = grants[index].Value;
        }

        fixed (uint* request = words)
        {
            if (_device.Control(MapRequest, request, out Errno error) < 0)
            {
                throw new XenException(operation, domain, error);
            }
        }

        ulong offset = words[2] | ((ulong)words[3] << 32);
        try
        {
            MappedMemory memory = MappedMemory.Map(operation, domain, _device, (long)offset, checked(grants.Length * PageSize), writable);
            return new GrantMapping(this, memory, offset);
        }
        catch (XenException)
        {
            Forget(offset, grants.Length);
            throw;
        }
    }

    public void Dispose() => _device.Dispose();

    internal void Forget(ulong offset, int pages)
    {
        if (_device.IsClosed)
        {
            return;
        }

        UnmapArguments request = new() { Index = offset, Count = (uint)pages };
        _ = _device.Control(UnmapRequest, &request, out _);
    }

    internal void NotifyOnUnmap(ulong offset, uint action, EventPort port)
    {
        NotifyArguments request = new() { Index = offset, Action = action, Port = port.Value };
        if (_device.Control(UnmapNotifyRequest, &request, out Errno error) < 0)
        {
            throw new XenException("ask to be told of an unmapping", null, error);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct UnmapArguments
    {
        internal ulong Index;
        internal uint Count;
        internal uint Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct NotifyArguments
    {
        internal ulong Index;
        internal uint Action;
        internal uint Port;
    }
}
