using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Store;

/// <summary>A stream of messages to and from the store: its socket, or the kernel's device, which goes through this domain's ring.</summary>
internal sealed unsafe class StoreChannel : IDisposable
{
    private readonly FileHandle _file;
    private readonly bool _isSocket;

    private StoreChannel(FileHandle file, bool isSocket)
    {
        _file = file;
        _isSocket = isSocket;
    }

    internal FileHandle File => _file;

    internal static StoreChannel OpenSocket(string path) => new(LocalListener.Connect(path), isSocket: true);

    internal static StoreChannel OpenDevice(params ReadOnlySpan<string> paths) =>
        new(FileHandle.Open("open the device for the store", paths), isSocket: false);

    internal void Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int sent = 0; sent < bytes.Length;)
            {
                nuint rest = (nuint)(bytes.Length - sent);
                nint done = _isSocket ? Libc.Send(_file.Descriptor, start + sent, rest, Libc.NoSignal) : Libc.Write(_file.Descriptor, start + sent, rest);
                if (done < 0 && Marshal.GetLastPInvokeError() != (int)Errno.Intr)
                {
                    throw new XenException("send to the store", null, (Errno)Marshal.GetLastPInvokeError());
                }

                sent += (int)Math.Max(done, 0);
            }
        }
    }

    /// <summary>Receives one message.</summary>
    internal StoreHeader Receive(out byte[] payload)
    {
        StoreHeader header = default;
        Fill(new Span<byte>(&header, StoreHeader.Size));
        if (header.Length > StoreHeader.MostPayload)
        {
            throw new XenException("understand the store: its message is too long", null, Errno.BadMsg);
        }

        payload = new byte[header.Length];
        Fill(payload);
        return header;
    }

    public void Dispose() => _file.Dispose();

    private void Fill(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int got = 0; got < bytes.Length;)
            {
                nint done = Libc.Read(_file.Descriptor, start + got, (nuint)(bytes.Length - got));
                if (done == 0)
                {
                    throw new XenException("hear from the store: it has ended", null, Errno.NotConn);
                }

                if (done < 0 && Marshal.GetLastPInvokeError() != (int)Errno.Intr)
                {
                    throw new XenException("hear from the store", null, (Errno)Marshal.GetLastPInvokeError());
                }

                got += (int)Math.Max(done, 0);
            }
        }
    }
}
