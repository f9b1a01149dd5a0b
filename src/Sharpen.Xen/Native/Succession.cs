using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>
/// Another program takes over this process, with its number and the files that were left to it. What it must know of them it is told as a
/// text.
/// </summary>
public static unsafe class Succession
{
    private const string Variable = "SHARPEN_LEFT_FILE";

    /// <summary>Whether this program took over a process.</summary>
    public static bool IsHeir => Environment.GetEnvironmentVariable(Variable) is not null;

    /// <summary>The file that was left to this program by its number; null when none was.</summary>
    public static FileHandle? TakeFile()
    {
        string? text = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int file) ? Take(file) : null;
    }

    /// <summary>A socket that was left to this program.</summary>
    public static ByteStream TakeSocket(int file) => new(Take(file), isSocket: true);

    /// <summary>Leaves a file to the successor, or takes that back.</summary>
    public static void Leave(FileHandle file, bool isLeft) => _ = Libc.ChangeFile(file.Descriptor, Libc.SetFlags, isLeft ? 0 : Libc.CloseOnExecFlag);

    /// <summary>Becomes another program; returns only if that failed.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its command line, its name first.</param>
    /// <param name="left">The file whose number it is told; null: none.</param>
    public static Errno Become(string path, IReadOnlyList<string> arguments, FileHandle? left = null)
    {
        List<string> environment = left is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"{Variable}={left.Descriptor}")];
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment.Add($"{entry.Key}={entry.Value}");
        }

        using ProgramTexts texts = new(arguments, environment);
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            _ = Libc.Execute(name, texts.Arguments, texts.Environment);
        }

        return (Errno)Marshal.GetLastPInvokeError();
    }

    /// <summary>A file that was left to this program by its number.</summary>
    public static FileHandle Take(int file)
    {
        FileHandle handle = new(file);
        Leave(handle, isLeft: false);
        return handle;
    }
}
