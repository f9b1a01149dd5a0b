using System;
using System.Buffers.Binary;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Grants;

namespace Sharpen.Hypervisor.Hypercalls.HypFs;

/// <summary>What entries hold that are no directories, and what happens when they are written.</summary>
internal static class HypFsValue
{
    /// <summary>Room for any of them.</summary>
    internal const int Most = 64;

    private const uint MostFrames = 4095;

    /// <summary>Writes the content of an entry; text with a zero byte at its end. How many bytes.</summary>
    /// <param name="node">An entry that is no directory.</param>
    /// <param name="to">At least <see cref="Most"/> bytes, all zero.</param>
    internal static int Read(HypFsNode node, Span<byte> to) => node switch
    {
        HypFsNode.ChangeSet => Text(to, default),
        HypFsNode.CompileBy => Text(to, HostBuild.By),
        HypFsNode.CompileDate => Text(to, HostBuild.Date),
        HypFsNode.CompileDomain => Text(to, HostBuild.Domain),
        HypFsNode.Compiler => Text(to, HostBuild.Compiler),
        HypFsNode.Extra => Text(to, HostBuild.Extra),
        HypFsNode.Major => Number(to, VersionNumber.Major),
        HypFsNode.Minor => Number(to, VersionNumber.Minor),
        HypFsNode.GrantFrames => Digits(to, (uint)GrantLimits.Current.Frames),
        HypFsNode.GrantMapFrames => Digits(to, (uint)GrantLimits.Current.MapFrames),
        HypFsNode.GuestLevel => Text(to, LogLevels.NameOf(HostConsole.Levels.Guest)),
        HypFsNode.Level => Text(to, LogLevels.NameOf(HostConsole.Levels.Host)),
        HypFsNode.Granularity => Text(to, "cpu"u8),
        _ => 0,
    };

    /// <summary>Changes an entry that may be written. EINVAL: not such a value.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="text">What was written, without the zero byte.</param>
    internal static Errno Write(HypFsNode node, ReadOnlySpan<byte> text)
    {
        GrantLimits limits = GrantLimits.Current;
        LogLevels levels = HostConsole.Levels;
        uint number = 0;
        LogLevel level = default;
        bool isSound = node is HypFsNode.GuestLevel or HypFsNode.Level ? LogLevels.TryRead(text, out level) : TryNumber(text, out number);
        if (!isSound)
        {
            return Errno.Inval;
        }

        switch (node)
        {
            case HypFsNode.GrantFrames:
                GrantLimits.Set((int)number, limits.MapFrames);
                break;
            case HypFsNode.GrantMapFrames:
                GrantLimits.Set(limits.Frames, (int)number);
                break;
            case HypFsNode.GuestLevel:
                HostConsole.SetLevels(levels.Host, level);
                break;
            default:
                HostConsole.SetLevels(level, levels.Guest);
                break;
        }

        return Errno.None;
    }

    private static int Text(Span<byte> to, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to);
        return text.Length + 1;
    }

    private static int Number(Span<byte> to, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, value);
        return sizeof(uint);
    }

    private static int Digits(Span<byte> to, uint value)
    {
        int length = 1;
        for (uint rest = value; rest >= 10; rest /= 10)
        {
            length++;
        }

        for (int at = length - 1; at >= 0; at--)
        {
            to[at] = (byte)('0' + (value % 10));
            value /= 10;
        }

        return length + 1;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out uint number)
    {
        number = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9' || number > MostFrames)
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return number is > 0 and <= MostFrames;
    }
}
