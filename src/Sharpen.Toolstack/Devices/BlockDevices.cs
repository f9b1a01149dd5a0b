using System.Globalization;
using System.IO;

namespace Sharpen.Toolstack.Devices;

/// <summary>Block devices of this host, as the kernel shows them under <c>/sys</c>.</summary>
public static class BlockDevices
{
    /// <summary>Whether a path, after all links, is one.</summary>
    public static bool IsBlockDevice(string path) => File.Exists(SysPathOf(path));

    /// <summary>The number of a device.</summary>
    /// <exception cref="DeviceException">There is no such device.</exception>
    public static (uint Major, uint Minor) NumberOf(string path)
    {
        string sys = SysPathOf(path);
        if (!File.Exists(sys))
        {
            throw new DeviceException(File.Exists(path) ? $"{path} is no block device" : $"{path} is not there: correct the disk's target");
        }

        string[] parts = File.ReadAllText(sys).Trim().Split(':');
        return (uint.Parse(parts[0], CultureInfo.InvariantCulture), uint.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The size of a device or file, in sectors of 512 bytes.</summary>
    public static ulong SectorsOf(string path) => IsBlockDevice(path)
        ? ulong.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(SysPathOf(path)) ?? "", "size")).Trim(), CultureInfo.InvariantCulture)
        : (ulong)new FileInfo(path).Length / 512;

    private static string SysPathOf(string path)
    {
        string real = new FileInfo(path) is { Exists: true } file ? file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        return real.StartsWith("/dev/", System.StringComparison.Ordinal) ? $"/sys/class/block/{real[5..].Replace('/', '!')}/dev" : "";
    }
}
