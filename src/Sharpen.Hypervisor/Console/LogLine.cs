using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sharpen.Machine.Cpu;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Time;

namespace Sharpen.Hypervisor.Console;

/// <summary>What <c>Log.Info($"...")</c> becomes: the line is built on the stack, and not at all when nobody wants it.</summary>
/// <remarks>
/// Holes: integers in decimal, <c>{n:x}</c> with 0x, <c>{n:p}</c> as 16 hex digits, <c>{n,8}</c> right-aligned; frames and addresses in hex;
/// spans of bytes as text with what is unprintable replaced; anything that is <see cref="ILogText"/>.
/// </remarks>
/// <typeparam name="TKind">The level, and who can cause the line.</typeparam>
[InterpolatedStringHandler]
public struct LogLine<TKind>
    where TKind : struct, ILogKind
{
    private TextLine _line;

    /// <summary>For kinds that have a level of their own.</summary>
    public LogLine(int literals, int holes, out bool wanted)
        : this(literals, holes, LogLevel.None, out wanted)
    {
    }

    /// <summary>For lines whose level is an argument.</summary>
    public LogLine(int literals, int holes, LogLevel level, out bool wanted)
    {
        _ = literals + holes;
        wanted = TKind.Admits(level);
        IsWanted = wanted;
    }

    /// <summary>Whether the line was built.</summary>
    public readonly bool IsWanted { get; }

    /// <summary>The line.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => _line.Text;

    public void AppendLiteral(string text) => _line.Append(text);

    public void AppendFormatted(ulong value) => _line.AppendDecimal(value);

    public void AppendFormatted(uint value) => _line.AppendDecimal(value);

    public void AppendFormatted(long value) => _line.AppendSigned(value);

    public void AppendFormatted(int value) => _line.AppendSigned(value);

    public void AppendFormatted(ulong value, int alignment) => _line.AppendDecimal(value, alignment);

    public void AppendFormatted(ulong value, string format)
    {
        bool padded = format[0] == 'p';
        _line.Append(padded ? "" : "0x");
        _line.AppendHex(value, padded ? 16 : 1);
    }

    public void AppendFormatted(bool value) => _line.Append(value ? "yes" : "no");

    public void AppendFormatted(char value) => _line.Append((byte)value);

    public void AppendFormatted(string text) => _line.Append(text);

    public void AppendFormatted(scoped ReadOnlySpan<byte> text) => _line.Append(text);

    public void AppendFormatted(scoped Span<byte> text) => _line.Append(text);

    public void AppendFormatted(Mfn frame) => AppendFormatted(frame.Value, "x");

    public void AppendFormatted(MachineAddress address) => AppendFormatted(address.Value, "x");

    public void AppendFormatted(CpuId cpu)
    {
        _line.Append("CPU");
        _line.AppendSigned(cpu.Value);
    }

    public void AppendFormatted(Duration length) => LogUnits.Append(ref _line, length);

    public void AppendFormatted(Instant time) => LogUnits.Append(ref _line, time);

    public void AppendFormatted<T>(T value)
        where T : struct, ILogText => value.AppendTo(ref _line);
}
