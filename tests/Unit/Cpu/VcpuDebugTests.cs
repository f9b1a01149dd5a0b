using Sharpen.Abi;
using Sharpen.Machine.Guest;
using Xunit;

namespace Sharpen.Unit.Cpu;

/// <summary>Debug registers of guests: what is refused, and what the others read.</summary>
public sealed class VcpuDebugTests
{
    [Theory]
    [InlineData(0, GuestLinear.HypervisorStart, Errno.Perm)]
    [InlineData(3, GuestLinear.HypervisorEnd - 1, Errno.Perm)]
    [InlineData(1, 0x0000_8000_0000_0000UL, Errno.Perm)]
    [InlineData(1, GuestLinear.HypervisorEnd, Errno.None)]
    [InlineData(2, 0x7fff_ffff_ffffUL, Errno.None)]
    [InlineData(7, 0x2000UL, Errno.Perm)]
    [InlineData(7, 0x1_0000_0000UL, Errno.Perm)]
    [InlineData(7, 0x2_0001UL, Errno.Perm)]
    [InlineData(5, 0x2000UL, Errno.Perm)]
    [InlineData(7, 0x2_0000UL, Errno.None)]
    [InlineData(7, 0xd_0001UL, Errno.None)]
    [InlineData(6, ulong.MaxValue, Errno.Perm)]
    public void Only_what_strikes_in_the_guest_is_taken(int number, ulong value, Errno error)
    {
        VcpuDebug debug = default;
        Assert.Equal(error, debug.Write(number, value).Error);
        Assert.Equal(number == 7 && error == Errno.None && (value & 1) != 0, debug.IsArmed);
    }

    [Fact]
    public void Fixed_bits_read_as_the_CPU_has_them_and_events_add_up()
    {
        VcpuDebug debug = default;
        Assert.Equal((0xffff_0ff0UL, 0x400UL), (debug.Read(4), debug.Read(7)));
        debug.Note(1);
        debug.Note(VcpuDebug.SingleStep | (1UL << 40));
        Assert.Equal(0xffff_4ff1UL, debug.Read(6));
        Assert.Equal(Errno.None, debug.Write(6, 0).Error);
        Assert.Equal(0xffff_0ff0UL, debug.Read(6));
    }
}
