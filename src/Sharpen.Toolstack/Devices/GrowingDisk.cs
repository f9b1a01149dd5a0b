using System.IO;
using Sharpen.Xen.Native;

namespace Sharpen.Toolstack.Devices;

/// <summary>What is behind a disk, and how large that was when it was last looked at.</summary>
public sealed class GrowingDisk
{
    private long _bytes;
    private ulong _sectors;

    /// <summary>Looks at what is behind a disk.</summary>
    /// <param name="paths">The disk.</param>
    /// <param name="device">The block device that serves it.</param>
    public GrowingDisk(DevicePaths paths, string device)
    {
        (Paths, Device, File) = (paths, device, LoopDevice.FileOf(device));
        _sectors = Sectors();

        // A file that is longer than its loop device grew while nobody looked.
        _bytes = (long)_sectors * 512;
    }

    /// <summary>The disk.</summary>
    public DevicePaths Paths { get; }

    /// <summary>The block device that serves it.</summary>
    public string Device { get; }

    /// <summary>The file that is behind a loop device; empty when there is none.</summary>
    public string File { get; }

    /// <summary>Whether there may be more of it than there was.</summary>
    /// <param name="looksAtDevice">Not only at the file. A look at the file allocates nothing.</param>
    public bool HasGrown(bool looksAtDevice) => BytesOfFile() > _bytes || (looksAtDevice && Sectors() > _sectors);

    /// <summary>Has the loop device take over the size of its file; from here on the present size is what it was.</summary>
    /// <returns>Whether the device is larger now.</returns>
    /// <exception cref="DeviceException">The loop device does not take it over.</exception>
    public bool TakeOver()
    {
        ulong before = _sectors;
        _bytes = BytesOfFile();
        if (File.Length > 0)
        {
            LoopDevice.Refresh(Device);
        }

        _sectors = Sectors();
        return _sectors > before;
    }

    private long BytesOfFile() => File.Length > 0 && FileFacts.TryGet(File, out var facts) ? facts.Bytes : 0;

    // A device may vanish at any time.
    private ulong Sectors()
    {
        try
        {
            return BlockDevices.SectorsOf(Device);
        }
        catch (IOException)
        {
            return _sectors;
        }
    }
}
