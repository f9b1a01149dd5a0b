using System;
using System.Text;

namespace Sharpen.Toolstack.Booting;

/// <summary>What a boot loader found for a guest to boot. Source: pygrub's output format <c>simple0</c>.</summary>
/// <param name="Kernel">The kernel's file.</param>
/// <param name="Ramdisk">The ramdisk's file; empty for none.</param>
/// <param name="CommandLine">The kernel's command line; null when it says nothing of it.</param>
public sealed record BootChoice(string Kernel, string Ramdisk, string? CommandLine)
{
    /// <summary>Understands what a boot loader wrote: <c>kernel PATH</c>, <c>ramdisk PATH</c>, <c>args TEXT</c>, each with a zero or a line
    /// end behind it.</summary>
    /// <returns>Null when it names no kernel.</returns>
    public static BootChoice? Parse(ReadOnlySpan<byte> output)
    {
        string kernel = "";
        string ramdisk = "";
        string? arguments = null;
        foreach (string line in Encoding.UTF8.GetString(output).Split('\0', '\n'))
        {
            int space = line.IndexOf(' ');
            string value = space < 0 ? "" : line[(space + 1)..];
            switch (space < 0 ? line : line[..space])
            {
                case "kernel":
                    kernel = value;
                    break;
                case "ramdisk":
                    ramdisk = value;
                    break;
                case "args":
                    arguments = value;
                    break;
            }
        }

        return kernel.Length > 0 ? new BootChoice(kernel, ramdisk, arguments) : null;
    }
}
