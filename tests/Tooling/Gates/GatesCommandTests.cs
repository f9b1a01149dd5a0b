using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using Sharpen.Build;
using Sharpen.Build.Gates;
using Xunit;

namespace Sharpen.Tooling.Gates;

/// <summary>Objects made by the assembler that the build uses for its stubs.</summary>
public sealed class GatesCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gates").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("call RhBox", "boxed")]
    [InlineData("call RhpNewFast", "allocated")]
    [InlineData("call RhpStackProbe", "4 KiB")]
    [InlineData("call something_else", "undefined symbol something_else")]
    [InlineData(".globl N_Type___cctor\n.type N_Type___cctor, @function\nN_Type___cctor: ret", "static initialiser")]
    [InlineData("movups %xmm1, (%rdi)", "xmm1")]
    public void An_object_that_breaks_a_rule_is_refused(string text, string expected) => Assert.Contains(expected, Assert.Single(Gates(text)));

    [Theory]
    [InlineData("call defined_by_a_stub")]
    [InlineData("lea fixups_start(%rip), %rax")]
    [InlineData("movups %xmm0, (%rdi)")]
    public void What_the_stubs_provide_is_allowed(string text) => Assert.Empty(Gates(text));

    [Fact]
    public void The_report_names_the_figures()
    {
        Assert.Empty(Gates("sub $120, %rsp\n jmp *%rax"));
        string report = File.ReadAllText(Path.Combine(_folder, "report"));
        Assert.Contains("largest frame 120 bytes (function)", report);
        Assert.Contains("indirect branches: 1 (1 jumps, 0 calls)", report);
    }

    private IReadOnlyList<string> Gates(string text)
    {
        string subject = Assemble("subject", $".globl function\n.type function, @function\nfunction:\n{text}\nret\n");
        string stub = Assemble("stub", ".globl defined_by_a_stub\ndefined_by_a_stub: ret\n");
        return GatesCommand.Run(new Arguments([subject, "--stub", stub, "-o", Path.Combine(_folder, "report")]));
    }

    private string Assemble(string name, string text)
    {
        string source = Path.Combine(_folder, $"{name}.s");
        string target = Path.Combine(_folder, $"{name}.o");
        File.WriteAllText(source, text);
        using Process clang = Process.Start("clang", ["--target=x86_64-unknown-none-elf", "-c", source, "-o", target]);
        clang.WaitForExit();
        Assert.Equal(0, clang.ExitCode);
        return target;
    }
}
