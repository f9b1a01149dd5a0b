using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;
using Sharpen.Xen.Native;

namespace Sharpen.Xen.Store;

/// <summary>A stream of messages to and from the store: its socket, or the kernel's device, which goes through this domain's ring.</summary>
internal sealed unsafe class StoreChannel : IDisposable
{
    private const int BrokenPipe = 32;
    private const int ConnectionReset = 104;

    /// <summary>Bytes of the longest message.</summary>
    internal const int MostBytes = StoreHeader.Size + StoreHeader.MostPayload;

    private readonly FileHandle _file;
    private readonly bool _isSocket;

    // What was read and not taken: from _taken up to _filled.
    private readonly byte[] _input = new byte[MostBytes];
    private int _taken;
    private int _filled;

    private StoreChannel(FileHandle file, bool isSocket)
    {
        _file = file;
        _isSocket = isSocket;
    }

    internal FileHandle File => _file;

    /// <summary>A whole message was read already.</summary>
    internal bool HasMessage => _filled - _taken is var there && there >= StoreHeader.Size && there - StoreHeader.Size >= Head.Length;

    private StoreHeader Head => MemoryMarshal.Read<StoreHeader>(_input.AsSpan(_taken));

    internal static StoreChannel OpenSocket(string path) => new(LocalListener.Connect(path), isSocket: true);

    internal static StoreChannel OpenDevice(params ReadOnlySpan<string> paths) =>
        new(FileHandle.Open("open the device for the store", paths), isSocket: false);

    /// <summary>Sends whole messages. The device takes one at a time.</summary>
    internal void Send(ReadOnlySpan<byte> messages)
    {
        while (messages.Length > 0)
        {
            int length = _isSocket ? messages.Length : StoreHeader.Size + (int)MemoryMarshal.Read<StoreHeader>(messages).Length;
            SendAll(messages[..length]);
            messages = messages[length..];
        }
    }

    /// <summary>Receives one message.</summary>
    /// <param name="payload">What follows its head, until the next is received.</param>
    internal StoreHeader Receive(out ReadOnlySpan<byte> payload)
    {
        Fill(StoreHeader.Size);
        StoreHeader header = Head;
        if (header.Length > StoreHeader.MostPayload)
        {
            throw new XenException("understand the store: its message is too long", null, Errno.BadMsg);
        }

        int length = StoreHeader.Size + (int)header.Length;
        Fill(length);
        payload = _input.AsSpan(_taken + StoreHeader.Size, (int)header.Length);
        _taken += length;
        return header;
    }

    public void Dispose() => _file.Dispose();

    private void SendAll(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int sent = 0; sent < bytes.Length;)
            {
                nuint rest = (nuint)(bytes.Length - sent);
                nint done = _isSocket ? Libc.Send(_file.Descriptor, start + sent, rest, Libc.NoSignal) : Libc.Write(_file.Descriptor, start + sent, rest);
                if (done < 0 && Marshal.GetLastPInvokeError() != (int)Errno.Intr)
                {
                    throw Failed("send to the store");
                }

                sent += (int)Math.Max(done, 0);
            }
        }
    }

    // A daemon that was killed shows in several ways, by what was on its way then.
    private static XenException Failed(string operation)
    {
        int error = Marshal.GetLastPInvokeError();
        return error is BrokenPipe or ConnectionReset
            ? new XenException($"{operation}: it has ended", null, Errno.NotConn)
            : new XenException(operation, null, (Errno)error);
    }

    // Waits until there are so many bytes; takes what else has come by the same read.
    private void Fill(int least)
    {
        if (_filled - _taken >= least)
        {
            return;
        }

        _input.AsSpan(_taken, _filled - _taken).CopyTo(_input);
        (_taken, _filled) = (0, _filled - _taken);
        fixed (byte* start = _input)
        {
            while (_filled < least)
            {
                nint done = Libc.Read(_file.Descriptor, start + _filled, (nuint)(_input.Length - _filled));
                if (done == 0)
                {
                    throw new XenException("hear from the store: it has ended", null, Errno.NotConn);
                }

                if (done < 0 && Marshal.GetLastPInvokeError() != (int)Errno.Intr)
                {
                    throw Failed("hear from the store");
                }

                _filled += (int)Math.Max(done, 0);
            }
        }
    }
}
