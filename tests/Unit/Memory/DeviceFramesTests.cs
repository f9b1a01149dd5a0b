using Sharpen.Abi;
using Sharpen.Machine.Memory;
using Sharpen.Machine.Smp;
using Xunit;

namespace Sharpen.Unit.Memory;

/// <summary>Entries that lead to no memory: who may have them, and that nothing is counted for them.</summary>
public sealed class DeviceFramesTests
{
    private const ulong CacheBits = 0x98;
    private const ulong Uncached = 0x18;

    private static readonly DomainId s_guest = new(7);
    private static readonly Mfn s_device = new(0xa0);
    private static readonly Mfn s_lastAddress = new((1UL << 34) - 1);

    [Fact]
    public void Only_a_domain_with_devices_maps_them()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        Assert.Equal(Errno.Perm, Map(world, chain[3], s_device, GuestPagingWorld.ReadWrite));
        world.Memory.Frames.HasDevices = true;
        Assert.True(world.Memory.Frames.Devices.Add(0, ulong.MaxValue).Try(out _));
        foreach (Mfn device in new[] { s_device, new Mfn(0xfeb00), new Mfn(0xffff_ffff) })
        {
            Assert.Equal(Errno.None, Map(world, chain[3], device, GuestPagingWorld.ReadWrite));
            Assert.Equal(GuestPagingWorld.Entry(device, GuestPagingWorld.ReadWrite | Uncached), HostFormat.ToGuest(1, world.Peek(chain[3], 3)));
            world.Recount();
        }

        Assert.Equal(Errno.Inval, Map(world, chain[2], s_device, GuestPagingWorld.Table));
        world.Recount();
        world.Memory.Destroy();
    }

    [Theory]
    [InlineData(0x00UL, 0x18UL)]
    [InlineData(0x08UL, 0x18UL)]
    [InlineData(0x10UL, 0x10UL)]
    [InlineData(0x80UL, 0x80UL)]
    [InlineData(0x88UL, 0x18UL)]
    [InlineData(0x98UL, 0x98UL)]
    public void A_device_is_never_cached(ulong asked, ulong got) =>
        Assert.Equal(0xa_0067 | got, new GuestClaim(0xa_0067 | asked).ForDevice.Value);

    [Fact]
    public void A_table_with_devices_is_validated_and_let_go()
    {
        using GuestPagingWorld world = new(s_guest, 8, 5);
        Mfn[] chain = world.Chain();
        world.Poke(chain[3], 9, GuestPagingWorld.Entry(s_device, GuestPagingWorld.ReadWrite | CacheBits));
        Assert.Equal(Errno.Inval, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Poke(chain[3], 9, GuestPagingWorld.Entry(s_device, GuestPagingWorld.ReadWrite));
        Assert.Equal(Errno.Perm, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Poke(chain[3], 9, GuestPagingWorld.Entry(s_device, GuestPagingWorld.ReadWrite | CacheBits));
        world.Memory.Frames.HasDevices = true;
        Assert.True(world.Memory.Frames.Devices.Add(0, ulong.MaxValue).Try(out _));
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        world.Recount();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Unpin(chain[0])));
        Assert.Equal(GuestPagingWorld.Entry(s_device, GuestPagingWorld.ReadWrite | CacheBits), world.Peek(chain[3], 9));
        world.Recount();
        world.Memory.Destroy();
    }

    [Fact]
    public void What_the_hypervisor_stands_on_is_never_a_device()
    {
        using GuestPagingWorld world = new(s_guest, 8);
        Mfn[] chain = world.Chain();
        world.Memory.Frames.HasDevices = true;
        Assert.True(world.Memory.Frames.Devices.Add(0, ulong.MaxValue).Try(out _));
        MemoryBoot.Withhold(new FrameRange(new Mfn(0x100), 2));
        DeviceFrames.Withhold(new FrameRange(new Mfn(0xfec00), 1), DeviceAccess.Read);
        Mfn own = MemoryWorld.Allocate();
        Assert.Equal(Errno.None, world.Do((ref visit) => visit.Pin(chain[0], 4)));
        foreach (Mfn frame in new[] { own, own + 1, HostTables.RootFrame, MemoryWorld.OneGranule.First, new Mfn(0x101) })
        {
            Assert.Equal(Errno.Busy, Map(world, chain[3], frame, GuestPagingWorld.ReadOnly));
        }

        Assert.Equal(Errno.Inval, Map(world, chain[3], new Mfn((1UL << 40) - 1), GuestPagingWorld.ReadOnly));
        foreach (Mfn frame in new[] { ReservedAddresses.Page, s_lastAddress + 1 })
        {
            Assert.Equal(Errno.Perm, Map(world, chain[3], frame, GuestPagingWorld.ReadOnly));
        }

        Assert.Equal(Errno.None, Map(world, chain[3], new Mfn(0xfec00), GuestPagingWorld.ReadWrite));
        Assert.Equal(GuestPagingWorld.Entry(new Mfn(0xfec00), GuestPagingWorld.ReadOnly | Uncached), HostFormat.ToGuest(1, world.Peek(chain[3], 3)));
        world.Recount();
        MemoryWorld.Free(own);
        world.Memory.Destroy();
    }

    [Fact]
    public void Too_many_exceptions_leave_no_device_at_all()
    {
        using MemoryWorld world = new();
        Assert.Equal(DeviceAccess.Full, DeviceFrames.AccessOf(s_device));
        for (int index = 0; index < 200; index++)
        {
            DeviceFrames.Withhold(new FrameRange(new Mfn(1), 1), DeviceAccess.None);
        }

        Assert.Equal(DeviceAccess.None, DeviceFrames.AccessOf(s_device));
    }

    private static Errno Map(GuestPagingWorld world, Mfn table, Mfn frame, ulong flags) =>
        world.Do((ref GuestPaging visit) => visit.Write(GuestPagingWorld.Place(table, 3), GuestPagingWorld.Entry(frame, flags), false));
}
