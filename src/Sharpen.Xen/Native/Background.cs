using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sharpen.Abi;

namespace Sharpen.Xen.Native;

/// <summary>
/// A daemon's way into the background: the program starts itself again, waits until that one is ready, and ends. A runtime with threads
/// cannot fork.
/// </summary>
public static unsafe class Background
{
    private const string Variable = "SHARPEN_READY_FILE";

    /// <summary>Starts this program again in the background.</summary>
    /// <returns>0 when it is ready; 1 when it ended before.</returns>
    public static int Start(string[] arguments)
    {
        int* files = stackalloc int[2];
        if (Libc.Pipe(files, 0) < 0)
        {
            throw new XenException("make a pipe", null, (Errno)Marshal.GetLastPInvokeError());
        }

        List<string> environment = [];
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment.Add($"{entry.Key}={entry.Value}");
        }

        environment.Add(string.Create(CultureInfo.InvariantCulture, $"{Variable}={files[1]}"));
        Spawn(Environment.ProcessPath!, [Environment.ProcessPath!, .. arguments], environment);
        _ = Libc.Close(files[1]);
        byte ready = 0;
        nint got = Libc.Read(files[0], &ready, 1);
        _ = Libc.Close(files[0]);
        return got == 1 ? 0 : 1;
    }

    /// <summary>Whether this is the program that was started in the background.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(Variable) is not null;

    /// <summary>Tells who started this that it is ready, and leaves its terminal.</summary>
    public static void Ready()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int file))
        {
            return;
        }

        _ = Libc.NewSession();
        int nothing = Libc.Open("/dev/null", Libc.ReadWrite);
        for (int standard = 0; standard < 3 && nothing >= 0; standard++)
        {
            _ = Libc.Duplicate(nothing, standard);
        }

        byte ready = 1;
        _ = Libc.Write(file, &ready, 1);
        _ = Libc.Close(file);
        Environment.SetEnvironmentVariable(Variable, null);
    }

    private static void Spawn(string path, List<string> arguments, List<string> environment)
    {
        using ProgramTexts texts = new(arguments, environment);
        int process;
        int error;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            error = Libc.Spawn(&process, name, null, null, texts.Arguments, texts.Environment);
        }

        if (error != 0)
        {
            throw new XenException($"start {path}", null, (Errno)error);
        }
    }
}
