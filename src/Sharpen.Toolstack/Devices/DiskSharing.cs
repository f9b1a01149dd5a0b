using System;
using System.Globalization;
using System.IO;
using Sharpen.Abi;
using Sharpen.Xen.Control;

namespace Sharpen.Toolstack.Devices;

/// <summary>Keeps what is behind a disk from being used twice: two that write to the same file system, or one that writes where others read,
/// destroy it. The kernel's backend shows who uses what. Of two disks that are given to the backend at once one would not see the other: a lock
/// of the host keeps that from happening. Disks with a script of their own are not looked at: whoever names one knows what it does.</summary>
public static class DiskSharing
{
    private const string Backends = "/sys/bus/xen-backend/devices";

    /// <summary>Looks whether a disk may have its device.</summary>
    /// <exception cref="DeviceException">Somebody else uses what is behind it.</exception>
    public static void Check(DevicePaths paths, string target, Storage storage, bool isReadOnly)
    {
        if (MountOf(storage, isReadOnly) is { } folder)
        {
            throw new DeviceException($"{target} is mounted here on {folder}: unmount it, or the guest and this domain destroy its file system");
        }

        foreach (string backend in Directory.Exists(Backends) ? Directory.EnumerateDirectories(Backends, "vbd-*") : [])
        {
            string[] parts = Path.GetFileName(backend).Split('-');
            if (parts.Length == 3 && ushort.TryParse(parts[1], out ushort domain) && domain != paths.Domain.Value && Uses(backend, storage, isReadOnly) && !HasStopped(new DomainId(domain)))
            {
                throw new DeviceException($"domain {domain} has {target} already{(isReadOnly ? ", and may write to it" : "")}: " +
                    "detach it there, make both read-only, or give each its own");
            }
        }
    }

    /// <summary>Where a line of <c>/proc/self/mountinfo</c> says that a device is mounted; null when it says something else.</summary>
    /// <param name="line">The line.</param>
    /// <param name="storage">The device.</param>
    /// <param name="isWritten">Only if it may be written to there.</param>
    public static string? FolderOf(string line, Storage storage, bool isWritten)
    {
        string[] words = line.Split(' ');
        string[] numbers = words.Length > 5 ? words[2].Split(':') : [];
        return numbers.Length == 2 && uint.TryParse(numbers[0], out uint major) && uint.TryParse(numbers[1], out uint minor) && major != 0 &&
            Storage.Of(major, minor).IsSameAs(storage) && (!isWritten || Array.IndexOf(words[5].Split(','), "rw") >= 0) ? words[4] : null;
    }

    private static string? MountOf(Storage storage, bool isReadOnly)
    {
        foreach (string line in File.ReadLines("/proc/self/mountinfo"))
        {
            if (FolderOf(line, storage, isWritten: isReadOnly) is { } folder)
            {
                return folder;
            }
        }

        return null;
    }

    // A backend that goes away meanwhile uses nothing.
    private static bool Uses(string backend, Storage storage, bool isReadOnly)
    {
        try
        {
            string[] numbers = File.ReadAllText($"{backend}/physical_device").Trim().Split(':');
            return numbers.Length == 2 && uint.TryParse(numbers[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint major) &&
                uint.TryParse(numbers[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint minor) &&
                Storage.Of(major, minor).IsSameAs(storage) && (!isReadOnly || File.ReadAllText($"{backend}/mode").Contains('w'));
        }
        catch (IOException)
        {
            return false;
        }
    }

    // One that is kept for a look at why it stopped writes no more.
    private static bool HasStopped(DomainId domain)
    {
        using var xen = XenControl.Open();
        return xen.Domains.Find(domain) is not { } info || (info.State & (DomainState.Shutdown | DomainState.Dying)) != 0;
    }
}
