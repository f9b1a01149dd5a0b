using System;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>A terminal whose one end is a program's and whose other end is this process. It passes every byte as it is.</summary>
public sealed unsafe class PseudoTerminal : IDisposable
{
    private const int ModesSize = 256;
    private const int BothQueues = 2;

    private PseudoTerminal(FileHandle master, string path)
    {
        Stream = new ByteStream(master, isSocket: false);
        Path = path;
    }

    /// <summary>This process's end.</summary>
    public ByteStream Stream { get; }

    /// <summary>What a program opens as its end.</summary>
    public string Path { get; }

    /// <summary>Whether a program has it open.</summary>
    public bool IsOpen
    {
        get
        {
            PollEntry entry = new() { File = Stream.Handle.Descriptor };
            return Libc.Poll(&entry, 1, 0) >= 0 && (entry.Happened & Libc.PollHangUp) == 0;
        }
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="XenException">The kernel refused.</exception>
    public static PseudoTerminal Create()
    {
        int file = Libc.OpenTerminal(Libc.ReadWrite | Libc.NoTerminal | Libc.CloseOnExec | Libc.NonBlocking);
        if (file < 0)
        {
            throw Failure();
        }

        FileHandle master = new(file);
        byte* name = stackalloc byte[128];
        if (Libc.GrantTerminal(file) < 0 || Libc.UnlockTerminal(file) < 0 || Libc.NameTerminal(file, name, 128) != 0)
        {
            master.Dispose();
            throw Failure();
        }

        PseudoTerminal terminal = new(master, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
        // Only an end that was open once shows when it is not.
        int other = Libc.Open(terminal.Path, Libc.ReadWrite | Libc.NoTerminal | Libc.CloseOnExec);
        terminal.MakeRaw();
        _ = Libc.Close(other);
        return terminal;
    }

    /// <summary>Has it pass bytes as they are, whatever a program set.</summary>
    public void MakeRaw()
    {
        byte* modes = stackalloc byte[ModesSize];
        if (Libc.GetModes(Stream.Handle.Descriptor, modes) == 0)
        {
            Libc.MakeRaw(modes);
            _ = Libc.SetModes(Stream.Handle.Descriptor, 0, modes);
        }
    }

    /// <summary>Drops what nobody read.</summary>
    public void Drop() => _ = Libc.Flush(Stream.Handle.Descriptor, BothQueues);

    public void Dispose() => Stream.Dispose();

    private static XenException Failure() => new("make a terminal", null, (Errno)Marshal.GetLastPInvokeError());
}
