using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>A program in C for dom0, compiled for one test and gone with it.</summary>
public sealed class ClientProgram : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("client").FullName;

    private ClientProgram()
    {
    }

    /// <summary>The program, for <c>./run --add</c>.</summary>
    public string File => Path.Combine(_folder, "program");

    /// <summary>Compiles it.</summary>
    /// <param name="source">From the repository's root.</param>
    public static async Task<ClientProgram> CompileAsync(string source)
    {
        ClientProgram program = new();
        using Process compiler = Process.Start("gcc", ["-std=c11", "-O1", "-D_GNU_SOURCE", "-o", program.File, Path.Combine(Repository.Root, source)]);
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
        return program;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
