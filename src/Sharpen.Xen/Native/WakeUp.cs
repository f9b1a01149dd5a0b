using System;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Ends another thread's wait: a counter of the kernel that can be polled.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    private readonly FileHandle _file;

    internal WakeUp()
    {
        int file = Libc.EventFile(0, Libc.CloseOnExec | Libc.NonBlocking);
        _file = file >= 0 ? new FileHandle(file) : throw new XenException("make an event counter", null, (Errno)Marshal.GetLastPInvokeError());
    }

    internal FileHandle File => _file;

    internal int Descriptor => _file.Descriptor;

    internal void Post()
    {
        ulong one = 1;
        _ = Libc.Write(Descriptor, &one, sizeof(ulong));
    }

    internal void Clear()
    {
        ulong count;
        _ = Libc.Read(Descriptor, &count, sizeof(ulong));
    }

    public void Dispose() => _file.Dispose();
}
