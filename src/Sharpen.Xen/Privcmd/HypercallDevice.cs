using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Privcmd;

/// <summary>
/// <c>/dev/xen/privcmd</c>: hypercalls, and the memory of other domains. What the hypervisor reads or writes must stay in place:
/// it lies in a <see cref="HypercallBuffer"/>, of <c>/dev/xen/hypercall</c> where the kernel has it. Source: <c>privcmd.h</c>. Safe for threads.
/// </summary>
public sealed unsafe class HypercallDevice : IDisposable
{
    internal const int PageSize = 4096;
    private const uint IoctlHypercall = (48 << 16) | ('P' << 8) | 0;
    private const uint IoctlMapBatch = (32 << 16) | ('P' << 8) | 4;
    private const uint IoctlMapResource = (32 << 16) | ('P' << 8) | 7;
    private const int MostKept = 16;

    private readonly FileHandle _device;
    private readonly FileHandle? _buffers;
    private readonly Stack<MappedMemory> _kept = new();

    private HypercallDevice(FileHandle device, FileHandle? buffers)
    {
        _device = device;
        _buffers = buffers;
    }

    /// <summary>Opens the device.</summary>
    /// <exception cref="XenException">It is not there, or this user may not.</exception>
    public static HypercallDevice Open()
    {
        FileHandle device = FileHandle.Open("open the device for hypercalls", "/dev/xen/privcmd", "/proc/xen/privcmd");
        FileHandle? buffers = File.Exists("/dev/xen/hypercall") ? FileHandle.Open("open the device for hypercall buffers", "/dev/xen/hypercall") : null;
        return new HypercallDevice(device, buffers);
    }

    /// <summary>Makes a hypercall.</summary>
    /// <param name="operation">What it is for, as a verb, for the error.</param>
    /// <param name="domain">Whom it concerns, for the error.</param>
    /// <param name="number">Which.</param>
    /// <param name="arguments">Up to five.</param>
    /// <returns>What the hypervisor answered, not negative.</returns>
    /// <exception cref="XenException">It refused.</exception>
    public long Call(string operation, DomainId? domain, Hypercall number, params ReadOnlySpan<ulong> arguments)
    {
        long answer = TryCall(number, arguments, out Errno error);
        return error == Errno.None ? answer : throw new XenException(operation, domain, error);
    }

    /// <summary>Makes a hypercall whose refusal is an answer.</summary>
    public long TryCall(Hypercall number, ReadOnlySpan<ulong> arguments, out Errno error)
    {
        ulong* call = stackalloc ulong[6];
        call[0] = (ulong)number;
        for (int index = 0; index < 5; index++)
        {
            call[index + 1] = index < arguments.Length ? arguments[index] : 0;
        }

        return _device.Control(IoctlHypercall, call, out error);
    }

    /// <summary>Memory for a hypercall to read or write, zeroed, at the start of a page.</summary>
    /// <param name="bytes">How much; at least one page is taken.</param>
    public HypercallBuffer Allocate(int bytes)
    {
        int length = checked((Math.Max(bytes, 1) + PageSize - 1) / PageSize * PageSize);
        MappedMemory? memory = null;
        if (length == PageSize)
        {
            lock (_kept)
            {
                _ = _kept.TryPop(out memory);
            }

            memory?.Bytes.Clear();
        }

        memory ??= MappedMemory.Map("allocate a hypercall buffer", null, _buffers, 0, length, writable: true);
        return new HypercallBuffer(this, memory);
    }

    /// <summary>Maps frames of another domain.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="frames">Which: machine frames of a PV guest, guest frames of others. One after another in the mapping.</param>
    /// <param name="writable">To write to them too.</param>
    /// <exception cref="XenException">One of them cannot be mapped; then none is.</exception>
    public MappedMemory MapForeign(DomainId domain, ReadOnlySpan<ulong> frames, bool writable = true)
    {
        int[] errors = new int[frames.Length];
        MappedMemory memory = MapForeign(domain, frames, errors, writable);
        foreach (int error in errors)
        {
            if (error != 0)
            {
                memory.Dispose();
                throw new XenException($"map {frames.Length} frames of", domain, (Errno)(-error));
            }
        }

        return memory;
    }

    /// <summary>Maps frames of another domain, with an answer for each.</summary>
    /// <param name="domain">Whose.</param>
    /// <param name="frames">Which.</param>
    /// <param name="errors">For each frame 0, or a negative errno: that page of the mapping must not be touched.</param>
    /// <param name="writable">To write to them too.</param>
    public MappedMemory MapForeign(DomainId domain, ReadOnlySpan<ulong> frames, Span<int> errors, bool writable)
    {
        ArgumentOutOfRangeException.ThrowIfZero(frames.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(errors.Length, frames.Length);
        string operation = $"map {frames.Length} frames of";
        MappedMemory memory = MappedMemory.Map(operation, domain, _device, 0, checked(frames.Length * PageSize), writable);
        fixed (ulong* list = frames)
        fixed (int* answers = errors)
        {
            MapBatch request = new() { Count = (uint)frames.Length, Domain = domain.Value, Address = (ulong)memory.Address, Frames = list, Errors = answers };
            // ENOENT says that some frames failed for being paged out; the answers say which.
            if (_device.Control(IoctlMapBatch, &request, out Errno error) < 0 && error != Errno.NoEnt)
            {
                memory.Dispose();
                throw new XenException(operation, domain, error);
            }
        }

        return memory;
    }

    /// <summary>Maps a resource of a domain that is no memory of its own, such as its grant table. Source: <c>XENMEM_acquire_resource</c>.</summary>
    public MappedMemory MapResource(DomainId domain, uint kind, uint id, uint first, int frames, bool writable = true)
    {
        string operation = $"map {frames} frames of resource {kind} of";
        MappedMemory memory = MappedMemory.Map(operation, domain, _device, 0, checked(frames * PageSize), writable);
        MapResourceRequest request = new() { Domain = domain.Value, Kind = kind, Id = id, First = first, Count = (ulong)frames, Address = (ulong)memory.Address };
        if (_device.Control(IoctlMapResource, &request, out Errno error) < 0)
        {
            memory.Dispose();
            throw new XenException(operation, domain, error);
        }

        return memory;
    }

    /// <summary>Closes the device. What is mapped stays.</summary>
    public void Dispose()
    {
        lock (_kept)
        {
            while (_kept.TryPop(out MappedMemory? memory))
            {
                memory.Dispose();
            }
        }

        _device.Dispose();
        _buffers?.Dispose();
    }

    internal void Free(MappedMemory memory)
    {
        lock (_kept)
        {
            if (memory.Length == PageSize && _kept.Count < MostKept && !_device.IsClosed)
            {
                _kept.Push(memory);
                return;
            }
        }

        memory.Dispose();
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MapBatch
    {
        internal uint Count;
        internal ushort Domain;
        internal ulong Address;
        internal ulong* Frames;
        internal int* Errors;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MapResourceRequest
    {
        internal ushort Domain;
        internal uint Kind;
        internal uint Id;
        internal uint First;
        internal ulong Count;
        internal ulong Address;
    }
}
