using System;
using Sharpen.Hypervisor.Console;
using Sharpen.Machine.Diagnostics;

namespace Sharpen.Hypervisor.Diagnostics;

/// <summary>A code address as text: <c>[&lt;ffff82d080201234&gt;] Type.Method+0x12 (File.cs:34)</c>.</summary>
internal readonly struct CodeText : ILogText
{
    private readonly ulong _address;
    private readonly bool _isReturn;

    private CodeText(ulong address, bool isReturn)
    {
        _address = address;
        _isReturn = isReturn;
    }

    /// <summary>Where an instruction is.</summary>
    internal static CodeText Instruction(ulong address) => new(address, false);

    /// <summary>Where a call returns to: the line is that of the call.</summary>
    internal static CodeText Return(ulong address) => new(address, true);

    /// <summary>The symbol at an address of the image; false when it has none.</summary>
    internal static bool TryFind(ulong address, bool isReturn, out Symbol symbol)
    {
        symbol = default;
        ulong start = ImageSymbols.Start;
        ulong looked = isReturn && address > start ? address - 1 : address;
        return looked >= start && new SymbolTable(ImageSymbols.Bytes).TryFind(looked - start, out symbol);
    }

    /// <inheritdoc/>
    public void AppendTo(ref TextLine line)
    {
        line.Append("[<");
        line.AppendHex(_address, 16);
        line.Append(">]");
        if (!TryFind(_address, _isReturn, out Symbol symbol))
        {
            return;
        }

        line.Append(" ");
        line.Append(LastPart(symbol.Type, (byte)'.'));
        line.Append(symbol.Type.IsEmpty ? "" : ".");
        line.Append(symbol.Method);
        line.Append("+0x");
        line.AppendHex(symbol.Within + (_isReturn ? 1u : 0));
        if (symbol.Line != 0)
        {
            line.Append(" (");
            line.Append(LastPart(symbol.File, (byte)'/'));
            line.Append(":");
            line.AppendDecimal(symbol.Line);
            line.Append(")");
        }
    }

    private static ReadOnlySpan<byte> LastPart(ReadOnlySpan<byte> text, byte separator)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            start = text[i] == separator ? i + 1 : start;
        }

        return text.Slice(start);
    }
}
