using System;
using System.Diagnostics.CodeAnalysis;
using Sharpen.Hypervisor.Boot.Map;
using Sharpen.Machine.Collections;
using Sharpen.Machine.Efi;
using Sharpen.Machine.Memory;

namespace Sharpen.Hypervisor.Boot.Loader;

/// <summary>
/// What the boot loader told, copied out of its memory and in one form whatever the protocol was. Nothing here has been believed yet but
/// that lengths fit: addresses and ranges are claims.
/// </summary>
public struct BootInformation
{
    /// <summary>The most modules that are kept.</summary>
    public const int MaxModules = Fixed32<BootModule>.Length;

    private Fixed8192<byte> _text;
    private Fixed64<byte> _rsdp;
    private Fixed32<BootModule> _modules;
    private int _textLength;
    private Fixed128<EfiRange> _efiRanges;
    private int _rsdpLength;
    private int _efiRangeCount;

    /// <summary>The memory map as claimed.</summary>
    public RangeList Memory;

    /// <summary>Which loader interface this came by.</summary>
    public BootProtocol Protocol { get; internal set; }

    /// <summary>Our own command line.</summary>
    public BootText CommandLine { get; internal set; }

    /// <summary>What the loader calls itself.</summary>
    public BootText LoaderName { get; internal set; }

    /// <summary>The screen.</summary>
    public BootScreen Screen { get; internal set; }

    /// <summary>What EFI's services use while an operating system runs.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<EfiRange> EfiRanges => _efiRanges.ReadOnly.Slice(0, _efiRangeCount);

    /// <summary>EFI's system table, or 0 without EFI.</summary>
    public MachineAddress EfiSystemTable { get; internal set; }

    /// <summary>How many modules there are.</summary>
    public int ModuleCount { get; private set; }

    /// <summary>Modules and texts that did not fit or made no sense.</summary>
    public uint Lost { get; internal set; }

    /// <summary>The modules, in the loader's order: the first is the control domain's kernel.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<BootModule> Modules => _modules.ReadOnly.Slice(0, ModuleCount);

    /// <summary>ACPI's root pointer as the loader copied it; empty when it did not.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Rsdp => _rsdp.ReadOnly.Slice(0, _rsdpLength);

    /// <summary>The bytes of a text.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text(BootText text) => _text.ReadOnly.Slice(text.Start, text.Length);

    /// <summary>A command line without the file's name that some loaders put first.</summary>
    /// <remarks>QEMU always does. Of other loaders' lines, a first word with a slash and no equals sign is a name: GRUB Legacy puts it there, GRUB 2 does not.</remarks>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Arguments(BootText commandLine)
    {
        ReadOnlySpan<byte> text = SkipBlanks(Text(commandLine));
        int word = 0;
        bool hasSlash = false;
        bool hasEquals = false;
        while (word < text.Length && text[word] != (byte)' ')
        {
            hasSlash |= text[word] == (byte)'/';
            hasEquals |= text[word] == (byte)'=';
            word++;
        }

        bool isName = Text(LoaderName).StartsWith("qemu"u8) || (hasSlash && !hasEquals);
        return isName ? SkipBlanks(text.Slice(word)) : text;
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear() => this = default;

    /// <summary>Copies a text up to its first zero byte into the pool.</summary>
    internal BootText AddText(scoped ReadOnlySpan<byte> bytes)
    {
        int start = _textLength;
        foreach (byte value in bytes)
        {
            if (value == 0)
            {
                break;
            }

            if (_textLength == _text.ReadOnly.Length)
            {
                Lost++;
                break;
            }

            _text[_textLength++] = value;
        }

        return new BootText(start, _textLength - start);
    }

    /// <summary>Copies a text that ends with a zero byte out of the loader's memory; at most so many bytes.</summary>
    internal BootText AddTextAt(MachineAddress address, int limit)
    {
        int start = _textLength;
        for (int i = 0; i < limit && address.Value != 0; i++)
        {
            ReadOnlySpan<byte> one = FirmwareMemory.Read(address + (ulong)i, 1);
            if (one.IsEmpty || one[0] == 0)
            {
                break;
            }

            if (_textLength == _text.ReadOnly.Length)
            {
                Lost++;
                break;
            }

            _text[_textLength++] = one[0];
        }

        return new BootText(start, _textLength - start);
    }

    /// <summary>Adds a module; one that is empty, ends before it starts or does not fit is counted as lost.</summary>
    internal void AddModule(ulong start, ulong end, BootText commandLine)
    {
        if (end <= start || ModuleCount == MaxModules)
        {
            Lost++;
            return;
        }

        _modules[ModuleCount++] = new BootModule(new MachineAddress(start), end - start, commandLine);
    }

    /// <summary>Adds memory that EFI's services use; one too many is counted as lost.</summary>
    internal void AddEfiRange(EfiRange range)
    {
        if (_efiRangeCount == _efiRanges.ReadOnly.Length)
        {
            Lost++;
            return;
        }

        _efiRanges[_efiRangeCount++] = range;
    }

    /// <summary>Keeps a copy of the root pointer; of several, the longest.</summary>
    internal void SetRsdp(scoped ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> kept = bytes.Slice(0, Math.Min(bytes.Length, Fixed64<byte>.Length));
        if (kept.Length > _rsdpLength)
        {
            kept.CopyTo(_rsdp.Span);
            _rsdpLength = kept.Length;
        }
    }

    private static ReadOnlySpan<byte> SkipBlanks(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && text[at] == (byte)' ')
        {
            at++;
        }

        return text.Slice(at);
    }
}
