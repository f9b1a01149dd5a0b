namespace Sharpen.Toolstack.Devices;

/// <summary>What is behind a disk in the end: a block device, and of a loop device the file.</summary>
/// <param name="Major">The device's major number.</param>
/// <param name="Minor">Its minor number.</param>
/// <param name="FileSystem">Where the loop device's file is; 0: it is no loop device, or shows only a part of its file.</param>
/// <param name="Inode">The file's number there.</param>
public readonly record struct Storage(uint Major, uint Minor, ulong FileSystem = 0, ulong Inode = 0)
{
    private const uint LoopMajor = 7;

    /// <summary>What a device stands for.</summary>
    public static Storage Of(uint major, uint minor) =>
        major == LoopMajor && LoopDevice.TryStatus($"/dev/loop{minor}", out var status) && status is { Offset: 0, SizeLimit: 0 }
            ? new Storage(major, minor, status.FileSystem, status.Inode) : new Storage(major, minor);

    /// <summary>Whether who writes to one changes the other.</summary>
    public bool IsSameAs(in Storage other) =>
        (Major == other.Major && Minor == other.Minor) || (Inode != 0 && Inode == other.Inode && FileSystem == other.FileSystem);
}
