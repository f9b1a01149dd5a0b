using Sharpen.Abi;
using Sharpen.Hypervisor.Domains;
using Sharpen.Hypervisor.Hypercalls;
using Sharpen.Hypervisor.Hypercalls.Table;
using Xunit;

namespace Sharpen.Unit.Hypercalls;

/// <summary>The generated table.</summary>
public sealed class HypercallTableTests : MachineTest
{
    [Theory]
    [InlineData(11UL)]
    [InlineData(43UL)]
    [InlineData(56UL)]
    [InlineData(0x1_0000_001dUL)]
    [InlineData(ulong.MaxValue)]
    public void A_number_without_a_row_answers_ENOSYS(ulong number) => Assert.Equal(-(long)Errno.NoSys, Call(number).Value);

    [Theory]
    [InlineData(29UL, 7UL)]
    [InlineData(32UL, 14UL)]
    [InlineData(17UL, 99UL)]
    [InlineData(18UL, 2UL)]
    public void A_command_without_a_row_answers_ENOSYS(ulong number, ulong command) => Assert.Equal(-(long)Errno.NoSys, Call(number, command).Value);

    [Fact]
    public void The_version_is_that_of_the_interface() => Assert.Equal(0x4_0011, Call((ulong)Hypercall.XenVersion).Value);

    [Fact]
    public void A_structure_that_cannot_be_read_is_EFAULT() =>
        Assert.Equal(-(long)Errno.Fault, Call((ulong)Hypercall.EventChannelOp, (ulong)EventChannelCommand.Send, 0xffff_ffff_ffff_ffff).Value);

    [Fact]
    public void Names_are_those_of_the_numbers()
    {
        Assert.Equal("SchedOp", HypercallTable.NameOf(Hypercall.SchedOp));
        Assert.Equal("", HypercallTable.NameOf(Hypercall.TmemOp));
    }

    private static Answer Call(ulong number, ulong first = 0, ulong second = 0)
    {
        Vcpu caller = default;
        CpuUserRegisters registers = new() { Rax = number, Rdi = first, Rsi = second };
        return HypercallTable.Dispatch(ref caller, in HypercallArguments.Of(in registers));
    }
}
