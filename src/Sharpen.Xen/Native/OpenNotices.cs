using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Tells when programs open or close files.</summary>
public sealed unsafe class OpenNotices : IDisposable
{
    private const uint OpenedOrClosed = 0x20 | 0x10 | 0x08;
    private const int HeadSize = 16;

    /// <summary>Looks at no file yet.</summary>
    public OpenNotices()
    {
        int file = Libc.OpenNotices(Libc.CloseOnExec | Libc.NonBlocking);
        Handle = file >= 0 ? new FileHandle(file) : throw new XenException("look at files", null, (Errno)Marshal.GetLastPInvokeError());
    }

    /// <summary>The file, to poll.</summary>
    public FileHandle Handle { get; }

    /// <summary>Looks at a file too.</summary>
    /// <returns>What <see cref="Take"/> calls it.</returns>
    public int Add(string path)
    {
        int notice = Libc.AddNotice(Handle.Descriptor, path, OpenedOrClosed);
        return notice >= 0 ? notice : throw new XenException($"look at {path}", null, (Errno)Marshal.GetLastPInvokeError());
    }

    /// <summary>Looks at a file no more.</summary>
    public void Remove(int notice) => _ = Libc.RemoveNotice(Handle.Descriptor, notice);

    /// <summary>The files that were opened or closed.</summary>
    public IReadOnlySet<int> Take()
    {
        HashSet<int> files = [];
        Span<byte> buffer = stackalloc byte[4096];
        nint length;
        fixed (byte* start = buffer)
        {
            length = Libc.Read(Handle.Descriptor, start, (nuint)buffer.Length);
        }

        for (int at = 0; at <= length - HeadSize;)
        {
            _ = files.Add(BinaryPrimitives.ReadInt32LittleEndian(buffer[at..]));
            at += HeadSize + BinaryPrimitives.ReadInt32LittleEndian(buffer[(at + 12)..]);
        }

        return files;
    }

    public void Dispose() => Handle.Dispose();
}
