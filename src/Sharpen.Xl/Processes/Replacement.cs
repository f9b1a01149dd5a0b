using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Sharpen.Xl.Processes;

/// <summary>Another program in this one's place: it has this one's number, terminal and environment. Source: execv(3).</summary>
public static class Replacement
{
    private const int ReadWrite = 2;

    /// <summary>Becomes a program; returns only when that cannot be done.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Behind its name.</param>
    /// <param name="input">What it opens as standard input; null for what this one has.</param>
    public static void Become(string path, IReadOnlyList<string> arguments, string? input)
    {
        if (input is not null)
        {
            _ = Duplicate(Open(input, ReadWrite), 0);
        }

        _ = Execute(path, [path, .. arguments, null]);
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "execv")]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPUTF8Str)] string?[] arguments);
}
