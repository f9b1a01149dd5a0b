using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Layouts;
using Xunit;

namespace Sharpen.Unit.Events;

/// <summary>Pending, mask and selector bits of the 2-level ABI.</summary>
public class EventBitsTests
{
    private SharedInfo _shared;

    [Fact]
    public void A_raised_port_is_pending_selected_and_notified_once()
    {
        Assert.True(EventBits.Raise(ref _shared, 65, ref EventBits.VcpuInfoOf(ref _shared, 3)));
        Assert.True(EventBits.IsPending(ref _shared, 65));
        ref VcpuInfo info = ref EventBits.VcpuInfoOf(ref _shared, 3);
        Assert.Equal(2UL, info.PendingSelector);
        Assert.Equal(1, info.UpcallPending);
        Assert.False(EventBits.Raise(ref _shared, 65, ref EventBits.VcpuInfoOf(ref _shared, 3)));
        Assert.False(EventBits.Raise(ref _shared, 66, ref EventBits.VcpuInfoOf(ref _shared, 3)));
    }

    [Fact]
    public void A_masked_port_becomes_pending_and_notifies_when_it_is_unmasked()
    {
        Layout.Items<Words64, ulong>(ref _shared.Mask)[0] = 1UL << 5;
        Assert.False(EventBits.Raise(ref _shared, 5, ref EventBits.VcpuInfoOf(ref _shared, 0)));
        Assert.True(EventBits.IsPending(ref _shared, 5));
        Assert.Equal(0, EventBits.VcpuInfoOf(ref _shared, 0).UpcallPending);
        Assert.True(EventBits.Unmask(ref _shared, 5, ref EventBits.VcpuInfoOf(ref _shared, 0)));
        Assert.False(EventBits.Unmask(ref _shared, 5, ref EventBits.VcpuInfoOf(ref _shared, 0)));
        Assert.Equal(1, EventBits.VcpuInfoOf(ref _shared, 0).UpcallPending);
    }

    [Fact]
    public void The_highest_port_has_its_bit_in_the_last_word()
    {
        Assert.True(EventBits.Raise(ref _shared, EventBits.Ports - 1, ref EventBits.VcpuInfoOf(ref _shared, 31)));
        Assert.Equal(1UL << 63, Layout.Items<Words64, ulong>(ref _shared.Pending)[63]);
        Assert.Equal(1UL << 63, EventBits.VcpuInfoOf(ref _shared, 31).PendingSelector);
        EventBits.Clear(ref _shared, EventBits.Ports - 1);
        Assert.False(EventBits.IsPending(ref _shared, EventBits.Ports - 1));
    }
}
