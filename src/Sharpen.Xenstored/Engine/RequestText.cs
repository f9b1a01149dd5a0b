using System;
using System.Globalization;
using System.Text;

namespace Sharpen.Xenstored.Engine;

/// <summary>Reads a request's texts, each ended by a zero byte. Characters are bytes.</summary>
internal ref struct RequestText(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>What was not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Takes a text that must be there.</summary>
    internal bool TryTake(out string text)
    {
        int end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            text = "";
            return false;
        }

        text = Encoding.Latin1.GetString(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Takes a text that must be there, with nothing behind it.</summary>
    internal bool TryTakeOnly(out string text) => TryTake(out text) && _rest.IsEmpty;

    /// <summary>Takes a decimal number that must be there.</summary>
    internal bool TryTakeNumber(out ulong number)
    {
        number = 0;
        return TryTake(out string text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Takes the id of a domain that must be there.</summary>
    internal bool TryTakeDomain(out ushort domain)
    {
        bool valid = TryTakeNumber(out ulong number) && number < 0x7ff0;
        domain = valid ? (ushort)number : (ushort)0;
        return valid;
    }
}
