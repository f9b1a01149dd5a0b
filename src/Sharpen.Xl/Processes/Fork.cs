using System;
using System.Runtime.InteropServices;

namespace Sharpen.Xl.Processes;

/// <summary>Splits this process, which costs a fraction of starting the program again. Of the runtime only the calling thread is in the new
/// half: it may do little, soon becomes the program anew or ends, and must never return. Source: fork(2), execve(2), <c>fcntl.h</c> of glibc.</summary>
public static class Fork
{
    private const int CloseOnExec = 0x80000;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const uint LogMode = 0x1a4;
    private const int FirstOther = 3;

    // SIGINT, SIGQUIT, SIGTERM: whoever handles them in the other half is no thread of this.
    private static readonly int[] s_signals = [2, 3, 15];

    /// <summary>Splits. The new half is in a session of its own, and has a pipe as its input and a log as its output.</summary>
    /// <param name="log">The log's path.</param>
    /// <param name="pipe">In the old half the writing end of the other's input.</param>
    /// <returns>True in the new half, false in the old one; null, in the old one, when it could not be done.</returns>
    public static bool? Split(string log, out int pipe)
    {
        int[] ends = new int[2];
        pipe = -1;
        if (MakePipe(ends, CloseOnExec) != 0)
        {
            return null;
        }

        int output = Open(log, WriteOnly | Create | Append | CloseOnExec, LogMode);

        // The runtime's own thread has come to rest then: it holds no lock that the new half would wait for in vain.
        GC.WaitForPendingFinalizers();
        int process = Now();
        if (process == 0)
        {
            _ = NewSession();
            _ = Duplicate(ends[0], 0);
            _ = Duplicate(output, 1);
            _ = Duplicate(output, 2);
            _ = CloseFrom(FirstOther, uint.MaxValue, 0);
            foreach (int signal in s_signals)
            {
                _ = SetSignal(signal, 0);
            }

            return true;
        }

        _ = Close(ends[0]);
        _ = Close(output);
        if (process < 0)
        {
            _ = Close(ends[1]);
            return null;
        }

        pipe = ends[1];
        return false;
    }

    /// <summary>Waits for a message on standard input; it is shorter when the other half is gone.</summary>
    public static byte[] Hear(int bytes)
    {
        byte[] message = new byte[bytes];
        nint count = Read(0, message, (nuint)bytes);
        return count == bytes ? message : [];
    }

    /// <summary>Tells the new half something.</summary>
    public static bool Tell(int pipe, byte[] message) => Write(pipe, message, (nuint)message.Length) == message.Length;

    /// <summary>Closes a pipe.</summary>
    public static void End(int pipe) => _ = Close(pipe);

    /// <summary>Becomes this program anew.</summary>
    public static void Become(params string[] arguments)
    {
        string?[] all = ["xl", .. arguments, null];
        _ = Execute("/proc/self/exe", all, [$"PATH={Environment.GetEnvironmentVariable("PATH")}", null]);
        Exit(1);
    }

    /// <summary>Ends at once, and leaves to the other half what belongs to both.</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    public static extern void Exit(int status);

    [DllImport("libc", EntryPoint = "pipe2")]
    private static extern int MakePipe(int[] ends, int flags);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "fork")]
    private static extern int Now();

    [DllImport("libc", EntryPoint = "setsid")]
    private static extern int NewSession();

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "close_range")]
    private static extern int CloseFrom(uint first, uint last, int flags);

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetSignal(int signal, nint handler);

    [DllImport("libc", EntryPoint = "execve")]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] arguments,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] environment);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint Read(int descriptor, byte[] bytes, nuint count);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int descriptor, byte[] bytes, nuint count);
}
