using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Sharpen.AbiCheck;

/// <summary>Asks gcc, through a program that prints them, what C expressions over Xen's public headers are worth.</summary>
internal static class HeaderCompiler
{
    private const string Prologue = """
        #define _GNU_SOURCE
        #include <elf.h>
        #include <stddef.h>
        #include <stdint.h>
        #include <stdio.h>
        #define __XEN_TOOLS__ 1
        #define XEN_ERRNO(name, value) XEN_##name = value,
        #define __XEN__ 1
        enum xen_errno {
        #include <xen/errno.h>
        };
        #undef __XEN__
        #include <xen/xen.h>
        #include <xen/arch-x86/xen-mca.h>
        #include <xen/callback.h>
        #include <xen/hvm/save.h>
        #include <xen/event_channel.h>
        #include <xen/grant_table.h>
        #include <xen/memory.h>
        #define __XEN__ 1
        #include <xen/domctl.h>
        #undef __XEN__
        #include <xen/elfnote.h>
        #include <xen/features.h>
        #include <xen/hypfs.h>
        #include <xen/physdev.h>
        #include <xen/platform.h>
        #include <xen/sched.h>
        #include <xen/sysctl.h>
        #include <xen/vcpu.h>
        #include <xen/version.h>
        """;

    /// <summary>The value of each expression, in order.</summary>
    internal static IReadOnlyDictionary<string, ulong> Evaluate(IEnumerable<string> expressions)
    {
        List<string> all = expressions.Distinct().ToList();
        string folder = Directory.CreateTempSubdirectory("sharpen-abi").FullName;
        try
        {
            string source = Path.Combine(folder, "values.c");
            string program = Path.Combine(folder, "values");
            IEnumerable<string> prints = all.Select(one => $"    printf(\"%llu\\n\", (unsigned long long)({one}));");
            File.WriteAllText(source, $"{Prologue}\nint main(void)\n{{\n{string.Join('\n', prints)}\n    return 0;\n}}\n");
            Run("gcc", "-std=gnu11", "-o", program, source);
            string[] lines = Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return all.Zip(lines, (one, line) => (one, value: ulong.Parse(line))).ToDictionary(pair => pair.one, pair => pair.value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = string.Empty;
        process.ErrorDataReceived += (_, line) => errors += line.Data + "\n";
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed:\n{errors}");
    }
}
