using System;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary><c>./run demo</c> in a terminal, as a person has it: keys in, what the screen shows out.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class InteractiveTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);

    private readonly SerialLog _screen = new();
    private Process? _process;
    private Task _reading = Task.CompletedTask;

    [ToolsFact("xl", "xenstored", "xenconsoled")]
    public async Task After_the_demonstration_guest_and_dom0_are_there_to_play_with()
    {
        Start("./run demo --no-build");
        await Shows("[a shell on the guest's console after ");
        await Shows("time: ");
        await Prompts("dom0:~# ");
        Type("echo guests: $(xl list | grep -c ^debian)\n");
        await Shows("guests: 1");
        await Prompts("dom0:~# ");
        Type("xl console debian\n");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Type("\n");
        await Prompts("debian:~# ");
        Type("echo $(hostname) says $((6 * 7))\n");
        await Shows("debian says 42");
        await Prompts("debian:~# ");
        Type("\u001d");
        await Prompts("dom0:~# ");
        Type("xl shutdown -ww debian; echo left: $(xl list | wc -l)\n");
        await Shows("left: 2");
        await Prompts("dom0:~# ");
        Type("exit\n");
        await _process!.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(0, _process.ExitCode);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process?.Dispose();
    }

    private void Start(string command)
    {
        var start = new ProcessStartInfo("timeout", ["900", "script", "-qefc", command, "/dev/null"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _reading = _screen.ReadAsync(_process.StandardOutput.BaseStream);
    }

    private void Type(string keys)
    {
        _process!.StandardInput.BaseStream.Write(Encoding.Latin1.GetBytes(keys));
        _process.StandardInput.BaseStream.Flush();
    }

    private Task Shows(string text) => Says(text, _screen.Expect(text));

    private Task Prompts(string text) => Says(text, _screen.ExpectPrompt(text));

    private async Task Says(string text, Task<string?> said)
    {
        try
        {
            Assert.True(await said.WaitAsync(s_patience) is not null, $"it ended before it said '{text}':\n{_screen.Tail(40)}");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"'{text}' was not said:\n{_screen.Tail(40)}");
        }
    }
}
