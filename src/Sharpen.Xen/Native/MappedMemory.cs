using System;
using System.Runtime.InteropServices;
using System.Threading;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Memory mapped into this process, often shared with somebody who writes to it meanwhile: what is read from it is a claim.</summary>
public sealed unsafe class MappedMemory : IDisposable
{
    private nint _address;

    private MappedMemory(nint address, int length)
    {
        _address = address;
        Length = length;
    }

    ~MappedMemory() => Release();

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>Where it is mapped, as hypercalls take it.</summary>
    /// <exception cref="ObjectDisposedException">It is mapped no longer.</exception>
    public nint Address => _address != 0 ? _address : throw new ObjectDisposedException(nameof(MappedMemory));

    /// <summary>All of it. The span must not outlive this mapping.</summary>
    public Span<byte> Bytes => new((void*)Address, Length);

    /// <summary>Fresh memory of this process, zeroed, that stays in place.</summary>
    /// <param name="length">Bytes.</param>
    public static MappedMemory Allocate(int length) => Map("allocate memory", null, null, 0, length, writable: true);

    /// <summary>Maps part of a device or, with a null <paramref name="file"/>, fresh memory that stays in place.</summary>
    /// <exception cref="XenException">The kernel refused.</exception>
    internal static MappedMemory Map(string operation, DomainId? domain, FileHandle? file, long offset, int length, bool writable)
    {
        int flags = file is null ? Libc.MapPrivate | Libc.MapAnonymous | Libc.MapLocked : Libc.MapShared;
        int protection = Libc.ProtectRead | (writable ? Libc.ProtectWrite : 0);
        nint address = Libc.Map(0, (nuint)length, protection, flags, file?.Descriptor ?? -1, (nint)offset);
        return address != -1 ? new MappedMemory(address, length) : throw new XenException(operation, domain, (Errno)Marshal.GetLastPInvokeError());
    }

    /// <summary>The bytes as values of one kind; a rest too short for one is left out.</summary>
    public Span<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>Reads a number that another writes: once, and before everything that is read after it.</summary>
    public uint ReadAcquire(int offset) => Volatile.Read(ref Word(offset));

    /// <summary>Writes a number that another reads, after everything that was written before it.</summary>
    public void WriteRelease(int offset, uint value) => Volatile.Write(ref Word(offset), value);

    /// <summary>Unmaps it.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private ref uint Word(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - sizeof(uint));
        return ref *(uint*)(Address + offset);
    }

    private void Release()
    {
        nint address = Interlocked.Exchange(ref _address, 0);
        if (address != 0)
        {
            _ = Libc.Unmap(address, (nuint)Length);
        }
    }
}
