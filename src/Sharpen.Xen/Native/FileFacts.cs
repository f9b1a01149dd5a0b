namespace Sharpen.Xen.Native;

/// <summary>What the kernel knows of a file, without opening it. Source: statx(2), <c>linux/stat.h</c>.</summary>
/// <param name="Mode">Its kind, and who may do what with it.</param>
/// <param name="Bytes">Its size; 0 for a device.</param>
/// <param name="Inode">Its number in its file system.</param>
/// <param name="Folder">Major and minor number of the device that its file system is on.</param>
/// <param name="Device">Major and minor number of the device that it stands for; 0 and 0 when it is none.</param>
public readonly record struct FileFacts(uint Mode, long Bytes, ulong Inode, (uint Major, uint Minor) Folder, (uint Major, uint Minor) Device)
{
    private const int FromHere = -100;
    private const uint Basic = 0x7ff;
    private const uint KindMask = 0xf000;
    private const uint SocketKind = 0xc000;
    private const int ModeAt = 28;
    private const int InodeAt = 32;
    private const int SizeAt = 40;
    private const int DeviceAt = 128;
    private const int FolderAt = 136;
    private const int Size = 256;

    /// <summary>Programs connect to it.</summary>
    public bool IsSocket => (Mode & KindMask) == SocketKind;

    /// <summary>Looks, behind all links. Nothing is allocated.</summary>
    /// <returns>False when it is not there, or not to be seen.</returns>
    public static unsafe bool TryGet(string path, out FileFacts facts)
    {
        byte* bytes = stackalloc byte[Size];
        facts = default;
        if (Libc.GetFacts(FromHere, path, 0, Basic, bytes) < 0)
        {
            return false;
        }

        facts = new FileFacts(*(ushort*)(bytes + ModeAt), *(long*)(bytes + SizeAt), *(ulong*)(bytes + InodeAt), Pair(bytes + FolderAt), Pair(bytes + DeviceAt));
        return true;
    }

    private static unsafe (uint Major, uint Minor) Pair(byte* at) => (*(uint*)at, *(uint*)(at + sizeof(uint)));
}
