using System;
using System.Runtime.InteropServices;

namespace Sharpen.Xl.Processes;

/// <summary>The terminal on standard input, raw as long as this lives: each key goes on as it is. Source: termios(3).</summary>
public sealed class RawTerminal : IDisposable
{
    private const int OpaqueBytes = 128;
    private readonly byte[] _before = new byte[OpaqueBytes];
    private readonly bool _isTerminal;

    public RawTerminal()
    {
        _isTerminal = Get(0, _before) == 0;
        if (_isTerminal)
        {
            byte[] raw = (byte[])_before.Clone();
            MakeRaw(raw);
            _ = Set(0, 0, raw);
        }
    }

    public void Dispose()
    {
        if (_isTerminal)
        {
            _ = Set(0, 0, _before);
        }
    }

    [DllImport("libc", EntryPoint = "tcgetattr")]
    private static extern int Get(int descriptor, byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    private static extern int Set(int descriptor, int when, byte[] settings);

    [DllImport("libc", EntryPoint = "cfmakeraw")]
    private static extern void MakeRaw(byte[] settings);
}
