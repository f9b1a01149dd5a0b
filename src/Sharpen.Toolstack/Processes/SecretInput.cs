using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sharpen.Toolstack.Processes;

/// <summary>A text that a child process opens as its standard input, which no other process sees and no disk keeps. Source: memfd_create(2).</summary>
public sealed class SecretInput : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _file;

    /// <summary>Keeps a text.</summary>
    /// <exception cref="IOException">There is no memory for it.</exception>
    public SecretInput(string text)
    {
        _file = new SafeFileHandle(Create("secret", CloseOnExec), ownsHandle: true);
        if (_file.IsInvalid)
        {
            throw new IOException($"cannot keep a secret: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        RandomAccess.Write(_file, Encoding.UTF8.GetBytes(text), 0);
    }

    /// <summary>What a child of this process opens, before this is disposed.</summary>
    public string Path => $"/proc/self/fd/{_file.DangerousGetHandle()}";

    public void Dispose() => _file.Dispose();

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    private static extern int Create([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);
}
