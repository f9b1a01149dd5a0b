using System;
using System.IO;
using System.Text.RegularExpressions;
using Sharpen.Xenconsoled.Logs;
using Xunit;

namespace Sharpen.ToolsTests.Xenconsoled;

public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("log").FullName;

    private string LogPath => Path.Combine(_folder, "below", "guest.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_log_that_has_grown_is_put_aside_and_the_oldest_goes()
    {
        using LogFile log = new(LogPath, new LogSettings(false, false, 10, 2), TimeProvider.System);
        log.Write("first....\n"u8);
        log.Write("second...\n"u8);
        log.Write("third....\n"u8);
        log.Write("x"u8);
        Assert.Equal("x", Read(LogPath));
        Assert.Equal("third....\n", Read($"{LogPath}.1"));
        Assert.Equal("second...\n", Read($"{LogPath}.2"));
        Assert.False(File.Exists($"{LogPath}.3"));
    }

    [Fact]
    public void Lines_begin_with_the_time_even_when_they_come_in_pieces()
    {
        using LogFile log = new(LogPath, new LogSettings(true, true, 1000, 2), TimeProvider.System);
        log.Write("a"u8);
        log.Write("b\nc\u001b\n"u8);
        Assert.Equal("[time] ab\n[time] c.\n", Regex.Replace(Read(LogPath), @"\[[0-9: -]+\]", "[time]"));
    }

    [Fact]
    public void A_log_that_was_moved_is_begun_anew_when_told()
    {
        using LogFile log = new(LogPath, new LogSettings(false, false, 1000, 2), TimeProvider.System);
        log.Write("before"u8);
        File.Move(LogPath, $"{LogPath}.moved");
        log.Reopen();
        log.Write("after"u8);
        Assert.Equal("after", Read(LogPath));
    }

    private static string Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }
}
