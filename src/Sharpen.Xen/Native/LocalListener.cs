using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>A socket of this machine that programs connect to; only its owner may.</summary>
public sealed unsafe class LocalListener : IDisposable
{
    private const int Waiting = 128;
    private const int AddressSize = 110;
    private const uint OwnerOnly = 0x180;
    private readonly string _path;

    /// <summary>One that listens already, left by the program before this one.</summary>
    public LocalListener(FileHandle file, string path)
    {
        Handle = file;
        _path = path;
    }

    /// <summary>The file, to poll.</summary>
    public FileHandle Handle { get; }

    /// <summary>Listens at a path; what is there is replaced.</summary>
    /// <exception cref="XenException">The kernel refused.</exception>
    public static LocalListener Listen(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string operation = $"listen at {path}";
        Span<byte> address = stackalloc byte[AddressSize];
        address.Clear();
        address[0] = Libc.UnixFamily;
        if (!Encoding.UTF8.TryGetBytes(path, address[2..^1], out int length))
        {
            throw new XenException(operation, null, Errno.NameTooLong);
        }

        int file = Libc.Socket(Libc.UnixFamily, Libc.StreamSocket | Libc.CloseOnExec | Libc.NonBlocking, 0);
        if (file < 0)
        {
            throw new XenException(operation, null, (Errno)Marshal.GetLastPInvokeError());
        }

        FileHandle handle = new(file);
        File.Delete(path);
        fixed (byte* pointer = address)
        {
            if (Libc.Bind(file, pointer, (uint)(length + 3)) == 0 && Libc.ChangeMode(path, OwnerOnly) == 0 && Libc.Listen(file, Waiting) == 0)
            {
                return new LocalListener(handle, path);
            }
        }

        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new XenException(operation, null, (Errno)error);
    }

    /// <summary>Whether somebody listens at a path.</summary>
    public static bool IsServed(string path)
    {
        try
        {
            using FileHandle probe = Connect(path);
            return true;
        }
        catch (XenException)
        {
            return false;
        }
    }

    /// <summary>Connects to a path; what is written waits until it is read.</summary>
    /// <returns>Null when nobody listens there.</returns>
    public static ByteStream? TryConnect(string path)
    {
        try
        {
            return new ByteStream(Connect(path), isSocket: true);
        }
        catch (XenException refused) when (refused.Error is Errno.NoEnt or Errno.ConnRefused)
        {
            return null;
        }
    }

    /// <summary>Takes the next program that connects; null when none waits, or no file is left for it.</summary>
    public ByteStream? Accept()
    {
        int file = Libc.Accept(Handle.Descriptor, null, null, Libc.CloseOnExec | Libc.NonBlocking);
        return file >= 0 ? new ByteStream(new FileHandle(file), isSocket: true) : null;
    }

    public void Dispose()
    {
        File.Delete(_path);
        Handle.Dispose();
    }

    internal static FileHandle Connect(string path)
    {
        string operation = $"connect to {path}";
        Span<byte> address = stackalloc byte[AddressSize];
        address.Clear();
        address[0] = Libc.UnixFamily;
        if (!Encoding.UTF8.TryGetBytes(path, address[2..^1], out int length))
        {
            throw new XenException(operation, null, Errno.NameTooLong);
        }

        int file = Libc.Socket(Libc.UnixFamily, Libc.StreamSocket | Libc.CloseOnExec, 0);
        if (file < 0)
        {
            throw new XenException(operation, null, (Errno)Marshal.GetLastPInvokeError());
        }

        FileHandle handle = new(file);
        fixed (byte* pointer = address)
        {
            if (Libc.Connect(file, pointer, (uint)(length + 3)) == 0)
            {
                return handle;
            }
        }

        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new XenException(operation, null, (Errno)error);
    }
}
