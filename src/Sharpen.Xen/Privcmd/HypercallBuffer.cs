using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Privcmd;

/// <summary>Memory that a hypercall reads or writes. Disposing gives it back to its device.</summary>
public sealed class HypercallBuffer : IDisposable
{
    private readonly HypercallDevice _owner;
    private MappedMemory? _memory;

    internal HypercallBuffer(HypercallDevice owner, MappedMemory memory)
    {
        _owner = owner;
        _memory = memory;
    }

    /// <summary>Where it is, as the hypervisor takes it.</summary>
    public ulong Address => (ulong)Memory.Address;

    /// <summary>All of it; whole pages.</summary>
    public Span<byte> Bytes => Memory.Bytes;

    private MappedMemory Memory => _memory ?? throw new ObjectDisposedException(nameof(HypercallBuffer));

    /// <summary>The bytes as values of one kind.</summary>
    public Span<T> As<T>()
        where T : unmanaged => Memory.As<T>();

    /// <summary>The value at an offset in bytes, to read and to write.</summary>
    public ref T At<T>(int offset = 0)
        where T : unmanaged => ref MemoryMarshal.AsRef<T>(Bytes.Slice(offset, Unsafe.SizeOf<T>()));

    public void Dispose()
    {
        if (_memory is { } memory)
        {
            _memory = null;
            _owner.Free(memory);
        }
    }
}
