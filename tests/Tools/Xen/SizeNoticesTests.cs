using System;
using System.IO;
using System.Threading;
using Sharpen.Xen.Native;
using Xunit;

namespace Sharpen.ToolsTests.Xen;

/// <summary>The kernel tells of files that change, once each time it is asked.</summary>
public sealed class SizeNoticesTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void A_file_that_grows_is_told_of_once()
    {
        using SizeNotices notices = new();
        Assert.True(notices.Add(_path));
        Assert.False(notices.Take().File);
        Grow();
        Assert.True(notices.Take().File);
        Grow();
        Assert.False(notices.Take().File);
        Assert.True(notices.Add(_path));
        Grow();
        Assert.True(notices.Take().File);
    }

    [Fact]
    public void It_can_be_polled()
    {
        using SizeNotices notices = new();
        using Poller poller = new();
        poller.Watch(notices.Handle, 7, edge: false);
        Span<ulong> marks = stackalloc ulong[1];
        Assert.Equal(0, poller.Wait(marks, 0));
        notices.Add(_path);
        Grow();
        Assert.Equal(1, poller.Wait(marks, 1000));
        _ = notices.Take();
        Assert.Equal(0, poller.Wait(marks, 0));
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_looked_at()
    {
        using SizeNotices notices = new();
        Assert.False(notices.Add(_path + ".no"));
    }

    [Fact]
    public void The_facts_of_a_file_are_those_that_it_has()
    {
        File.WriteAllBytes(_path, new byte[1234]);
        Assert.True(FileFacts.TryGet(_path, out FileFacts facts));
        Assert.Equal((1234, (0u, 0u)), (facts.Bytes, facts.Device));
        Assert.NotEqual(0ul, facts.Inode);
        Assert.True(FileFacts.TryGet("/dev/null", out FileFacts device));
        Assert.Equal((1u, 3u), device.Device);
        Assert.False(FileFacts.TryGet(_path + ".no", out _));
    }

    public void Dispose() => File.Delete(_path);

    private void Grow()
    {
        using FileStream file = new(_path, FileMode.Append);
        file.WriteByte(0);
        file.Flush();
        Thread.Yield();
    }
}
