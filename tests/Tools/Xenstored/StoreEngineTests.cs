using System;
using System.Linq;
using Sharpen.Xen.Store;
using Sharpen.Xenstored.Engine;
using Xunit;

namespace Sharpen.ToolsTests.Xenstored;

public sealed class StoreEngineTests
{
    private readonly StoreWorld _world = new();

    private Client Control => _world.Control;

    [Theory]
    [InlineData(StoreMessage.Read)]
    [InlineData(StoreMessage.Directory)]
    [InlineData(StoreMessage.GetPermissions)]
    [InlineData(StoreMessage.MakeDirectory)]
    [InlineData(StoreMessage.Remove)]
    public void What_wants_one_text_takes_no_more(StoreMessage type) =>
        Assert.Equal("EINVAL\0", _world.Ask(Control, type, "/tool\0more\0"));

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal("OK\0", _world.Write(Control, "/a/b", "value"));
        Assert.Equal("value", _world.Read(Control, "/a/b"));
        Assert.Equal("", _world.Read(Control, "/a"));
        Assert.Equal("b\0", _world.Ask(Control, StoreMessage.Directory, "/a\0"));
    }

    [Fact]
    public void A_value_may_hold_any_byte()
    {
        _ = _world.Write(Control, "/a", "x\0y\u00ff");
        Assert.Equal("x\0y\u00ff", _world.Read(Control, "/a"));
    }

    [Theory]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/a b")]
    [InlineData("")]
    [InlineData("@releaseDomain")]
    public void A_path_that_is_none_is_refused(string path) => Assert.Equal("EINVAL\0", _world.Write(Control, path, "x"));

    [Fact]
    public void A_path_may_not_be_too_long_or_too_deep()
    {
        Assert.Equal("EINVAL\0", _world.Write(Control, $"/{new string('a', 3072)}", ""));
        Assert.Equal("EINVAL\0", _world.Write(Control, new string('a', 2049), ""));
        Assert.Equal("EINVAL\0", _world.Write(Control, string.Concat(Enumerable.Repeat("/a", 257)), ""));
        Assert.Equal("OK\0", _world.Write(Control, string.Concat(Enumerable.Repeat("/a", 256)), ""));
    }

    [Fact]
    public void A_text_without_its_end_is_refused() => Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.Read, "/a"));

    [Fact]
    public void A_missing_node_is_told()
    {
        Assert.Equal("ENOENT\0", _world.Read(Control, "/missing"));
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.Remove, "/missing\0"));
        Assert.Equal("ENOENT\0", _world.Ask(Control, StoreMessage.Remove, "/missing/below\0"));
        Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.Remove, "/\0"));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(23)]
    [InlineData(0xffff)]
    public void An_unknown_request_is_refused(uint type) => Assert.Equal("ENOSYS\0", _world.Ask(Control, (StoreMessage)type, ""));

    [Fact]
    public void A_long_list_is_told_by_parts()
    {
        for (int number = 0; number < 1000; number++)
        {
            _ = _world.Write(Control, $"/many/node-{number:d4}", "");
        }

        Assert.Equal("E2BIG\0", _world.Ask(Control, StoreMessage.Directory, "/many\0"));
        string all = "";
        string? generation = null;
        while (!all.EndsWith("\0\0", StringComparison.Ordinal))
        {
            string part = _world.Ask(Control, StoreMessage.DirectoryPart, $"/many\0{all.Length}\0");
            int end = part.IndexOf('\0', StringComparison.Ordinal);
            Assert.Equal(generation ??= part[..end], part[..end]);
            all += part[(end + 1)..];
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(static number => $"node-{number:d4}"), all.Split('\0', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_empty_list_by_parts_is_one_empty_name() =>
        Assert.EndsWith("\0\0", _world.Ask(Control, StoreMessage.DirectoryPart, "/tool/xenstored\00\0"), StringComparison.Ordinal);

    [Fact]
    public void A_domain_may_use_what_it_owns_and_no_more()
    {
        Client guest = _world.AddDomain(5);
        _ = _world.Write(Control, "/secret", "x");
        Assert.Equal("EACCES\0", _world.Read(guest, "/secret"));
        Assert.Equal("EACCES\0", _world.Read(guest, "/not/there"));
        Assert.Equal("EACCES\0", _world.Write(guest, "/secret", "y"));
        Assert.Equal("OK\0", _world.Write(guest, "data/x", "mine"));
        Assert.Equal("mine", _world.Read(Control, "/local/domain/5/data/x"));
        Assert.Equal("n5\0", _world.Ask(Control, StoreMessage.GetPermissions, "/local/domain/5/data/x\0"));
        Assert.Equal("ENOENT\0", _world.Read(guest, "data/y"));
    }

    [Fact]
    public void Permissions_name_who_may_read_and_write()
    {
        Client reader = _world.AddDomain(1);
        Client writer = _world.AddDomain(2);
        Client other = _world.AddDomain(3);
        _ = _world.Write(Control, "/shared", "x");
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.SetPermissions, "/shared\0n0\0r1\0b2\0"));
        Assert.Equal("x", _world.Read(reader, "/shared"));
        Assert.Equal("EACCES\0", _world.Write(reader, "/shared", "y"));
        Assert.Equal("OK\0", _world.Write(writer, "/shared", "z"));
        Assert.Equal("EACCES\0", _world.Read(other, "/shared"));
        Assert.Equal("EPERM\0", _world.Ask(writer, StoreMessage.SetPermissions, "/shared\0b2\0"));
        Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.SetPermissions, "/shared\0x1\0"));
    }

    [Fact]
    public void A_domain_cannot_give_its_node_away()
    {
        Client guest = _world.AddDomain(5);
        _ = _world.Write(guest, "mine", "x");
        Assert.Equal("EPERM\0", _world.Ask(guest, StoreMessage.SetPermissions, "mine\0n6\0"));
        Assert.Equal("OK\0", _world.Ask(guest, StoreMessage.SetPermissions, "mine\0n5\0r6\0"));
    }

    [Fact]
    public void A_domain_acts_as_its_target_too()
    {
        Client model = _world.AddDomain(1);
        _ = _world.AddDomain(2);
        Assert.Equal("EACCES\0", _world.Write(model, "/local/domain/2/x", ""));
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.SetTarget, "1\02\0"));
        Assert.Equal("OK\0", _world.Write(model, "/local/domain/2/x", ""));
    }

    [Theory]
    [InlineData(StoreMessage.Introduce, "9\01\01\0")]
    [InlineData(StoreMessage.Release, "1\0")]
    [InlineData(StoreMessage.SetTarget, "1\01\0")]
    [InlineData(StoreMessage.Control, "check\0")]
    [InlineData(StoreMessage.IsDomainIntroduced, "1\0")]
    public void A_domain_may_not_manage(StoreMessage type, string payload) => Assert.Equal("EACCES\0", _world.Ask(_world.AddDomain(5), type, payload));

    [Fact]
    public void A_domain_that_is_gone_leaves_no_rights()
    {
        Client guest = _world.AddDomain(5);
        _ = _world.Write(guest, "x", "");
        _ = _world.Write(Control, "/shared", "");
        _ = _world.Ask(Control, StoreMessage.SetPermissions, "/shared\0n0\0b5\0");
        Assert.Equal(2, _world.Engine.CountNodes(5));
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.Release, "5\0"));
        Assert.Equal([(ushort)5], _world.Detached);
        Assert.Equal("n0\0", _world.Ask(Control, StoreMessage.GetPermissions, "/shared\0"));
        Assert.Equal("n0\0", _world.Ask(Control, StoreMessage.GetPermissions, "/local/domain/5/x\0"));
        Assert.Equal(0, _world.Engine.CountNodes(5));
        Assert.Equal("F\0", _world.Ask(Control, StoreMessage.IsDomainIntroduced, "5\0"));
        Assert.Equal("OK\0", _world.Ask(Control, StoreMessage.Control, "check\0"));
    }

    [Fact]
    public void Home_and_presence_are_told()
    {
        _ = _world.AddDomain(5);
        Assert.Equal("/local/domain/7\0", _world.Ask(Control, StoreMessage.GetDomainPath, "7\0"));
        Assert.Equal("T\0", _world.Ask(Control, StoreMessage.IsDomainIntroduced, "5\0"));
        Assert.Equal("T\0", _world.Ask(Control, StoreMessage.IsDomainIntroduced, "0\0"));
        Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.GetDomainPath, "70000\0"));
        Assert.Equal("ENOENT\0", _world.Ask(Control, StoreMessage.Release, "6\0"));
        Assert.Equal("EINVAL\0", _world.Ask(Control, StoreMessage.Introduce, "0\01\01\0"));
    }
}
