using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Waits for many files at once. Each is told when it becomes ready, not while it is: who is told goes on until the file has no more.</summary>
public sealed unsafe class Poller : IDisposable
{
    private const int Add = 1;
    private const int Remove = 2;
    private const uint In = 1;
    private const uint Out = 4;
    private const uint EdgeTriggered = 1u << 31;
    private const int AtOnce = 64;
    private readonly FileHandle _file;

    /// <summary>Waits for nothing yet.</summary>
    public Poller()
    {
        int file = Libc.CreatePoller(Libc.CloseOnExec);
        _file = file >= 0 ? new FileHandle(file) : throw new XenException("make a poller", null, (Errno)Marshal.GetLastPInvokeError());
    }

    /// <summary>This itself, to poll beside others: readable while any of its files is ready.</summary>
    public FileHandle Handle => _file;

    /// <summary>Waits for a file too.</summary>
    /// <param name="file">Which; it must be taken out before it is closed elsewhere than here.</param>
    /// <param name="mark">What <see cref="Wait"/> says when it is ready.</param>
    /// <param name="edge">Told once when it becomes ready, for input or output; otherwise while there is input.</param>
    public void Watch(FileHandle file, ulong mark, bool edge)
    {
        PollerEvent change = new() { Events = edge ? In | Out | EdgeTriggered : In, Data = mark };
        if (Libc.ControlPoller(_file.Descriptor, Add, file.Descriptor, &change) < 0)
        {
            throw new XenException("poll a file", null, (Errno)Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Waits for a file no longer.</summary>
    public void Forget(FileHandle file)
    {
        PollerEvent change = default;
        _ = Libc.ControlPoller(_file.Descriptor, Remove, file.Descriptor, &change);
    }

    /// <summary>Waits.</summary>
    /// <param name="marks">Filled with the marks of files that are ready.</param>
    /// <param name="milliseconds">How long; -1: for ever.</param>
    /// <returns>How many.</returns>
    public int Wait(Span<ulong> marks, int milliseconds)
    {
        PollerEvent* events = stackalloc PollerEvent[AtOnce];
        int count = Libc.WaitPoller(_file.Descriptor, events, Math.Min(AtOnce, marks.Length), milliseconds);
        if (count < 0)
        {
            Errno error = (Errno)Marshal.GetLastPInvokeError();
            return error == Errno.Intr ? 0 : throw new XenException("wait for files", null, error);
        }

        for (int index = 0; index < count; index++)
        {
            marks[index] = events[index].Data;
        }

        return count;
    }

    public void Dispose() => _file.Dispose();
}
