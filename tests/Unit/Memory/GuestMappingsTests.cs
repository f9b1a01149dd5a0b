using Sharpen.Abi;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Changes of entries that a guest runs on.</summary>
public sealed class GuestMappingsTests
{
    private static readonly DomainId s_guest = new(7);

    [Fact]
    public void Replacing_a_page_moves_the_references()
    {
        using GuestMemoryWorld world = new(s_guest);
        world.Space(out Mfn page, out Mfn leaf);
        Mfn other = world.Frame();
        FrameRef<L1Table>.Hold(leaf, s_guest, out FrameRef<L1Table> table).Expect();
        FrameRef<Writable>.Hold(other, s_guest, out FrameRef<Writable> writable).Expect();
        GuestMappings.Replace(in table, 5, in writable).Expect();
        writable.Dispose();
        Assert.Equal(0UL, FrameCounts.TypeReferences(in FrameTable.Of(page)));
        Assert.Equal(1UL, FrameCounts.References(in FrameTable.Of(page)));
        Assert.Equal(1UL, FrameCounts.TypeReferences(in FrameTable.Of(other)));
        FrameRef<Untyped>.Hold(page, s_guest, out FrameRef<Untyped> readable).Expect();
        GuestMappings.ReplaceReadOnly(in table, 5, in readable).Expect();
        readable.Dispose();
        Assert.Equal(0UL, FrameCounts.TypeReferences(in FrameTable.Of(other)));
        Assert.Equal(2UL, FrameCounts.References(in FrameTable.Of(page)));
        GuestMappings.Clear(in table, 5).Expect();
        GuestMappings.Clear(in table, 5).Expect();
        Assert.Equal(1UL, FrameCounts.References(in FrameTable.Of(page)));
        table.Dispose();
        world.Destroy();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(512)]
    [InlineData(int.MinValue)]
    public void Entries_that_do_not_exist_are_refused(int index)
    {
        using GuestMemoryWorld world = new(s_guest);
        world.Space(out Mfn page, out Mfn leaf);
        FrameRef<L1Table>.Hold(leaf, s_guest, out FrameRef<L1Table> table).Expect();
        FrameRef<Writable>.Hold(page, s_guest, out FrameRef<Writable> writable).Expect();
        Assert.Equal(Errno.Inval, GuestMappings.Replace(in table, index, in writable).Error);
        Assert.Equal(Errno.Inval, GuestMappings.Clear(in table, index).Error);
        writable.Dispose();
        table.Dispose();
        Assert.Equal(2UL, FrameCounts.References(in FrameTable.Of(page)));
        world.Destroy();
    }

    [Fact]
    public void The_table_of_an_address_is_found_only_below_a_root_of_the_guest()
    {
        using GuestMemoryWorld world = new(s_guest);
        Mfn root = world.Space(out _, out Mfn leaf);
        FrameRef<L4Table>.Hold(root, s_guest, out FrameRef<L4Table> held).Expect();
        GuestTables.FindL1(in held, GuestMemoryWorld.PageAddress, s_guest, out FrameRef<L1Table> table).Expect();
        Assert.True(table.Mfn == leaf);
        table.Dispose();
        Assert.Equal(Errno.Inval, GuestTables.FindL1(in held, GuestMemoryWorld.PageAddress, new DomainId(8), out _).Error);
        Assert.Equal(Errno.Inval, GuestTables.FindL1(in held, 1UL << 30, s_guest, out _).Error);
        Assert.Equal(Errno.Inval, GuestTables.FindL1(in held, (ulong)AddressSpace.FirstSlot << 39, s_guest, out _).Error);
        Assert.Equal(Errno.Inval, GuestTables.FindL1(in held, ulong.MaxValue, s_guest, out _).Error);
        held.Dispose();
        world.Destroy();
    }
}
