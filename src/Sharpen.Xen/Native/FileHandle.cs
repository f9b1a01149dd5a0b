using System;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>An open file, device or socket, closed with its owner.</summary>
public sealed class FileHandle : SafeHandleMinusOneIsInvalid
{
    internal FileHandle(int file)
        : base(ownsHandle: true) => SetHandle(file);

    /// <summary>The descriptor, for a poll loop; valid while this is not disposed.</summary>
    public int Descriptor => (int)handle;

    /// <summary>Opens the first of these paths that is there.</summary>
    /// <exception cref="XenException">None can be opened; the error is that of the last tried.</exception>
    internal static FileHandle Open(string operation, params ReadOnlySpan<string> paths)
    {
        int error = (int)Errno.NoEnt;
        foreach (string path in paths)
        {
            int file = Libc.Open(path, Libc.ReadWrite | Libc.CloseOnExec);
            if (file >= 0)
            {
                return new FileHandle(file);
            }

            error = Marshal.GetLastPInvokeError();
        }

        throw new XenException($"{operation} ({string.Join(", ", paths.ToArray())})", null, (Errno)error);
    }

    /// <summary>An ioctl, tried again when a signal interrupts it.</summary>
    /// <returns>What the device answered; -1 leaves an errno in <paramref name="error"/>.</returns>
    internal unsafe int Control(uint request, void* argument, out Errno error)
    {
        while (true)
        {
            int answer = Libc.Control(Descriptor, request, argument);
            error = answer < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
            if (error != Errno.Intr)
            {
                return answer;
            }
        }
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
