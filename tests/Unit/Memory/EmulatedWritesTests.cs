using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Entries that are changed for a kernel whose write faulted.</summary>
public sealed class EmulatedWritesTests
{
    private static readonly DomainId s_guest = new(7);

    [Fact]
    public void Only_tables_of_level_one_that_can_be_read_are_found()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        world.Poke(chain[3], 4, GuestPagingWorld.Entry(chain[3], GuestPagingWorld.ReadOnly));
        world.Poke(chain[3], 5, GuestPagingWorld.Entry(chain[2], GuestPagingWorld.ReadOnly));
        VcpuContext context = Context(world, chain[0]);
        Assert.Equal(Errno.None, Find(world, context, Address(4) + 8, out ulong place));
        Assert.Equal(GuestPagingWorld.Place(chain[3], 1), place);
        Assert.Equal(Errno.None, Find(world, context, Address(4) + 15, out place));
        Assert.Equal(GuestPagingWorld.Place(chain[3], 1), place);
        foreach (ulong address in new[] { Address(3), Address(5), Address(6), 0UL, 0xffff_8300_0000_0000, ulong.MaxValue })
        {
            Assert.Equal(Errno.Inval, Find(world, context, address, out _));
        }

        End(world, ref context);
    }

    [Fact]
    public void An_exchange_moves_references_and_fails_when_something_else_stands_there()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Mfn other = world.Frames[5];
        ulong place = GuestPagingWorld.Place(chain[3], 3);
        ulong first = GuestPagingWorld.Entry(chain[4], GuestPagingWorld.ReadWrite);
        VcpuContext context = Context(world, chain[0]);
        Assert.Equal((Errno.None, false), Exchange(world, place, first ^ 0x20, GuestPagingWorld.Entry(other, 0x7)));
        Assert.Equal((Errno.None, true), Exchange(world, place, first, GuestPagingWorld.Entry(other, 0x7)));
        Assert.Equal((0UL, 1UL), (world.TypeReferences(chain[4]), world.TypeReferences(other)));
        Assert.Equal((Errno.None, true), Exchange(world, place, GuestPagingWorld.Entry(other, 0x7), GuestPagingWorld.Entry(other, 0x5)));
        Assert.Equal(0UL, world.TypeReferences(other));
        world.RecountWithRoot(chain[0]);
        Assert.Equal((Errno.Busy, false), Exchange(world, place, GuestPagingWorld.Entry(other, 0x5), GuestPagingWorld.Entry(chain[2], 0x7)));
        Assert.Equal((Errno.None, true), Exchange(world, place, GuestPagingWorld.Entry(other, 0x5), 0));
        Assert.Equal((Errno.None, false), Exchange(world, GuestPagingWorld.Place(chain[2], 3), 1, 0));
        world.RecountWithRoot(chain[0]);
        End(world, ref context);
    }

    private static ulong Address(ulong index) => (3UL << 39) | (3UL << 30) | (3UL << 21) | (index << 12);

    private static VcpuContext Context(GuestPagingWorld world, Mfn root)
    {
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(root, 4)));
        Assert.True(FrameRef<L4Table>.Hold(root, s_guest, out FrameRef<L4Table> held).Try(out _));
        VcpuContext context = default;
        Assert.True(GuestCpu.Initialise(ref context, in held).Try(out _));
        held.Dispose();
        return context;
    }

    private static void End(GuestPagingWorld world, ref VcpuContext context)
    {
        GuestCpu.Release(ref context);
        world.Recount();
        world.Memory.Destroy();
    }

    private static Errno Find(GuestPagingWorld world, VcpuContext context, ulong address, out ulong place)
    {
        ulong found = 0;
        Errno error = world.Do((ref GuestPaging visit) => visit.FindEntry(in context, new GuestLinear(address), out found));
        place = found;
        return error;
    }

    private static (Errno Error, bool IsDone) Exchange(GuestPagingWorld world, ulong place, ulong expected, ulong entry)
    {
        bool isDone = false;
        Errno error = world.Do((ref GuestPaging visit) => visit.ExchangeEntry(place, expected, entry, out isDone));
        return (error, isDone);
    }
}
