using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>A socket, terminal or pipe that never blocks.</summary>
public sealed unsafe class ByteStream : IDisposable
{
    private readonly bool _isSocket;

    internal ByteStream(FileHandle file, bool isSocket)
    {
        Handle = file;
        _isSocket = isSocket;
    }

    /// <summary>The file, to poll.</summary>
    public FileHandle Handle { get; }

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes; 0 when the other end is closed; -1 when there is nothing now.</returns>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint done = Libc.Read(Handle.Descriptor, start, (nuint)buffer.Length);
                Errno error = done < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
                if (error != Errno.Intr)
                {
                    return error switch
                    {
                        Errno.None => (int)done,
                        Errno.Again => -1,
                        _ => 0,
                    };
                }
            }
        }
    }

    /// <summary>Writes what fits.</summary>
    /// <returns>Bytes; -1 when the other end is closed.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                nint done = _isSocket
                    ? Libc.Send(Handle.Descriptor, start, (nuint)bytes.Length, Libc.NoSignal)
                    : Libc.Write(Handle.Descriptor, start, (nuint)bytes.Length);
                Errno error = done < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
                if (error != Errno.Intr)
                {
                    return error switch
                    {
                        Errno.None => (int)done,
                        Errno.Again => 0,
                        _ => -1,
                    };
                }
            }
        }
    }

    public void Dispose() => Handle.Dispose();
}
