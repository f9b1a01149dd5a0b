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
    public void Arguments_are_read_where_the_convention_has_them()
    {
        CpuUserRegisters registers = new() { Rax = 0x1_0000_0007, Rdi = 0x20_0000_0043, Rsi = 2, Rdx = 3, R10 = 4, R8 = 5, R9 = 6, Rcx = 8, R11 = 9 };
        ref readonly HypercallArguments call = ref HypercallArguments.Of(in registers);
        Assert.Equal((0x1_0000_0007UL, (Hypercall)uint.MaxValue), (call.Which, call.Number));
        Assert.Equal((0x20_0000_0043UL, 2UL, 3UL, 4UL, 5UL), (call.First, call.Second, call.Third, call.Fourth, call.Fifth));
        Assert.Equal((0x43U, 3U), (call.Command, call.MemoryCommand));
    }

    [Fact]
    public void An_answer_is_a_number_or_says_what_becomes_of_the_registers()
    {
        Answer error = Errno.Inval, number = 5L, lowest = long.MinValue + 16;
        Assert.Equal((AnswerKind.Value, -22L), (error.Kind, error.Value));
        Assert.Equal((AnswerKind.Value, 5L), (number.Kind, number.Value));
        Assert.True(lowest.IsNumber && !Answer.Again.IsNumber && !Answer.RegistersSet.IsNumber);
        Assert.Equal((AnswerKind.Again, AnswerKind.RegistersSet), (Answer.Again.Kind, Answer.RegistersSet.Kind));
        Assert.True(Answer.RegistersSet.HasSetRegisters && !Answer.Again.HasSetRegisters && !error.HasSetRegisters);
    }

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
