using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using Sharpen.Xl.Commands;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

/// <summary>Completion: the words themselves, and real shells that read what xl prints and ask an xl of the test's own while they complete.</summary>
[SupportedOSPlatform("linux")]
public sealed class CompletionTests : IDisposable
{
    private const string Hostile = "$(touch owned)";

    private static readonly string[] s_domains = ["Domain-0", "debian", "de web", Hostile];

    private readonly string _folder = Directory.CreateTempSubdirectory("completion").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_word_is_a_command() => Assert.Equal(CommandTable.Names, After());

    [Theory]
    [InlineData("pause", "Domain-0", "debian", "de web", Hostile)]
    [InlineData("pause debian")]
    [InlineData("create", "/")]
    [InlineData("create -f", "/")]
    [InlineData("config-update", "Domain-0", "debian", "de web", Hostile)]
    [InlineData("config-update debian", "/")]
    [InlineData("list debian", "Domain-0", "debian", "de web", Hostile)]
    [InlineData("list -l debian de", "Domain-0", "debian", "de web", Hostile)]
    [InlineData("sched-credit2 -d", "Domain-0", "debian", "de web", Hostile)]
    [InlineData("sched-credit2 -w")]
    [InlineData("sched-credit2")]
    [InlineData("completion", "bash", "zsh", "fish")]
    [InlineData("dump-core debian", "/")]
    [InlineData("info")]
    [InlineData("trigger debian", "nmi", "reset", "init", "power", "sleep", "s3resume")]
    [InlineData("vcpu-pin debian", "all")]
    [InlineData("mem-set debian")]
    [InlineData("frobnicate")]
    public void What_comes_next_is_what_the_command_wants(string before, params string[] expected) =>
        Assert.Equal(expected, After(before.Split(' ')).Where(static word => !word.StartsWith('-')));

    [Fact]
    public void Options_are_offered_but_not_behind_one_that_wants_a_value()
    {
        Assert.Contains("--long", After("list"));
        Assert.Contains("--long", After("list", "--verbose", "debian"));
        Assert.DoesNotContain("--weight", After("sched-credit2", "--weight"));
        Assert.Contains("--weight", After("sched-credit2", "--weight", "3"));
    }

    [Fact]
    public void Names_of_domains_are_asked_for_only_where_one_can_stand()
    {
        CompletionWords.After(["create"], static () => throw new InvalidOperationException());
        Assert.Throws<InvalidOperationException>(static () => CompletionWords.After(["pause"], static () => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData("pau", "pause")]
    [InlineData("pause ", "Domain-0|debian|de web|" + Hostile)]
    [InlineData("pause deb", "debian")]
    [InlineData("pause de\\ ", "de web")]
    [InlineData("list --lo", "--long")]
    [InlineData("create some", "some.cfg")]
    public void Bash_completes(string line, string expected) => Expect(expected, Run("bash", "--norc", "-c", """
        source ./completion
        line="xl $1"
        eval "COMP_WORDS=($line)"
        [[ $line != *[!\\]\  ]] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _xl
        printf '%s\n' "${COMPREPLY[@]}"
        """, "bash", line));

    [Theory]
    [InlineData("pau", "pause")]
    [InlineData("pause deb", "debian")]
    [InlineData("pause de", "debian|de web")]
    [InlineData("list --lo", "--long")]
    [InlineData("create some", "some.cfg")]
    public void Fish_completes(string line, string expected) =>
        Expect(expected, Run("fish", "--no-config", "-c", "source ./completion; complete -C \"xl $argv[1]\" | string split -f1 \\t; true", line));

    // What Tab makes of the line; zsh completes only in a terminal.
    [Theory]
    [InlineData("pau", "xl pause ")]
    [InlineData("pause deb", "xl pause debian ")]
    [InlineData("list --lo", "xl list --long ")]
    [InlineData("create some", "xl create some.cfg ")]
    public void Zsh_completes(string line, string expected) => Expect(expected, Run("zsh", "-f", "-c", """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1=; autoload -U compinit; compinit -u -D; source ./completion; bindkey '^X' show; show() { print -r -- \"line=<\$BUFFER>\" }; zle -N show; print ready"
        zpty -r shell said '*ready'
        zpty -r shell said '*ready'
        zpty -w -n shell "xl $1"$'\t'
        sleep 1
        zpty -w -n shell $'\x18'
        zpty -r shell said '*line=<*>'
        print -r -- "${${said##*line=<}%>*}"
        """, "zsh", line));

    [Fact]
    public void A_shell_that_is_not_known_has_none() => Assert.Null(CompletionCommand.For("csh"));

    private static List<string> After(params string[] before) => CompletionWords.After(before, static () => s_domains);

    private static void Expect(string expected, string[]? found)
    {
        if (found is not null)
        {
            Assert.Equal(expected.Split('|').Order(), found.Order());
        }
    }

    /// <summary>Runs a shell in a folder that has the completion, an xl and a file; null where there is no such shell.</summary>
    private string[]? Run(string shell, params string[] arguments)
    {
        if (!Array.Exists(["/usr/bin", "/bin"], folder => File.Exists(Path.Combine(folder, shell))))
        {
            return null;
        }

        File.WriteAllText(Path.Combine(_folder, "completion"), CompletionCommand.For(shell));
        File.WriteAllText(Path.Combine(_folder, "some.cfg"), "");
        string answers = string.Concat(CommandTable.Names.Select(static name => $"'{name}') printf '%s\\n' {string.Join(' ', After(name).Select(static word => $"'{word}'"))} ;;\n"));
        File.WriteAllText(Path.Combine(_folder, "xl"), $"#!/bin/sh\n[ \"$1 $2 $3\" = 'completion --words --' ] || exit 1\ncase \"$4\" in\n'') printf '%s\\n' {string.Join(' ', CommandTable.Names)} ;;\n{answers}esac\n");
        File.SetUnixFileMode(Path.Combine(_folder, "xl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(shell, arguments) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder}:/usr/bin:/bin";
        start.Environment["HOME"] = _folder;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var complaints = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{shell}: {complaints.Result}{output}");
        Assert.False(File.Exists(Path.Combine(_folder, "owned")), "a domain's name was run");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
