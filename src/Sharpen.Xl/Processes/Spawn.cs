using System;
using System.Runtime.InteropServices;

namespace Sharpen.Xl.Processes;

/// <summary>Starts this program again in the background: in a session of its own, with a pipe as its input and a log as its output. The
/// runtime's own way cannot do that, and costs more. Source: posix_spawn(3), <c>spawn.h</c> of glibc.</summary>
public static class Spawn
{
    private const int OpaqueBytes = 512;
    private const short SetSession = 0x80;
    private const int CloseOnExec = 0x80000;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const uint LogMode = 0x1a4;

    /// <summary>Starts it.</summary>
    /// <param name="log">Where its output goes.</param>
    /// <param name="arguments">Behind its name.</param>
    /// <returns>The writing end of its input, or -1 when it could not be started.</returns>
    public static int Background(string log, params string[] arguments)
    {
        int[] pipe = new int[2];
        if (MakePipe(pipe, CloseOnExec) != 0)
        {
            return -1;
        }

        byte[] actions = new byte[OpaqueBytes];
        byte[] attributes = new byte[OpaqueBytes];
        _ = InitialiseActions(actions);
        _ = InitialiseAttributes(attributes);
        _ = SetFlags(attributes, SetSession);
        _ = AddDuplicate(actions, pipe[0], 0);
        _ = AddOpen(actions, 1, log, WriteOnly | Create | Append, LogMode);
        _ = AddDuplicate(actions, 1, 2);
        string?[] all = ["xl", .. arguments, null];
        int error = Start(out _, "/proc/self/exe", actions, attributes, all, [$"PATH={Environment.GetEnvironmentVariable("PATH")}", null]);
        _ = DestroyActions(actions);
        _ = DestroyAttributes(attributes);
        _ = Close(pipe[0]);
        if (error != 0)
        {
            _ = Close(pipe[1]);
            return -1;
        }

        return pipe[1];
    }

    /// <summary>Tells the program behind a pipe something.</summary>
    public static bool Tell(int pipe, byte message) => Write(pipe, [message], 1) == 1;

    /// <summary>Closes a pipe.</summary>
    public static void End(int pipe) => _ = Close(pipe);

    [DllImport("libc", EntryPoint = "pipe2")]
    private static extern int MakePipe(int[] ends, int flags);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static extern int InitialiseActions(byte[] actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static extern int DestroyActions(byte[] actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static extern int AddDuplicate(byte[] actions, int from, int to);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    private static extern int AddOpen(byte[] actions, int descriptor, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static extern int InitialiseAttributes(byte[] attributes);

    [DllImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static extern int DestroyAttributes(byte[] attributes);

    [DllImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static extern int SetFlags(byte[] attributes, short flags);

    [DllImport("libc", EntryPoint = "posix_spawn")]
    private static extern int Start(out int process, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, byte[] actions, byte[] attributes,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] arguments,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] environment);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int descriptor, byte[] bytes, nuint count);
}
