namespace Sharpen.Xen.Native;

/// <summary>A file that at most one program holds, and those to which that one left it. Source: flock(2).</summary>
public static class LockFile
{
    private const int Exclusive = 2;
    private const int AtOnce = 4;
    private const int OwnerOnly = 0x180;

    /// <summary>Takes it; it is free again when nobody has the file open.</summary>
    /// <returns>Null when another program holds it, or it cannot be made.</returns>
    public static FileHandle? TryTake(string path)
    {
        int file = Libc.Open(path, Libc.ReadWrite | Libc.Create | Libc.CloseOnExec, OwnerOnly);
        if (file < 0)
        {
            return null;
        }

        FileHandle handle = new(file);
        if (Libc.Lock(file, Exclusive | AtOnce) == 0)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }
}
