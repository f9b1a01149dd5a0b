using System.IO;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Sharpen.SystemTests;

/// <summary>The harness itself: what the waits of a booted test rest on.</summary>
public sealed class SerialLogTests
{
    [Fact]
    public async Task A_wait_ends_with_its_line_and_the_next_begins_behind_its_text()
    {
        var log = new SerialLog();
        Task<string?> first = log.Expect("CPU");
        Task<string?> second = log.Expect("CPU");
        await log.ReadAsync(Said("one CPU up, CPU two\r\nrest"));
        Assert.Equal("one CPU up, CPU two", await first);
        Assert.Equal(" up, CPU two", await second);
    }

    [Fact]
    public async Task A_wait_for_what_is_never_said_ends_when_the_port_closes()
    {
        var log = new SerialLog();
        Task<string?> never = log.Expect("panic");
        await log.ReadAsync(Said("all is well\n"));
        Assert.Null(await never);
        Assert.Equal("all is well\n", log.Text);
    }

    [Fact]
    public async Task The_last_line_needs_no_end_once_the_port_is_closed()
    {
        var log = new SerialLog();
        Task<string?> last = log.Expect("prompt");
        await log.ReadAsync(Said("a prompt> "));
        Assert.Equal("a prompt> ", await last);
    }

    [Fact]
    public async Task A_prompt_is_seen_before_its_line_ends()
    {
        var log = new SerialLog();
        Task<string?> prompt = log.ExpectPrompt("$ ");
        Task<string?> answer = log.Expect("ok");
        await log.ReadAsync(Said("user$ "));
        Assert.Equal("user$ ", await prompt);
        Assert.Null(await answer);
    }

    private static MemoryStream Said(string text) => new(Encoding.Latin1.GetBytes(text));
}
