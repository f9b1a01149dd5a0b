using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>A file that the boot loader put into memory.</summary>
public readonly struct BootModule
{
    /// <summary>A module.</summary>
    public BootModule(MachineAddress start, ulong bytes, BootText commandLine)
    {
        Start = start;
        Bytes = bytes;
        CommandLine = commandLine;
    }

    /// <summary>Its first byte.</summary>
    public MachineAddress Start { get; }

    /// <summary>Its length, never 0.</summary>
    public ulong Bytes { get; }

    /// <summary>What the loader's configuration says after the file's name, or with it: see <see cref="BootInformation.Arguments"/>.</summary>
    public BootText CommandLine { get; }
}
