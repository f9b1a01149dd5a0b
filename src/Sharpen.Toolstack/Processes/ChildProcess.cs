using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace Sharpen.Toolstack.Processes;

/// <summary>A program that this one starts in a session of its own: what is typed on this one's terminal does not reach it, and it may outlive
/// this one. Source: posix_spawn(3), <c>spawn.h</c> of glibc, waitpid(2).</summary>
public sealed class ChildProcess
{
    /// <summary>The file of the program that runs, even if another is at its place by now.</summary>
    public const string Itself = "/proc/self/exe";

    private const int OpaqueBytes = 512;
    private const short SetSession = 0x80;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const uint LogMode = 0x180;
    private const int NoHang = 1;
    private const int Terminate = 15;
    private const int KillSignal = 9;
    private const int MostPause = 16;
    private int? _status;

    private ChildProcess(int id) => Id = id;

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Behind its name.</param>
    /// <param name="input">What it opens as standard input; a terminal becomes the one that controls it.</param>
    /// <param name="output">What it opens as standard output and error, to write at the end; made if it is not there.</param>
    /// <param name="variables">What its environment has beside this one's.</param>
    /// <returns>Null when it could not be started.</returns>
    public static ChildProcess? Start(string path, IReadOnlyList<string> arguments, string input, string output, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        byte[] actions = new byte[OpaqueBytes];
        byte[] attributes = new byte[OpaqueBytes];
        _ = InitialiseActions(actions);
        _ = InitialiseAttributes(attributes);
        _ = SetFlags(attributes, SetSession);
        _ = AddOpen(actions, 0, input, ReadWrite, 0);
        _ = AddOpen(actions, 1, output, ReadWrite | Create | Append, LogMode);
        _ = AddDuplicate(actions, 1, 2);
        string?[] all = [path == Itself ? Path.GetFileName(System.Environment.GetCommandLineArgs()[0]) : path, .. arguments, null];
        int error = Spawn(out int id, path, actions, attributes, all, Environment(variables));
        _ = DestroyActions(actions);
        _ = DestroyAttributes(attributes);
        return error == 0 ? new ChildProcess(id) : null;
    }

    /// <summary>Whether it has ended.</summary>
    /// <param name="status">Its exit status, or 128 and the number of the signal that ended it.</param>
    public bool HasEnded(out int status)
    {
        if (_status is null && Wait(Id, out int word, NoHang) == Id)
        {
            _status = (word & 0x7f) == 0 ? (word >> 8) & 0xff : 128 + (word & 0x7f);
        }

        status = _status ?? 0;
        return _status is not null;
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its status, as <see cref="HasEnded"/> gives it; null when the time passed before.</returns>
    public int? WaitForEnd(TimeSpan most)
    {
        long until = System.Environment.TickCount64 + (long)most.TotalMilliseconds;
        for (int pause = 1; System.Environment.TickCount64 < until; pause = Math.Min(2 * pause, MostPause))
        {
            if (HasEnded(out int status))
            {
                return status;
            }

            Thread.Sleep(pause);
        }

        return null;
    }

    /// <summary>Ends it at once, with all that it started.</summary>
    public void Destroy() => _ = Kill(-Id, KillSignal);

    /// <summary>Ends it, if it has not ended.</summary>
    public void End()
    {
        if (!HasEnded(out _))
        {
            End(Id);
        }
    }

    /// <summary>Asks a process to end.</summary>
    public static void End(int id) => _ = Kill(id, Terminate);

    private static string?[] Environment(IEnumerable<KeyValuePair<string, string>> variables)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            all[(string)variable.Key] = (string?)variable.Value;
        }

        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        var texts = new List<string?>();
        foreach (var (name, value) in all)
        {
            texts.Add($"{name}={value}");
        }

        return [.. texts, null];
    }

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
    private static extern int Spawn(out int process, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, byte[] actions, byte[] attributes,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] arguments,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] environment);

    [DllImport("libc", EntryPoint = "waitpid")]
    private static extern int Wait(int process, out int status, int options);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
