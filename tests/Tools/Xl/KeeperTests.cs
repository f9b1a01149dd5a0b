using System;
using System.IO;
using System.Linq;
using Sharpen.Abi;
using Sharpen.Xen.Native;
using Sharpen.Xl.Processes;
using Xunit;

namespace Sharpen.ToolsTests.Xl;

/// <summary>What is said to the process that stays with domains, and what it keeps of them.</summary>
public sealed class KeeperTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keeper").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_said_is_understood_however_it_is_cut()
    {
        KeeperMessage[] said = [Message(KeeperWord.Begin, 0x7ff4, "web"), Message(KeeperWord.Keep, 12, "wéb"), Message(KeeperWord.Leave, 3, "")];
        byte[] all = [.. said.SelectMany(static message => message.ToBytes())];
        for (int cut = 0; cut <= all.Length; cut++)
        {
            int at = 0, heard = 0;
            foreach (int end in new[] { cut, all.Length })
            {
                while (KeeperMessage.Read(all.AsSpan(at, end - at), out int taken) is var message && taken != 0)
                {
                    Assert.Equal(Of(said[heard++]), Of(message));
                    at += taken;
                }
            }

            Assert.Equal(said.Length, heard);
        }
    }

    [Theory]
    [InlineData(0, (byte)'x')]
    [InlineData(4, (byte)0xff)]
    public void What_nobody_says_is_refused(int at, byte value)
    {
        byte[] bytes = Message(KeeperWord.Begin, 1, "web").ToBytes();
        bytes[at] = value;
        _ = KeeperMessage.Read(bytes, out int taken);
        Assert.Equal(-1, taken);
    }

    [Fact]
    public void A_name_of_any_length_fits() => Assert.Equal(KeeperMessage.Most, Message(KeeperWord.Begin, 1, new string('n', 5000)).ToBytes().Length);

    [Fact]
    public void Who_ends_without_a_word_began_something()
    {
        string path = Path.Combine(_folder, "socket");
        using var listener = LocalListener.Listen(path);
        var begun = Message(KeeperWord.Begin, 0x7ff4, "web");
        using (var xl = LocalListener.TryConnect(path))
        {
            Assert.NotNull(xl);
            xl.Write([.. begun.ToBytes(), .. (begun with { Word = KeeperWord.Keep }).ToBytes(), .. begun.ToBytes()]);
        }

        using var client = new KeeperClient(listener.Accept()!);
        Assert.Equal(Of(begun), Of(client.Take(out _)));
        Assert.Equal(Of(begun), Of(client.Begun));
        Assert.Equal(KeeperWord.Keep, client.Take(out _)?.Word);
        Assert.Null(client.Begun);
        Assert.Equal(Of(begun), Of(client.Take(out _)));
        Assert.Null(client.Take(out bool isOver));
        Assert.True(isOver);
        Assert.Equal(Of(begun), Of(client.Begun));
    }

    [Fact]
    public void Nobody_listens_where_nobody_is() => Assert.Null(LocalListener.TryConnect(Path.Combine(_folder, "nothing")));

    [Fact]
    public void A_keeper_takes_over_what_the_one_before_it_kept()
    {
        var kept = new KeptDomains(_folder);
        kept.TakeOver();
        var first = new KeptDomain(new DomainId(3), Guid.NewGuid(), "a/b c");
        var again = new KeptDomain(new DomainId(3), Guid.NewGuid(), "d");
        var second = new KeptDomain(new DomainId(4), Guid.NewGuid(), "e");
        kept.Add(first);
        kept.Add(again);
        kept.Add(second);
        Assert.Equal(again.Uuid, kept.Find(new DomainId(3))?.Uuid);
        File.CreateSymbolicLink(Path.Combine(_folder, "7"), "no UUID");
        File.WriteAllText(Path.Combine(_folder, "8"), "no link");

        var next = new KeptDomains(_folder);
        next.TakeOver();
        Assert.Equal([(3, again.Uuid, again.Name), (4, second.Uuid, second.Name)], next.All.OrderBy(static one => one.Domain.Value).Select(static one => ((int)one.Domain.Value, one.Uuid, one.Name)));
        next.Remove(new DomainId(4));
        next.Remove(new DomainId(5));
        Assert.False(Path.Exists(Path.Combine(_folder, "4")));
    }

    [Fact]
    public void One_holds_the_lock()
    {
        string path = Path.Combine(_folder, "lock");
        using (var held = LockFile.TryTake(path))
        {
            Assert.NotNull(held);
            Assert.Null(LockFile.TryTake(path));
        }

        using var next = LockFile.TryTake(path);
        Assert.NotNull(next);
    }

    private static (KeeperWord, int, Guid, string)? Of(KeeperMessage? message) =>
        message is { } it ? (it.Word, it.Domain.Value, it.Uuid, it.Name) : null;

    private static KeeperMessage Message(KeeperWord word, ushort domain, string name) => new(word, new DomainId(domain), Guid.NewGuid(), name);
}
