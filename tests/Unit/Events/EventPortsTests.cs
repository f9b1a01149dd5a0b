using Sharpen.Abi;
using Sharpen.Hypervisor.Events;
using Sharpen.Machine.Pools;
using Xunit;

namespace Sharpen.Unit.Events;

/// <summary>The table of ports.</summary>
public class EventPortsTests
{
    private readonly EventPort[] _storage = new EventPort[4];

    [Fact]
    public void Port_zero_is_never_given_out_and_a_full_table_says_so()
    {
        EventPorts ports = new(_storage);
        for (uint expected = 1; expected < 4; expected++)
        {
            Assert.True(ports.Bind(new EventPort { State = EventChannelState.Ipi }).Try(out uint port, out _));
            Assert.Equal(expected, port);
        }

        Assert.False(ports.Bind(new EventPort { State = EventChannelState.Ipi }).Try(out _, out Errno error));
        Assert.Equal(Errno.NoSpc, error);
        ports.Close(2);
        Assert.True(ports.Bind(new EventPort { State = EventChannelState.Ipi }).Try(out uint again, out _));
        Assert.Equal(2U, again);
    }

    [Fact]
    public void A_virtual_interrupt_has_one_port_per_vCPU_or_one_for_all()
    {
        EventPorts ports = new(_storage);
        Assert.True(ports.BindVirq(Virq.Timer, 1).Try(out uint timer, out _));
        Assert.Equal(Errno.Exist, ports.BindVirq(Virq.Timer, 1).Error);
        Assert.Equal(0U, ports.FindVirq(Virq.Timer, 0));
        Assert.Equal(timer, ports.FindVirq(Virq.Timer, 1));
        Assert.Equal(Errno.Inval, ports.BindVirq(Virq.Console, 1).Error);
        Assert.Equal(Errno.Inval, ports.BindVirq((Virq)24, 0).Error);
        Assert.Equal(Errno.Inval, ports.BindVirq((Virq)uint.MaxValue, 0).Error);
    }

    [Theory]
    [InlineData(0U)]
    [InlineData(3U)]
    [InlineData(4U)]
    [InlineData(uint.MaxValue)]
    public void Any_number_may_be_looked_up(uint port)
    {
        EventPorts ports = new(_storage);
        Assert.True(Refs.IsNull(ref ports.Find(port)));
    }
}
