using System.IO;
using System.Runtime.InteropServices;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>Files whose bytes are mapped: what a program writes there stays when it is killed, without a call for each write.</summary>
public static class KeptFile
{
    private const int OwnerOnly = 0x180;

    /// <summary>Makes a file of this length, its room reserved, and maps it.</summary>
    /// <exception cref="XenException">There is no room, or this user may not.</exception>
    public static MappedMemory Create(string path, int length)
    {
        string operation = $"make {path} of {length} bytes";
        int file = Libc.Open(path, Libc.ReadWrite | Libc.CloseOnExec | Libc.Create | Libc.Truncate, OwnerOnly);
        if (file < 0)
        {
            throw new XenException(operation, null, (Errno)Marshal.GetLastPInvokeError());
        }

        using FileHandle handle = new(file);
        int error = Libc.Reserve(file, 0, length);
        return error == 0 ? MappedMemory.Map(operation, null, handle, 0, length, writable: true) : throw new XenException(operation, null, (Errno)error);
    }

    /// <summary>Maps a file that is there; null when there is none, or it is empty.</summary>
    public static MappedMemory? Open(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        long length = new FileInfo(path).Length;
        if (length is 0 or > int.MaxValue)
        {
            return null;
        }

        using FileHandle handle = FileHandle.Open("open what was kept", path);
        return MappedMemory.Map($"map {path}", null, handle, 0, (int)length, writable: true);
    }
}
