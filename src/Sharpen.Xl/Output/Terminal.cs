using System;
using System.Text;

namespace Sharpen.Xl.Output;

/// <summary>Standard output and standard error, without the cost of <see cref="Console"/>: what is said is kept, and written when
/// there is much of it, before somebody else writes, and at the end.</summary>
public sealed class Terminal : IDisposable
{
    private const int Most = 1 << 16;
    private readonly StringBuilder _text = new();

    /// <summary>Says a line on standard output.</summary>
    public void Line(string text = "")
    {
        _text.Append(text).Append('\n');
        FlushIfLong();
    }

    /// <summary>Says something on standard output.</summary>
    public void Write(string text)
    {
        _text.Append(text);
        FlushIfLong();
    }

    /// <summary>Says bytes on standard output.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Flush();
        Descriptor.Write(1, bytes);
    }

    /// <summary>Says a line on standard error.</summary>
    public void Complain(string text)
    {
        Flush();
        Descriptor.Write(2, Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>Writes what is kept.</summary>
    public void Flush()
    {
        if (_text.Length > 0)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(_text.ToString());
            _text.Clear();
            Descriptor.Write(1, bytes);
        }
    }

    public void Dispose() => Flush();

    private void FlushIfLong()
    {
        if (_text.Length >= Most)
        {
            Flush();
        }
    }
}
