using System;
using Sharpen.Abi;
using Sharpen.Hypervisor.Console;
using Sharpen.Hypervisor.Diagnostics;
using Sharpen.Hypervisor.Power;
using Sharpen.Machine.Simulation;
using Xunit;

namespace Sharpen.Unit.Diagnostics;

public sealed class PanicTests : MachineTest
{
    public PanicTests() => HostConsole.Initialise();

    [Fact]
    public void A_panic_prints_registers_and_reason_and_restarts()
    {
        CpuUserRegisters registers = Fault();
        Assert.Throws<CpuStopped>(() => Panic.Fault(ref registers));
        Assert.Contains("(XEN) rax: 0123456789abcdef   rbx: 0000000000000000   rcx: 0000000000000000", Lines);
        Assert.Contains(Lines, line => line.StartsWith("(XEN) Panic on CPU0: page fault at [<ffff82d080201234>]", StringComparison.Ordinal));
        Assert.Equal("(XEN) Restarting the host.", Lines[^1]);
        Assert.Equal(1, Machine.Resets);
    }

    [Fact]
    public void With_noreboot_a_panic_halts()
    {
        HostPower.SetHalts(true);
        CpuUserRegisters registers = Fault();
        Assert.Throws<CpuStopped>(() => Panic.Fault(ref registers));
        Assert.Equal((0, "(XEN) Halted."), (Machine.Resets, Lines[^1]));
    }

    [Fact]
    public void A_panic_within_a_panic_is_one_line_and_a_halt()
    {
        CpuUserRegisters registers = Fault();
        Assert.Throws<CpuStopped>(() => Panic.Fault(ref registers));
        int before = Lines.Length;
        Assert.Throws<CpuStopped>(() => Panic.Fault(ref registers));
        Assert.Equal(["(XEN) Panic within a panic: vector 14 at ffff82d080201234", "(XEN) Halted."], Lines[before..]);
    }

    [Fact]
    public void A_panic_while_the_console_is_held_still_prints()
    {
        using (HostConsole.Hold())
        {
            CpuUserRegisters registers = Fault();
            Assert.Throws<CpuStopped>(() => Panic.Fault(ref registers));
        }

        Assert.Contains(Lines, line => line.StartsWith("(XEN) Panic on CPU0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_non_maskable_interrupt_that_nobody_asked_for_is_survived()
    {
        CpuUserRegisters registers = Fault();
        registers.EntryVector = 2;
        Panic.OwnStack(ref registers);
        Assert.Empty(Lines);
    }

    private static CpuUserRegisters Fault() =>
        new() { EntryVector = 14, ErrorCode = 2, Rip = 0xffff82d080201234, Rax = 0x0123456789abcdef, Cs = 0xe008 };
}
